import { expect, test } from 'vitest';
import { nearest } from '../../src/text/nearest.ts';

test.each([
  ['vers', ['version', 'yes', 'force'], 'version'],
  ['rout', ['chart', 'route', 'secret'], 'route'],
  ['ver', ['very-long-name', 'verb'], 'verb'],
  ['chrat', ['chart', 'route'], 'chart'],
  ['ro', ['route', 'chart'], undefined],
  ['production', ['production/wiki', 'production/notes'], undefined],
  ['wbe', ['api', 'web'], 'web'],
  ['zzz', ['chart', 'route'], undefined],
] as const)('%s among %j is %s', (word, known, meant) => {
  expect(nearest(word, known)).toBe(meant);
});

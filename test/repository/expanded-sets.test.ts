import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import {
  type Answer,
  answerOf,
  comparable,
  readSetRepository,
  readSets,
  SETS,
} from '../support/expanded-sets.ts';

const sets = readSets();
const repository = readSetRepository(sets.values());
const expected = JSON.parse(readFileSync(path.join(SETS, 'expected.json'), 'utf8')) as Record<string, Answer>;

/** Parameters that nothing gives: the old syntax leaves them as they are written, and nobody would call that told. */
const LEFT_OVER = ['folders-segment-beyond', 'list-left-over'];

// What Argo CD's own code made of them is recorded: `npm run test:cluster -- sets` asks it again.
test.each([...sets])('S10.1 %s is expanded as Argo CD does it', (name, set) => {
  const own = answerOf(set, repository);
  const told = LEFT_OVER.includes(name) ? own.open.length > 0 : own.open.length === 0;
  expect([comparable(own), told]).toEqual([comparable(expected[name] ?? { applications: [] }), true]);
});

test('there are more than sixty of them, each with its answer', () => {
  expect(sets.size).toBeGreaterThan(60);
  expect([...sets.keys()]).toEqual(Object.keys(expected));
});

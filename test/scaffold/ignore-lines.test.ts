import { expect, test } from 'vitest';
import { ignoreChart } from '../../src/scaffold/ignore-lines.ts';

const PULLED = { name: 'redis', repo: 'https://charts.example' };
const LOCAL = { name: 'shop', repo: undefined };

test.each([
  ['nothing yet', '', PULLED, 'charts/\n'],
  ['covered already', 'charts/*\n!charts/other\n', PULLED, 'charts/*\n!charts/other\n'],
  ['covered, with other words', '# ours\n**/charts/**\n', PULLED, '# ours\n**/charts/**\n'],
  ['other lines', '*.bak\n', PULLED, '*.bak\ncharts/\n'],
  ['no newline at the end', '*.bak', PULLED, '*.bak\ncharts/\n'],
  ['Windows lines', '*.bak\r\n', PULLED, '*.bak\r\ncharts/\r\n'],
  ['a local chart', 'charts/*\n', LOCAL, 'charts/*\n!charts/shop\n'],
  ['a local chart, first', '', LOCAL, 'charts/*\n!charts/shop\n'],
  ['a local chart, again', 'charts/*\n!charts/shop\n', LOCAL, 'charts/*\n!charts/shop\n'],
])('%s', (_, text, chart, expected) => {
  expect(ignoreChart(text, chart, 'charts/')).toBe(expected);
});

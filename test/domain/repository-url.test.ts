import { expect, test } from 'vitest';
import { indexUrl, resolveChartUrl } from '../../src/domain/repository-url.ts';

test.each([
  ['https://h.test', 'https://h.test/index.yaml'],
  ['https://h.test/', 'https://h.test/index.yaml'],
  ['https://h.test/charts', 'https://h.test/charts/index.yaml'],
  ['https://h.test/charts//', 'https://h.test/charts/index.yaml'],
  ['https://h.test/charts?key=1', 'https://h.test/charts/index.yaml?key=1'],
])('the index of %s', (repository, url) => {
  expect(indexUrl(repository)).toBe(url);
});

test.each([
  ['https://h.test/charts', 'demo-1.0.0.tgz', 'https://h.test/charts/demo-1.0.0.tgz'],
  ['https://h.test/charts/', 'sub/demo-1.0.0.tgz', 'https://h.test/charts/sub/demo-1.0.0.tgz'],
  ['https://h.test/charts', '/demo.tgz', 'https://h.test/demo.tgz'],
  ['https://h.test/a/b', '../../x.tgz', 'https://h.test/x.tgz'],
  ['https://h.test/a', '../../../../x.tgz', 'https://h.test/x.tgz'],
  ['https://h.test/a', '?x=1', 'https://h.test/a/'],
  ['https://h.test/a?key=1', 'x.tgz', 'https://h.test/a/x.tgz?key=1'],
  ['https://h.test/a', 'https://cdn.test/x.tgz', 'https://cdn.test/x.tgz'],
  ['https://h.test/a', 'oci://registry.test/charts/x:1.0.0', 'oci://registry.test/charts/x:1.0.0'],
])('R09 %s and %s', (repository, reference, url) => {
  expect(resolveChartUrl(repository, reference)).toBe(url);
});

test.each([
  '',
  null,
  undefined,
  7,
  [],
  '//evil.test/x.tgz',
  'file:///etc/passwd',
  'javascript:x',
  'http://alice:canary@[',
  'a\\b',
  'a\nb',
])('R09 %j is no URL for a chart', reference => {
  const failure = failureOf(() => resolveChartUrl('https://alice:canary@h.test/a', reference));
  expect(failure).toMatchObject({ code: 'E_NO_URL', exit: 4 });
  expect(String(failure)).not.toContain('canary');
});

function failureOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

import { describe, expect, test } from 'vitest';
import { indexUrl, resolveChartUrl } from '../../src/charts/sources/http-source.ts';
import { thrown } from '../support/thrown.ts';

const REPOSITORY = 'https://charts.example.org/stable';

describe('R09 addresses are resolved as Helm does', () => {
  test.each([
    [REPOSITORY, 'x-1.tgz', 'https://charts.example.org/stable/x-1.tgz'],
    [`${REPOSITORY}/`, 'x-1.tgz', 'https://charts.example.org/stable/x-1.tgz'],
    [REPOSITORY, 'charts/x-1.tgz', 'https://charts.example.org/stable/charts/x-1.tgz'],
    [REPOSITORY, '/x-1.tgz', 'https://charts.example.org/x-1.tgz'],
    [REPOSITORY, '../../x.tgz', 'https://charts.example.org/x.tgz'],
    [REPOSITORY, '//cdn.example.org/x.tgz', 'https://cdn.example.org/x.tgz'],
    [REPOSITORY, 'https://cdn.example.org/x.tgz?sig=1', 'https://cdn.example.org/x.tgz?sig=1'],
    [REPOSITORY, 'http://cdn.example.org/x.tgz', 'http://cdn.example.org/x.tgz'],
    [REPOSITORY, 'oci://ghcr.io/a/x:1.0.0', 'oci://ghcr.io/a/x:1.0.0'],
    [`${REPOSITORY}?token=a%2Fb`, 'x.tgz', 'https://charts.example.org/stable/x.tgz?token=a%2Fb'],
    [`${REPOSITORY}?token=a`, 'x.tgz?other=1#frag', 'https://charts.example.org/stable/x.tgz?token=a'],
    [`${REPOSITORY}?token=a`, 'https://cdn.example.org/x.tgz', 'https://cdn.example.org/x.tgz'],
    ['https://user:pw@h.example:8443/a', 'x.tgz', 'https://user:pw@h.example:8443/a/x.tgz'],
    [REPOSITORY, 'x+1.0.0+b.tgz', 'https://charts.example.org/stable/x+1.0.0+b.tgz'],
    ['oci://ghcr.io/a', 'x', 'oci://ghcr.io/a/x'],
  ])('%s + %s', (repository, url, expected) => {
    expect(resolveChartUrl(repository, url)).toBe(expected);
  });
});

test.each([
  undefined,
  '',
  '?only=query',
  '#frag',
  '.',
  'charts/',
  'file:///etc/passwd',
  'data:text/plain,x',
  'javascript:alert(1)',
  'https:evil.example/x.tgz',
  'https://',
  'http://[::1/x.tgz',
  '\\\\evil.example\\x.tgz',
  'x\u0000.tgz',
  'x.tgz\r\nHost: evil',
  'ht\ntps://evil.example/x.tgz',
])('R08 R09 %j is no address', url => {
  const error = thrown(() => resolveChartUrl(REPOSITORY, url));
  expect(error.code).toBe('E_NO_URL');
  expect(error.message).not.toMatch(/[\u0000-\u001f]/);
});

test('R08 a password in a refused address is not shown', () => {
  expect(thrown(() => resolveChartUrl(REPOSITORY, 'ftp://me:secret@evil.example/x')).message).not.toContain(
    'secret',
  );
});

test.each([
  ['https://h.test', 'https://h.test/index.yaml'],
  ['https://h.test/', 'https://h.test/index.yaml'],
  ['https://h.test/charts', 'https://h.test/charts/index.yaml'],
  ['https://h.test/charts//', 'https://h.test/charts/index.yaml'],
  ['https://h.test/charts?key=1', 'https://h.test/charts/index.yaml?key=1'],
])('the index of %s', (repository, url) => {
  expect(indexUrl(repository)).toBe(url);
});

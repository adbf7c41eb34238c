import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compareVersions,
  isExactVersion,
  isPreRelease,
  parseVersion,
  releaseLine,
  type Version,
} from '../../../src/charts/versions/versions.ts';

function version(text: string): Version {
  const parsed = parseVersion(text);
  if (!parsed) throw new Error(`${text} is not a version`);
  return parsed;
}

describe('leniency of Helm', () => {
  test.each([
    ['1.2.3', 1, 2, 3, '', ''],
    ['v1.20.2', 1, 20, 2, '', ''],
    ['1.2', 1, 2, 0, '', ''],
    ['v1', 1, 0, 0, '', ''],
    ['2024.01.15', 2024, 1, 15, '', ''],
    ['1.2-rc.1', 1, 2, 0, 'rc.1', ''],
    ['1.83.7-stable.patch.1', 1, 83, 7, 'stable.patch.1', ''],
    ['1.0.0--x.0+a.-b', 1, 0, 0, '-x.0', 'a.-b'],
  ])('%s', (text, major, minor, patch, suffix, build) => {
    expect(parseVersion(text)).toEqual({ text, major, minor, patch, suffix, build });
  });
});

test.each([
  '1.0.0\u001b]0;pwn\u0007',
  '9999999999999999999.0.0',
  '1.0.0+../../x',
  `1.0.0-${'a'.repeat(10_000)}`,
  '',
  'v',
  'V1.0.0',
  '1.',
  '1.2.3.4',
  '1.2.3-',
  '1.2.3-01',
  '1.2.3-a..b',
  ' 1.2.3',
  '1.2.3\n',
  'latest',
  '１.2.3',
])('R14 %j is not a version', text => {
  expect(parseVersion(text)).toBeUndefined();
});

test.each([
  ['1.2.3', true],
  ['v1.2.3-rc.1', true],
  ['1.2', false],
  ['1', false],
  ['1.2.x', false],
  ['~1.2.3', false],
])('%s names one version: %s', (text, exact) => {
  expect(isExactVersion(text)).toBe(exact);
});

test('versions are ordered as SemVer says', () => {
  const ordered = [
    '0.9.0',
    '1.0.0-1',
    '1.0.0-alpha',
    '1.0.0-alpha.1',
    '1.0.0-alpha.beta',
    '1.0.0-beta.2',
    '1.0.0-beta.11',
    '1.0.0-rc.1',
    'v1.0.0',
    '1.83.7-stable',
    '1.83.7-stable.patch.1',
    '1.83.14-stable',
    '1.83.14',
    '2',
    '10.0.0',
  ];
  const shuffled = ordered.toReversed().map(version);
  expect(shuffled.toSorted(compareVersions).map(({ text }) => text)).toEqual(ordered);
  expect(compareVersions(version('1.0.0+1'), version('1.0.0+2'))).toBe(0);
  expect(compareVersions(version('1.2'), version('v1.2.0'))).toBe(0);
});

test('the order is total, for the longest suffixes too', () => {
  const suffix = fc.stringMatching(/^(?:[1-9]\d{0,3}|[a-z-][a-z0-9-]{0,80})(?:\.[a-z]{1,80}){0,2}$/);
  const any = fc
    .tuple(fc.nat(3), fc.option(suffix))
    .map(([major, text]) => `${major}${text ? `-${text}` : ''}`);
  fc.assert(
    fc.property(any, any, any, (first, second, third) => {
      const [a, b, c] = [version(first), version(second), version(third)];
      expect(Math.sign(compareVersions(a, b))).toBe(-Math.sign(compareVersions(b, a)) + 0);
      const isChain = compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0;
      expect(isChain && compareVersions(a, c) > 0).toBe(false);
    }),
  );
});

describe('lines of releases', () => {
  test.each([
    ['1.2.3', ''],
    ['1.83.14-stable', 'stable'],
    ['1.83.7-stable.patch.1', 'stable'],
    ['2.1.0-alpine3.18', 'alpine'],
    ['2.1.0-LTS', 'lts'],
    ['1.0.0-debian-12', 'debian'],
    ['1.0.0-rc.1', undefined],
    ['1.0.0-RC1', undefined],
    ['1.0.0-beta', undefined],
    ['1.0.0-alpha.4.stable', undefined],
    ['1.83.7-nightly', undefined],
    ['1.83.7-dev1', undefined],
    ['1.0.0-SNAPSHOT', undefined],
    ['1.0.0-stable-rc.2', undefined],
    ['1.0.0-0', undefined],
    ['1.0.0-20240101', undefined],
    ['1.0.0-sha.4f2a', undefined],
  ])('%s belongs to %j', (text, line) => {
    expect(releaseLine(version(text))).toBe(line);
    expect(isPreRelease(version(text))).toBe(line === undefined);
  });
});

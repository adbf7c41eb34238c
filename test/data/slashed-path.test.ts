import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { cacheFolder } from '../../src/system/cache/cache-folder.ts';
import { isBelow, slashedPath } from '../../src/data/slashed-path.ts';

/** The same places on both systems. */
const SYSTEMS = [
  ['Windows', path.win32, (name: string) => `C:\\Users\\ada\\${name.replaceAll('/', '\\')}`],
  ['Unix', path.posix, (name: string) => `/home/ada/${name}`],
] as const;

describe.each(SYSTEMS)('on %s', (_, system, at) => {
  test.each([
    ['fleet', 'fleet/production/shop/kustomization.yaml', 'production/shop/kustomization.yaml', true],
    ['fleet', 'fleet', '', true],
    ['fleet', 'fleet/..shop', '..shop', true],
    ['fleet', 'fleet/a b/ü', 'a b/ü', true],
    ['fleet/production', 'fleet', '..', false],
    ['fleet', 'fleet-of-another/a', '../fleet-of-another/a', false],
  ])('from %s to %s it is %j', (folder, file, expected, below) => {
    expect(slashedPath(at(folder), at(file), system)).toBe(expected);
    expect(isBelow(at(folder), at(file), system)).toBe(below);
  });
});

test('another drive and a share are outside, however they are written; case does not count on Windows', () => {
  const root = 'C:\\fleet';
  for (const file of ['D:\\fleet\\a', '\\\\host\\share\\a', 'd:/fleet/a'])
    expect([file, isBelow(root, file, path.win32)]).toEqual([file, false]);
  expect(slashedPath(root, 'c:/FLEET/Production/a.yaml', path.win32)).toBe('Production/a.yaml');
  expect(slashedPath(root, 'D:\\a', path.win32)).toBe('D:/a');
});

test('the cache stands in the folder of the system', () => {
  const windows = { platform: 'win32', home: 'C:\\Users\\ada' } as const;
  expect(cacheFolder({ ...windows, env: { LOCALAPPDATA: '/local' } })).toBe('/local/slipway');
  expect(cacheFolder({ ...windows, home: '/ada', env: {} })).toBe('/ada/AppData/Local/slipway');
});

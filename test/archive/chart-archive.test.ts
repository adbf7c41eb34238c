import { gunzipSync, gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { ARCHIVE_LIMITS } from '../../src/archive/archive-limits.ts';
import { packChart, readChartArchive } from '../../src/archive/chart-archive.ts';
import { longName, pax, tar, type TarEntry, tgz } from '../support/tar.ts';
import { thrown } from '../support/thrown.ts';

const CHART: TarEntry = { path: 'chart/Chart.yaml', content: 'name: chart\nversion: 1.0.0\n' };

function refusal(bytes: Buffer, limits = ARCHIVE_LIMITS): string {
  const error = thrown(() => readChartArchive(bytes, limits));
  expect(error.exit).toBe(5);
  expect(error.message).not.toMatch(/[\u0000-\u001f\u007f]/);
  return `${error.code} ${error.message}`;
}

function paths(...entries: TarEntry[]): string[] {
  return [...readChartArchive(tgz(...entries)).files.keys()];
}

test('a chart is read whole, as Helm packs it', () => {
  const archive = readChartArchive(
    tgz(
      CHART,
      { path: 'chart/values.yaml', content: 'a: 1\n' },
      { path: 'chart/templates/', type: '5' },
      { path: 'chart/templates/empty.yaml' },
      { path: 'chart/charts/dep/values.yaml', content: Buffer.alloc(2000, 0x61), type: '\0' },
    ),
  );
  expect(archive.topFolder).toBe('chart');
  expect([...archive.files].map(([path, content]) => [path, content.length])).toEqual([
    ['Chart.yaml', 27],
    ['values.yaml', 5],
    ['templates/empty.yaml', 0],
    ['charts/dep/values.yaml', 2000],
  ]);
  expect(archive.files.get('values.yaml')?.toString()).toBe('a: 1\n');
  expect(archive.skipped).toEqual([]);
  expect(archive.unpackedBytes).toBe(6656);
});

describe('names that are written in more than one piece', () => {
  const deep = `chart/${'d'.repeat(90)}/${'e'.repeat(90)}/f`;
  test.each<[what: string, entries: TarEntry[]]>([
    ['an extended header', [pax({ path: deep, mtime: '1.5' }), { path: 'cut' }]],
    ['a long name', [longName(deep), { path: 'cut' }]],
    ['a prefix', [{ prefix: deep.slice(0, 96), path: deep.slice(97) }]],
    [
      'a global header in front',
      [pax({ comment: 'a commit' }, 'g'), { prefix: deep.slice(0, 96), path: deep.slice(97) }],
    ],
  ])('%s', (_, entries) => {
    expect(paths(CHART, ...entries)).toEqual(['Chart.yaml', deep.slice(6)]);
  });

  test('an extended header longer than a block, with characters across it', () => {
    const name = `chart/${'é'.repeat(100)}/${'中'.repeat(80)}/${'é'.repeat(100)}`;
    expect(paths(CHART, pax({ path: name }), { path: 'cut' })).toEqual(['Chart.yaml', name.slice(6)]);
  });

  test('extended attributes of macOS, which hold NULs', () => {
    const header = pax({ 'SCHILY.xattr.com.apple.provenance': '\u0001\u0000\u0000x' });
    expect(paths(CHART, header, { path: 'chart/a' })).toEqual(['Chart.yaml', 'a']);
  });
});

describe('paths that leave the folder', () => {
  test.each([
    ['A01', 'chart/../../evil'],
    ['A01', 'chart/..'],
    ['A01', '../evil'],
    ['A01', 'chart/a/../b'],
    ['A02', '/tmp/evil'],
    ['A03', 'chart\\..\\..\\evil'],
    ['A03', 'chart\\Chart.yaml'],
    ['A04', 'c:/evil'],
    ['A04', 'C:evil'],
    ['A04', 'chart/c:/evil'],
    ['A04', '//srv/share'],
    ['A04', 'chart//evil'],
    ['A04', './chart/evil'],
  ])('%s %s', (_, path) => {
    expect(refusal(tgz(CHART, { path }))).toMatch(/^E_ARCHIVE_PATH /);
    expect(refusal(tgz(CHART, pax({ path }), { path: 'chart/ok' }))).toMatch(/^E_ARCHIVE_PATH /);
    expect(refusal(tgz(CHART, longName(path), { path: 'chart/ok' }))).toMatch(/^E_ARCHIVE_PATH /);
    expect(refusal(tgz(CHART, { path: `${path}/`, type: '5' }))).toMatch(/^E_ARCHIVE_PATH /);
  });

  test('A01 in the prefix of a header', () => {
    expect(refusal(tgz(CHART, { prefix: 'chart/..', path: 'evil' }))).toMatch(/^E_ARCHIVE_PATH /);
    expect(refusal(tgz(CHART, { prefix: 'chart\\..', path: 'a' }))).toMatch(
      /^E_ARCHIVE_PATH .*holds a backslash$/,
    );
  });

  test.each([
    'chart/a\u001b]0;pwn\u0007',
    'chart/a\nb',
    'chart/a\u202eb',
    'chart/CON',
    'chart/nul.yaml',
    'chart/a.',
    'chart/a ',
    'chart/a*b',
    'chart/com1/x',
  ])('A04 T17 %j cannot be a file everywhere', path => {
    expect(refusal(tgz(CHART, { path }))).toMatch(/^E_ARCHIVE_PATH /);
  });

  test('a name that is not UTF-8', () => {
    const entry = tar([CHART, { path: 'chart/X' }]);
    const raw = Buffer.from(entry);
    const at = raw.indexOf('chart/X');
    raw[at + 6] = 0xff;
    const sum = Number.parseInt(raw.toString('latin1', at + 148, at + 154), 8) + 0xff - 0x58;
    raw.write(sum.toString(8).padStart(6, '0'), at + 148);
    expect(refusal(gzipSync(raw))).toMatch(/^E_ARCHIVE_PATH .*not valid Unicode$/);
  });
});

describe('entries that are neither file nor folder', () => {
  test.each<[id: string, what: string, entries: TarEntry[]]>([
    [
      'A05',
      'a symbolic link, then a file through it',
      [{ path: 'chart/l', type: '2', linkpath: '/etc' }, { path: 'chart/l/passwd' }],
    ],
    ['A06', 'a hard link', [{ path: 'chart/l', type: '1', linkpath: '/etc/passwd' }]],
    ['A07', 'a symbolic link to inside', [{ path: 'chart/l', type: '2', linkpath: 'Chart.yaml' }]],
    ['A08', 'a character device', [{ path: 'chart/d', type: '3' }]],
    ['A08', 'a block device', [{ path: 'chart/d', type: '4' }]],
    ['A08', 'a FIFO', [{ path: 'chart/d', type: '6' }]],
    ['A08', 'a contiguous file', [{ path: 'chart/d', type: '7' }]],
    ['A08', 'a GNU sparse file', [{ path: 'chart/d', type: 'S' }]],
    ['A08', 'a GNU folder dump', [{ path: 'chart/d', type: 'D' }]],
    [
      'A08',
      'a long link name',
      [{ path: '././@LongLink', type: 'K', content: '/etc/passwd\0' }, { path: 'chart/ok' }],
    ],
    ['A08', 'a type nobody knows', [{ path: 'chart/d', type: 'Z' }]],
  ])('%s %s', (_, _what, entries) => {
    expect(refusal(tgz(CHART, ...entries))).toMatch(/^E_ARCHIVE_TYPE .*neither a file nor a folder/);
  });

  test('A08 a sparse file by extended header', () => {
    const header = pax({ 'GNU.sparse.major': '1', 'GNU.sparse.name': 'chart/x' });
    expect(refusal(tgz(CHART, header, { path: 'chart/x' }))).toMatch(/^E_ARCHIVE_FORMAT /);
  });

  test('A06 a file with the target of a link', () => {
    expect(refusal(tgz(CHART, { path: 'chart/l', linkpath: '/etc/passwd' }))).toMatch(
      /^E_ARCHIVE_FORMAT .*linkpath/,
    );
  });
});

describe('files that are there twice', () => {
  test.each<[id: string, first: string, second: string]>([
    ['A09', 'chart/Chart.yaml', 'chart/Chart.yaml'],
    ['A10', 'chart/Values.yaml', 'chart/values.yaml'],
    ['A10', 'chart/\u00e9', 'chart/e\u0301'],
    ['A10', 'chart/straße', 'chart/STRASSE'],
    ['A10', 'chart/ﬁle', 'chart/file'],
    ['A10', 'chart/templates/a', 'chart/Templates/b'],
    ['A10', 'chart/a', 'chart/a/b'],
    ['A10', 'chart/a/b', 'chart/a'],
  ])('%s %s and %s', (_, first, second) => {
    const entries = [first, second].map(path => ({ path }));
    expect(refusal(tgz(...entries, ...(first === CHART.path ? [] : [CHART])))).toMatch(
      /^E_ARCHIVE_DUPLICATE /,
    );
  });

  test('a folder may be named again', () => {
    const folder = { path: 'chart/templates/', type: '5' };
    expect(paths(CHART, folder, { path: 'chart/templates/a' }, folder)).toEqual([
      'Chart.yaml',
      'templates/a',
    ]);
  });
});

describe('A11 a NUL in a name', () => {
  test.each<[what: string, entries: TarEntry[]]>([
    ['in the header', [{ path: 'chart/va\0lues' }]],
    ['in an extended header', [pax({ path: 'chart/va\0lues' }), { path: 'chart/ok' }]],
    ['in a long name', [longName('chart/va\0lues'), { path: 'chart/ok' }]],
  ])('%s', (_, entries) => {
    expect(refusal(tgz(CHART, ...entries))).toMatch(/^E_ARCHIVE_PATH .*it holds a NUL or a backslash$/);
  });
});

describe('what a chart has to look like', () => {
  test.each<[id: string, what: string, entries: TarEntry[], message: RegExp]>([
    ['A12', 'two folders', [CHART, { path: 'other/a' }], /two folders, chart and other$/],
    ['A13', 'Chart.yaml outside of a folder', [{ path: 'Chart.yaml' }], /Chart.yaml is not in a folder$/],
    ['A14', 'no Chart.yaml', [{ path: 'chart/values.yaml' }], /no Chart.yaml in its folder$/],
    ['A14', 'Chart.yaml too deep', [{ path: 'chart/sub/Chart.yaml' }], /no Chart.yaml in its folder$/],
    ['A15', 'nothing', [], /it holds no files$/],
    ['A15', 'a folder only', [{ path: 'chart/', type: '5' }], /it holds no files$/],
  ])('%s %s', (_, _what, entries, message) => {
    expect(refusal(tgz(...entries))).toMatch(message);
  });
});

describe('sizes', () => {
  test('A16 a gzip bomb of 200 MiB', () => {
    const bomb = gzipSync(Buffer.alloc(200 << 20, 0x61));
    expect(refusal(bomb)).toBe(
      'E_ARCHIVE_LIMIT the chart archive is refused: it unpacks to more than 200 times its size',
    );
    const limits = { ...ARCHIVE_LIMITS, ratio: 2000 };
    expect(refusal(bomb, limits)).toBe(
      'E_ARCHIVE_LIMIT the chart archive is refused: it unpacks to more than 104857600 bytes',
    );
  });

  test('A16 an archive of 21 MiB', () => {
    expect(refusal(Buffer.alloc(21 << 20))).toMatch(/^E_ARCHIVE_LIMIT .*more than 20971520 bytes$/);
  });

  test('A17 10 001 entries', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => ({ path: `chart/f${index}` }));
    expect(refusal(tgz(CHART, ...many))).toMatch(/^E_ARCHIVE_LIMIT .*more than 10000 entries$/);
    expect(paths(CHART, ...many.slice(1))).toHaveLength(10_000);
  });

  test('A17 a million empty files', () => {
    const limits = { ...ARCHIVE_LIMITS, ratio: 5000 };
    const block = tar([{ path: 'chart/x' }], Buffer.alloc(0));
    const million = gzipSync(Buffer.alloc(150_000 * 512, block), { level: 1 });
    expect(refusal(million, limits)).toMatch(/^E_ARCHIVE_(?:LIMIT|DUPLICATE) /);
  });

  test.each<[what: string, path: string]>([
    ['33 folders', `chart/${'a/'.repeat(32)}f`],
    [
      'a path of 1 100 bytes',
      `chart/${'é'.repeat(100)}/${'a'.repeat(250)}/${'b'.repeat(250)}/${'c'.repeat(250)}/${'d'.repeat(150)}`,
    ],
    ['a name of 256 bytes', `chart/${'é'.repeat(128)}`],
  ])('A17 %s', (_, path) => {
    expect(refusal(tgz(CHART, pax({ path }), { path: 'cut' }))).toMatch(/^E_ARCHIVE_PATH /);
  });

  test('A19 an extended header of 2 MiB, a long name of 1 MB', () => {
    const big = pax({ comment: 'x'.repeat(2 << 20) });
    expect(refusal(tgz(big, CHART), { ...ARCHIVE_LIMITS, ratio: 5000 })).toMatch(
      /^E_ARCHIVE_LIMIT .*more than 65536 bytes$/,
    );
    expect(refusal(tgz(longName('x'.repeat(1_000_000)), CHART))).toMatch(/^E_ARCHIVE_LIMIT /);
  });

  test('A22 a nested archive is counted and never opened', () => {
    const bomb = gzipSync(Buffer.alloc(50 << 20));
    const archive = readChartArchive(tgz(CHART, { path: 'chart/charts/dep.tgz', content: bomb }));
    expect(archive.files.get('charts/dep.tgz')).toEqual(bomb);
    expect(archive.unpackedBytes).toBeLessThan(1 << 20);
  });

  const sixMebibytes = Buffer.alloc(6 << 20, 'a: 1234567890123456789\n');
  test.each([
    'values.yaml',
    'values-prod.yaml',
    'values.schema.json',
    'Chart.yaml',
    'templates/a.yaml',
    'crds/a.yaml',
  ])('A23 %s of 6 MiB', path => {
    const entries = path === 'Chart.yaml' ? [] : [CHART];
    expect(refusal(tgz(...entries, { path: `chart/${path}`, content: sixMebibytes }))).toBe(
      `E_ARCHIVE_LIMIT the chart archive is refused: ${path} has more than 5242880 bytes`,
    );
  });

  test('A23 a large file that nobody reads is counted and left out', () => {
    const archive = readChartArchive(tgz(CHART, { path: 'chart/docs/video.mp4', content: sixMebibytes }));
    expect([...archive.files.keys()]).toEqual(['Chart.yaml']);
    expect(archive.skipped).toEqual([{ path: 'docs/video.mp4', bytes: 6 << 20 }]);
  });
});

describe('damaged archives', () => {
  const negative = Buffer.alloc(12, 0xff);
  test.each<[id: string, what: string, entries: TarEntry[]]>([
    ['A18', 'a size of 8 GiB with 3 bytes', [{ path: 'chart/a', content: 'abc', size: '77777777777\0' }]],
    [
      'A18',
      'a size of 2^60',
      [{ path: 'chart/a', size: Buffer.from([0x80, 0, 0, 0, 0x10, 0, 0, 0, 0, 0, 0, 0]) }],
    ],
    ['A18', 'a negative size', [{ path: 'chart/a', size: negative }]],
    ['A18', 'a size that is no number', [{ path: 'chart/a', size: 'many\0' }]],
    ['A18', 'a size with something behind it', [{ path: 'chart/a', size: '0000001x\0', content: 'a' }]],
    ['A18', 'no size', [{ path: 'chart/a', size: Buffer.alloc(12) }]],
    ['A18', 'a wrong checksum', [{ path: 'chart/a', checksum: '0000001\0' }]],
    ['A18', 'a folder with content', [{ path: 'chart/d/', type: '5', content: 'x'.repeat(600) }]],
    [
      'A18',
      'a file that is a folder by its name, with content',
      [{ path: 'chart/d/', type: '0', content: 'x'.repeat(600) }],
    ],
    ['A18', 'no name', [{ path: '' }]],
    ['A19', 'a size by extended header', [pax({ size: '3' }), { path: 'chart/a', content: 'x'.repeat(600) }]],
    ['A19', 'a size for all', [pax({ size: '0' }, 'g'), { path: 'chart/a', content: 'abc' }]],
    ['A19', 'a link by extended header', [pax({ linkpath: '/etc/passwd' }), { path: 'chart/a' }]],
  ])('%s %s', (_, _what, entries) => {
    expect(refusal(tgz(CHART, ...entries))).toMatch(/^E_ARCHIVE_FORMAT /);
  });

  test.each(['5', '0'])('A18 entries hidden in the content of a folder of type %s', type => {
    const hidden = tar([{ path: 'chart/evil' }], Buffer.alloc(0));
    const message = refusal(tgz(CHART, { path: 'chart/d/', type, content: hidden }));
    expect(message).toMatch(/^E_ARCHIVE_FORMAT .*a folder has a size$/);
  });

  test('A19 a path by extended header is judged', () => {
    expect(refusal(tgz(CHART, pax({ path: 'evil/a' }), { path: 'chart/a' }))).toMatch(/^E_ARCHIVE_LAYOUT /);
    expect(paths(CHART, pax({ path: 'evil' }, 'g'), { path: 'chart/a' })).toEqual(['Chart.yaml', 'a']);
  });

  const whole = tar([CHART, { path: 'chart/values.yaml', content: 'a: 1\n'.repeat(300) }]);
  test.each([513, 600, 1023, 1025, 1700, 2048 + 512])('A18 cut at byte %d', length => {
    const message = refusal(gzipSync(whole.subarray(0, length)));
    expect(message).toMatch(/^E_ARCHIVE_(?:FORMAT|LAYOUT) /);
  });

  test('the blocks at the end may be missing, or more', () => {
    for (const end of [0, 512, 1024, 9728])
      expect(readChartArchive(gzipSync(tar([CHART], Buffer.alloc(end)))).files.size).toBe(1);
  });

  test('A18 data behind the end', () => {
    const more = Buffer.concat([tar([CHART]), tar([{ path: 'chart/evil' }])]);
    expect(refusal(gzipSync(more))).toMatch(/^E_ARCHIVE_FORMAT .*data follows the end/);
    const afterOneBlock = tar([CHART], Buffer.concat([Buffer.alloc(512), tar([{ path: 'chart/evil' }])]));
    expect(refusal(gzipSync(afterOneBlock))).toMatch(/^E_ARCHIVE_FORMAT .*data follows the end/);
  });
});

describe('A20 what is not a gzip of a tar', () => {
  test.each<[what: string, bytes: Buffer, message: string]>([
    ['zip', Buffer.from('PK\u0003\u0004'), 'but a zip file'],
    ['zstd', Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0]), 'but a zstd file'],
    ['tar', tar([CHART]), 'but a tar file that is not compressed'],
    ['HTML', Buffer.from('\n<!DOCTYPE html>'), 'but a web page'],
    ['JSON', Buffer.from('{"errors":[]}'), 'but JSON'],
    ['text', Buffer.from('Not found'), 'it is not a gzip file'],
    ['nothing', Buffer.alloc(0), 'it is not a gzip file'],
    ['a gzip of text', gzipSync(Buffer.from('Not found'.repeat(100))), 'wrong checksum'],
    ['a gzip of nothing', gzipSync(Buffer.alloc(0)), 'it holds no files'],
    ['a gzip of zeros', gzipSync(Buffer.alloc(4096)), 'it holds no files'],
    ['half a gzip', tgz(CHART).subarray(0, 60), 'its gzip data is damaged'],
    ['a gzip with a wrong sum', changed(tgz(CHART)), 'its gzip data is damaged'],
  ])('%s', (_, bytes, message) => {
    expect(refusal(bytes)).toContain(message);
  });
});

test('A21 every gzip member counts, and nothing else may follow', () => {
  const whole = tar([CHART, { path: 'chart/a' }]);
  const members = Buffer.concat([gzipSync(whole.subarray(0, 700)), gzipSync(whole.subarray(700))]);
  expect([...readChartArchive(members).files.keys()]).toEqual(['Chart.yaml', 'a']);
  const bombBehind = Buffer.concat([tgz(CHART), gzipSync(Buffer.alloc(120 << 20))]);
  expect(refusal(bombBehind)).toMatch(/^E_ARCHIVE_LIMIT /);
  expect(refusal(Buffer.concat([tgz(CHART), Buffer.from('garbage')]))).toMatch(/^E_ARCHIVE_FORMAT /);
});

test('A24 contents are bytes: nothing of them is interpreted', () => {
  const contents = ['{{ .Values.a }}', '\ufeffa: 1', '\0\u0001', 'a: &a [*a]'];
  const entries = contents.map((content, index) => ({ path: `chart/${index}`, content }));
  const { files } = readChartArchive(tgz(CHART, ...entries));
  expect([...files.values()].slice(1).map(String)).toEqual(contents);
});

test('A28 modes, owners and times are ignored', () => {
  const odd: TarEntry[] = [
    { path: 'chart/a', mode: '0000000\0' },
    { path: 'chart/b', mode: '0004777\0' },
    { path: 'chart/c', uid: '0000000\0', mtime: Buffer.alloc(12, 0xff) },
    { path: 'chart/d', mtime: '77777777777\0' },
  ];
  expect(paths(CHART, ...odd)).toEqual(['Chart.yaml', 'a', 'b', 'c', 'd']);
});

describe('packing', () => {
  const files: [string, string][] = [
    ['Chart.yaml', 'name: demo\nversion: 1.0.0\n'],
    ['values.yaml', 'a: 1\n'],
    ['templates/a.yaml', ''],
  ];
  test('what is packed is read', () => {
    const archive = readChartArchive(packChart('demo', files));
    expect(archive.topFolder).toBe('demo');
    expect([...archive.files].map(([path, content]) => [path, String(content)])).toEqual([
      files[0],
      files[2],
      files[1],
    ]);
  });

  test('the order of the files does not matter, nor the time', () => {
    const packed = packChart('demo', files);
    expect(packChart('demo', files.toReversed())).toEqual(packed);
    expect(Number.parseInt(gunzipSync(packed).toString('latin1', 136, 148), 8)).toBe(0);
  });

  test('a path that does not fit is our mistake', () => {
    expect(() => packChart('demo', [['é'.repeat(200), '']])).toThrow('too long');
  });
});

function changed(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy[copy.length - 6] = (copy.at(-6) ?? 0) ^ 0xff;
  return copy;
}

test('a damaged archive is refused by name or read with safe paths, whatever the damage', () => {
  const whole = tar([
    pax({ path: 'chart/long', mtime: '1.5' }),
    { path: 'cut', content: 'x'.repeat(600) },
    CHART,
    longName('chart/name'),
    { path: 'cut' },
    { path: 'chart/templates/', type: '5' },
  ]);
  const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255));
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), fc.boolean(), (changes, mends) => {
      const bytes = Buffer.from(whole);
      for (const [at, byte] of changes) bytes[at] = byte;
      const outcome = attempt(gzipSync(mends ? withChecksums(bytes) : bytes, { level: 1 }));
      expect(
        outcome.every(path => /^(?!\.\.?(?:\/|$))[^\\\0/]+(?:\/(?!\.\.?(?:\/|$))[^\\\0/]+)*$/.test(path)),
      ).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

/** The paths read, or none. */
function attempt(archive: Buffer): string[] {
  try {
    return [...readChartArchive(archive).files.keys()];
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}

/** Makes the sum of each block right that could be a header, so that the damage is looked at. */
function withChecksums(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  for (let at = 0; at < copy.length; at += 512) {
    if (copy.toString('latin1', at + 257, at + 262) !== 'ustar') continue;
    copy.fill(0x20, at + 148, at + 156);
    const sum = copy.subarray(at, at + 512).reduce((total, byte) => total + byte, 0);
    copy.write(`${sum.toString(8).padStart(6, '0')}\0 `, at + 148);
  }
  return copy;
}

test.each([
  'chart/.git/config',
  'chart/.Git/hooks/post-checkout',
  'chart/GIT~1/config',
  'chart/charts/dep/.git',
  'chart/.slipway/config.yaml',
  'chart/.SLIPWAY/run/journal',
  'chart/SLIPWA~1/config.yaml',
  '.git/Chart.yaml',
])('C15 %s is refused by the reader', path => {
  expect(refusal(tgz(CHART, { path }))).toContain('E_ARCHIVE_PATH');
});

test('C15 a name that only begins like it is none', () => {
  expect(paths(CHART, { path: 'chart/.gitignore' }, { path: 'chart/.github/a' })).toHaveLength(3);
});

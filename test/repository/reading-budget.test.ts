import { describe, expect, test } from 'vitest';
import { fitting, sizeOfData } from '../../src/data/no-room.ts';
import { parsedFile } from '../../src/deliveries/parsed-files.ts';
import { findUses } from '../../src/deliveries/find-uses.ts';
import { appFacts, type AppSurroundings } from '../../src/features/check/facts/app-facts.ts';
import { readTexts } from '../../src/features/check/facts/read-texts.ts';
import { GOOD } from '../support/check-case.ts';
import { roomForSummaries, summarizeFiles } from '../../src/features/check/facts/file-summary.ts';
import type { Snapshot } from '../../src/features/check/incremental/snapshot.ts';
import { parseRepository } from '../../src/repository/parse-repository.ts';
import { filesWithoutRoom, MOST_TOGETHER } from '../../src/repository/reading-budget.ts';
import { openRepositoryFiles } from '../../src/system/files/files.ts';
import { makeFolder, writeFiles } from '../support/repository.ts';

/** Some 200 000 values, in the limits of a file. */
const large = (start: string, indent = ''): string =>
  `${start}${Array.from({ length: 100_000 }, (_, at) => `${indent}k${at}: v\n`).join('')}`;

const RELEASE =
  'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: r}\nspec: {chart: {spec: {chart: web, version: 1.0.0, sourceRef: {kind: HelmRepository, name: h}}}}\n';

const SOURCE =
  'apiVersion: source.toolkit.fluxcd.io/v1\nkind: HelmRepository\nmetadata: {name: h}\nspec: {url: "https://charts.example"}\n';

/** The files of a snapshot, all of them in memory. */
function snapshotOf(texts: ReadonlyMap<string, string>): Snapshot {
  return {
    files: new Map([...texts].map(([file]) => [file, 'file'])),
    kindOf: file => (texts.has(file) ? 'file' : undefined),
    idsOf: async () => new Map(),
    read: async files =>
      new Map(files.flatMap(file => (texts.has(file) ? [[file, Buffer.from(texts.get(file) ?? '')]] : []))),
    release: () => undefined,
    unusable: () => undefined,
  };
}

describe('C09 what files hold together', () => {
  test('the smallest of them have room', () => {
    expect([...fitting([5, 1, 3, 2], size => size, 6)]).toEqual([1, 2, 3]);
    expect([sizeOfData([1, { a: [2] }], 9), sizeOfData([1, 2, 3, 4], 2)]).toEqual([5, 3]);
    expect(sizeOfData({ ['k'.repeat(128)]: 'v'.repeat(640) }, 99)).toBe(2 + 2 + 10);
  });

  test('a long text that aliases say a thousand times counts each time', async () => {
    const file = 'web/route.yaml';
    const text = `kind: HTTPRoute\napiVersion: gateway.networking.k8s.io/v1\nmetadata: {name: w}\nspec:\n  a: &a "${'x'.repeat(200_000)}"\n  b: [${'*a, '.repeat(3000)}]\n`;
    const snapshot = snapshotOf(new Map([[file, text]]));
    const { unread } = await summarizeFiles(snapshot, { folder: 'web', files: [file] }, roomForSummaries());
    expect(unread).toEqual([file]);
  });

  test('of more values than that the largest files are left out, by their names', () => {
    const text = new Map(
      ['a', 'b', 'c', 'd', 'e'].map(name => [`${name}.yaml`, large('')] as [string, string]),
    );
    text.set('small.yaml', 'a: 1\n');
    const left = filesWithoutRoom(text);
    expect([...left.keys()]).toEqual(['e.yaml']);
    expect(left.get('e.yaml')).toMatchObject({ code: 'E_LIMIT', subject: 'e.yaml' });
    expect(left.get('e.yaml')?.message).toContain(String(MOST_TOGETHER));
    expect(filesWithoutRoom(new Map([['a.yaml', large('')]])).size).toBe(0);
  });

  test('of more bytes than that the largest files are problems of their own', async () => {
    const root = makeFolder();
    writeFiles(root, { 'a.yaml': 'x'.repeat(600_000), 'b.yaml': 'y'.repeat(300_000), 'c.yaml': 'z' });
    const { contents, problems } = await openRepositoryFiles(root).readEach(
      ['a.yaml', 'b.yaml', 'c.yaml'],
      400_000,
    );
    expect([[...contents.keys()].toSorted(), [...problems.keys()]]).toEqual([
      ['b.yaml', 'c.yaml'],
      ['a.yaml'],
    ]);
    expect(problems.get('a.yaml')?.code).toBe('E_LIMIT');
  });

  test('apps with the largest kustomizations are left out, and said to be', () => {
    const text = new Map([
      ['apps/a/kustomization.yaml', large('helmCharts: []\nvalues:\n', ' ')],
      ['apps/b/kustomization.yaml', large('helmCharts: []\nmore: 1\nvalues:\n', ' ')],
      ['apps/c/kustomization.yaml', 'resources: []\n'],
    ]);
    const { apps, problems } = parseRepository(text);
    expect(apps.map(({ name }) => name)).toEqual(['a', 'c']);
    expect(problems.map(({ code, subject }) => [code, subject])).toEqual([
      ['E_LIMIT', 'apps/b/kustomization.yaml'],
    ]);
  });

  test('what is kept parsed of deliveries has room, the rest is not there', () => {
    const text = new Map([
      ['a.yaml', large(`${RELEASE}data:\n`, ' ')],
      ['b.yaml', large(`${RELEASE}data:\n`, ' ')],
      ['c.yaml', RELEASE],
      ['d.yaml', SOURCE],
    ]);
    const repository = parseRepository(text);
    expect(findUses(repository).map(({ at }) => at.file)).toEqual(['a.yaml', 'c.yaml']);
    expect(parsedFile(repository, 'b.yaml')).toBeUndefined();
  });

  test('a summary keeps what has room, and names the other files', async () => {
    const route = (name: string): string =>
      `apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: ${name}}\nspec:\n  hostnames:\n${Array.from(
        { length: 210_000 },
        (_, at) => `  - a${at}\n`,
      ).join('')}`;
    const texts = new Map([
      ['apps/web/a.yaml', route('a')],
      ['apps/web/b.yaml', route('b')],
      ['apps/web/kustomization.yaml', 'resources: [a.yaml, b.yaml]\n'],
    ]);
    const files = [...texts.keys()];
    const summary = await summarizeFiles(snapshotOf(texts), { folder: 'apps/web', files }, { left: 400_000 });
    expect([summary.routes.map(({ name }) => name), summary.unread, summary.listed.paths.length]).toEqual([
      ['a'],
      ['apps/web/b.yaml'],
      2,
    ]);
    expect(summary.chartPlaces).toMatchObject([{ kind: 'unreadable', file: 'apps/web/b.yaml' }]);
  });

  test('ten thousand apps have room', async () => {
    const room = roomForSummaries();
    const before = room.left;
    const folder = 'production/web';
    const texts = new Map([...GOOD].filter(([file]) => file.startsWith(`${folder}/`)));
    const { unread } = await summarizeFiles(snapshotOf(texts), { folder, files: [...texts.keys()] }, room);
    expect(unread).toEqual([]);
    expect((before - room.left) * 10_000).toBeLessThan(before);
  });

  test('the texts of an app have room, the others are too large', async () => {
    const texts = new Map(['a.yaml', 'b.yaml', 'c.md'].map(file => [file, 'x'.repeat(100)]));
    const { texts: read, odd } = await readTexts(snapshotOf(texts), [...texts.keys()], { left: 150 });
    expect([[...read.keys()], odd]).toEqual([
      ['a.yaml'],
      [
        { file: 'b.yaml', kind: 'too-big', detail: '' },
        { file: 'c.md', kind: 'too-big', detail: '' },
      ],
    ]);
  });

  test('what is parsed of an app has room, the others are broken', () => {
    const texts = new Map(['a', 'b', 'c'].map(name => [`apps/web/${name}.yaml`, large('', '')]));
    const around = {
      folder: 'apps/web',
      files: [...texts.keys()],
      text: (file: string) => texts.get(file),
    } as Partial<AppSurroundings> as AppSurroundings;
    expect(appFacts(around).broken.map(({ file, problem }) => [file, problem.code])).toEqual([
      ['apps/web/b.yaml', 'E_YAML_LIMIT'],
      ['apps/web/c.yaml', 'E_YAML_LIMIT'],
    ]);
  });
});

import { describe, expect, onTestFinished, test } from 'vitest';
import { serveCharts } from '../support/chart-repository.ts';
import { serveHttp } from '../support/http-server.ts';
import { expectAffordable, type Measured, measured } from '../support/measured.ts';
import { makeFolder } from '../support/repository.ts';
import { testEnv } from '../support/slipway.ts';
import { upgradeCharts, upgradeRepository } from '../support/upgrade-fixture.ts';

const MIB = 1 << 20;

/** As much as is parsed at all. */
function fill(text: string, bytes = 31 * MIB): string {
  return text.repeat(Math.floor(bytes / text.length));
}

function counted(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('');
}

const HEAD = 'apiVersion: v1\nentries:\n';

/** Each as large as an index may be, or as many as it may hold. */
const INDEXES: Record<string, () => string> = {
  'NUL bytes': () => fill('\0', 63 * MIB),
  'NUL bytes behind a beginning': () => `${HEAD}  cargo:\n${fill('\0')}`,
  'line breaks': () => fill('\n', 63 * MIB),
  '63 MiB of text': () => fill('a', 63 * MIB),
  'carriage returns': () => fill('\r'),
  spaces: () => fill(' '),
  tabs: () => fill('\t'),
  anchors: () => fill('&a '),
  'anchors in a list': () => fill('- &a\n'),
  'anchors on keys': () => counted(900_000, index => `&a${index} k${index}: v\n`),
  aliases: () => `a: &a x\nb: [${fill('*a,', 30 * MIB)}]\n`,
  directives: () => fill('%YAML 1.2\n'),
  'one long directive': () => `%${fill('a')}`,
  tags: () => fill('!!a '),
  'question marks': () => fill('? '),
  dashes: () => fill('- '),
  brackets: () => fill('['),
  'brackets with a beginning': () => `${HEAD}  cargo: ${fill('[')}`,
  braces: () => fill('{'),
  'open JSON': () => `{"entries":{"cargo":[${fill('{"a":1},')}`,
  'deep JSON': () => `{"entries":${fill('{"a":')}`,
  'one quoted text': () => `"${fill('a')}`,
  'one plain text': () => fill('a'),
  'escapes in a quoted text': () => `a: "${fill('\\u4e2d')}"`,
  'one block scalar': () => `a: |\n${fill('  a\n')}`,
  'one comment': () => `#${fill('a')}`,
  comments: () => fill('#\n'),
  'document markers': () => fill('---\n'),
  'keys of one map': () => counted(4_000_000, index => `k${index}: v\n`),
  'wide characters': () => `a: ${fill('中', 20 * MIB)}`,
  HTML: () => `<html>${fill('<p>')}`,
  'C14 10^6 versions of one chart': () =>
    `${HEAD}  cargo:\n${counted(1_000_000, index => `  - version: 1.0.${index}\n    urls: [a]\n`)}`,
  'C14 10^6 versions of one chart, one line each': () =>
    `${HEAD}  cargo:\n${counted(1_000_000, index => `  - {version: 1.0.${index}, urls: [a.tgz]}\n`)}`,
  'C14 10^5 charts': () => HEAD + counted(100_000, index => `  chart-${index}:\n  - version: 1.0.0\n`),
  'C14 10^5 charts in JSON': () =>
    `{"entries":{${counted(100_000, index => `"c${index}":[{"version":"1.0.0"}],`)}"cargo":[]}}`,
  'a slice of maps within maps': () => `${HEAD}  cargo:\n${fill('  - a: {b: {c: d}}\n', 15 * MIB)}`,
  'a slice of one plain text': () => `${HEAD}  cargo:\n  - version: ${fill('a', 15 * MIB)}\n`,
  'a slice of quotes': () => `${HEAD}  cargo:\n  - version: ${fill('" ', 15 * MIB)}\n`,
  'a slice of lists': () => `${HEAD}  cargo:\n  - version: 1.0.0\n    urls:\n${fill('    - a\n', 15 * MIB)}`,
};

/** Not compressed, so that the limit on the ratio is no help. */
async function outdatedWith(index: string): Promise<Measured> {
  const server = await serveHttp({ '/index.yaml': { body: index } });
  onTestFinished(() => server.close());
  const root = upgradeRepository(server.url, ['cargo']);
  return measured(['outdated', '-C', root, '--json'], testEnv(makeFolder()));
}

function expectBounded(run: Measured): void {
  const { code, stdout, stderr } = run;
  expect(`${stdout}${stderr}`).not.toMatch(/E_BUG|RangeError|heap/);
  // What is no index, and what is refused, was not asked; what can be read is judged.
  expect([0, 4, 5]).toContain(code);
  expectAffordable(run);
}

describe('C13 indexes that are as large as they may be, and hostile', () => {
  test.each(Object.entries(INDEXES))('%s', async (_, index) => {
    const run = await outdatedWith(index());
    expectBounded(run);
    expect(run.stdout).toMatch(/"status":"(?:unreachable|current)"/);
  });
});

/** What the newer version of a chart holds. */
const CHARTS: Record<string, () => Record<string, string>> = {
  'a schema of many branches': () => ({
    'values.schema.json': JSON.stringify({
      allOf: Array.from({ length: 60_000 }, (_, at) => ({ properties: { [`k${at}`]: { type: 'string' } } })),
    }),
  }),
  'a schema without a floor': () => ({
    'values.schema.json': `${'{"not":'.repeat(200_000)}1${'}'.repeat(200_000)}`,
  }),
  'a values file of one line': () => ({ 'values.yaml': `a: ${'x'.repeat(3 * MIB)}\n` }),
  'a values file of 40 000 anchors': () => ({
    'values.yaml': counted(40_000, index => `k${index}: &a${index} v\n`),
  }),
  'zeros that unpack to 200 MiB': () => ({ 'files/zeros': '\0'.repeat(200 * MIB) }),
};

describe('C13 charts that are as large as they may be, and hostile', () => {
  test.each(Object.entries(CHARTS))('%s', async (_, files) => {
    const [old, fresh] = upgradeCharts(['cargo']);
    if (!old || !fresh) throw new Error('no charts');
    const server = await serveCharts([old, { ...fresh, files: { ...fresh.files, ...files() } }]);
    onTestFinished(() => server.close());
    const root = upgradeRepository(server.url, ['cargo']);
    const args = ['upgrade', '-C', root, '--dry-run', '--no-render', '--json'];
    const run = await measured(args, testEnv(makeFolder()));
    expect(`${run.stdout}${run.stderr}`).not.toMatch(/E_BUG|RangeError|heap/);
    expect([0, 3, 5]).toContain(run.code);
    expectAffordable(run);
  });
});

test('C14 10^6 tags in one page', async () => {
  const tags = Array.from({ length: 1_000_000 }, (_, at) => `1.0.${at}`);
  const server = await serveHttp({
    '/v2/cargo/tags/list': { body: JSON.stringify({ name: 'cargo', tags }) },
  });
  onTestFinished(() => server.close());
  const root = upgradeRepository(`oci://${server.host}`, ['cargo']);
  const run = await measured(['outdated', '-C', root, '--json'], testEnv(makeFolder()));
  expectBounded(run);
  expect(server.received.map(({ path }) => path.replace(/\?.*/, ''))).toContain('/v2/cargo/tags/list');
});

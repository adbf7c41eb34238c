import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { packChart } from '../../../src/archive/chart-archive.ts';
import { judgeValues } from '../../../src/charts/schema/run-schemas.ts';
import { notHeldText, refusedText, type ValuesVerdict } from '../../../src/charts/schema/verdict.ts';
import { placedValues } from '../../../src/charts/schema/placed-values.ts';

const CHART = 'apiVersion: v2\nname: outer\nversion: 1.0.0\n';

type Given = { schema?: unknown; files?: Record<string, string | Buffer>; layers?: Record<string, string> };

function judge({ schema, files = {}, layers = {} }: Given): Promise<ValuesVerdict> {
  const text = typeof schema === 'string' ? schema : JSON.stringify(schema);
  const all = {
    'Chart.yaml': CHART,
    ...(schema === undefined ? {} : { 'values.schema.json': text }),
    ...files,
  };
  return judgeValues({
    files: new Map(Object.entries(all).map(([file, content]) => [file, Buffer.from(content)])),
    layers: Object.entries(layers).map(([file, own]) => placedValues(own, file)),
    signal: undefined,
  });
}

const said = ({ refused }: ValuesVerdict): string[] => refused.map(one => refusedText(one).en);
const left = ({ notHeld }: ValuesVerdict): string[] => notHeld.map(one => notHeldText(one).en);
const PORT = { properties: { service: { properties: { port: { type: 'integer' } } } } };

describe('places', () => {
  test('the value, its file and line, and the rule, in both languages', async () => {
    const { refused } = await judge({
      schema: PORT,
      layers: { 'a.yaml': '# ours\nservice:\n  port: "80"\n' },
    });
    expect(refused.map(refusedText)).toEqual([
      {
        en: 'a.yaml:3: service.port must be of type "integer"',
        'zh-CN': 'a.yaml:3：service.port 类型必须是 "integer"',
      },
    ]);
  });

  test('the layer that counts', async () => {
    const layers = { 'low.yaml': 'service: {port: a}', 'high.yaml': 'other: 1\nservice: {port: b}' };
    expect(said(await judge({ schema: PORT, layers }))).toEqual([
      'high.yaml:2: service.port must be of type "integer"',
    ]);
  });

  test('what a higher layer mends is not refused', async () => {
    const layers = { 'low.yaml': 'service: {port: a}', 'high.yaml': 'service: {port: 1}' };
    expect(said(await judge({ schema: PORT, layers }))).toEqual([]);
  });

  test('the entry that a merge key brings', async () => {
    const layers = { 'a.yaml': 'base: &b\n  port: x\nservice:\n  <<: *b\n' };
    expect(said(await judge({ schema: PORT, layers }))).toEqual([
      'a.yaml:2: service.port must be of type "integer"',
    ]);
  });

  test('what is missing, at the map that lacks it', async () => {
    const schema = { properties: { db: { required: ['host'] } } };
    expect(said(await judge({ schema, layers: { 'a.yaml': 'x: 1\ndb: {}\n' } }))).toEqual([
      'a.yaml:2: db.host is missing, and the chart requires it',
    ]);
  });

  test("the chart's own default has no place", async () => {
    const files = { 'values.yaml': 'service: {port: x}\n' };
    expect(said(await judge({ schema: PORT, files, layers: { 'a.yaml': 'x: 1' } }))).toEqual([
      'the chart\'s own default service.port must be of type "integer"',
    ]);
  });

  test('what all charts share is found where it is said', async () => {
    const files = {
      'charts/redis/Chart.yaml': 'apiVersion: v2\nname: redis\nversion: 1.0.0\n',
      'charts/redis/values.schema.json': JSON.stringify({
        properties: { global: { properties: { zone: { enum: ['a', 'b'] } } } },
      }),
    };
    expect(said(await judge({ files, layers: { 'a.yaml': 'x: 1\nglobal:\n  zone: c\n' } }))).toEqual([
      'a.yaml:3: redis.global.zone must be one of ["a","b"]',
    ]);
  });

  test('an archive in charts/', async () => {
    const archive = packChart('redis', [
      ['Chart.yaml', 'apiVersion: v2\nname: redis\nversion: 1.0.0\n'],
      ['values.schema.json', JSON.stringify({ additionalProperties: false, properties: { global: {} } })],
    ]);
    const { refused } = await judge({
      files: { 'charts/redis-1.0.0.tgz': archive },
      layers: { 'a.yaml': 'redis: {prot: 1}' },
    });
    expect(refused.map(({ path, schema }) => [path, schema])).toEqual([
      ['redis.prot', 'charts/redis-1.0.0.tgz/values.schema.json'],
    ]);
  });

  test('a chart without a schema is held to none', async () => {
    expect(await judge({ layers: { 'a.yaml': 'a: 1' } })).toEqual({ schemas: 0, refused: [], notHeld: [] });
  });
});

describe('hostile schemas', () => {
  const layers = { 'a.yaml': `a: ${'a'.repeat(5000)}!\nb: 1\n` };
  const deep = (levels: number): string => '{"not":'.repeat(levels) + '{}' + '}'.repeat(levels);
  const wide = (nodes: number): string => JSON.stringify({ enum: Array.from({ length: nodes }, () => 0) });
  const twice = (level: number): object[] => [level, level].map(next => ({ $ref: `#/$defs/${next + 1}` }));
  const doubling = (levels: number): object => ({
    $ref: '#/$defs/0',
    $defs: Object.fromEntries(
      Array.from({ length: levels + 1 }, (_, level) => [
        level,
        level < levels ? { allOf: twice(level) } : {},
      ]),
    ),
  });

  test.each<[name: string, schema: unknown, refused: string[], left: string[]]>([
    ['a pattern without end', { properties: { a: { pattern: '^(a+)+$' } } }, ['a pattern'], []],
    ['another', { properties: { a: { pattern: '^(a|a|a?)*b$' } } }, ['a pattern'], []],
    ['a key by such a pattern', { patternProperties: { '^(a+)+$': { type: 'null' } } }, ['a type'], []],
    [
      'a pattern that looks ahead',
      { properties: { a: { pattern: '^(?!x)' } } },
      [],
      ['not held to values.schema.json: its pattern ^(?!x) is not one that can be read'],
    ],
    ['itself', { $ref: '#' }, [], ['not held to values.schema.json: it refers to itself without end']],
    [
      'each other',
      { $ref: '#/$defs/a', $defs: { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a' } } },
      [],
      ['not held to values.schema.json: it refers to itself without end'],
    ],
    [
      'a million values',
      wide(1_000_000),
      [],
      ['not held to values.schema.json: it is larger than a schema may be'],
    ],
    [
      'ten thousand levels',
      deep(10_000),
      [],
      ['not held to values.schema.json: it is larger than a schema may be'],
    ],
    [
      'twice as much at each level',
      doubling(60),
      [],
      ['not held to values.schema.json: it takes more time or memory than a schema may'],
    ],
    ['no JSON', '{', [], ['not held to values.schema.json: it is no usable JSON Schema']],
    ['a list', [], [], ['not held to values.schema.json: it is no usable JSON Schema']],
    [
      'a place that it does not have',
      { $ref: '#/$defs/none' },
      [],
      ['not held to values.schema.json: it is no usable JSON Schema'],
    ],
    [
      'a rule of another kind',
      { required: 5 },
      [],
      ['not held to values.schema.json: it is no usable JSON Schema'],
    ],
    ['the prototype', '{"properties":{"__proto__":{"type":"string"},"b":{"type":"string"}}}', ['b type'], []],
    [
      'a file',
      { properties: { a: { $ref: 'file:///dev/zero' }, b: { type: 'string' } } },
      ['b type'],
      ['not held to the whole of values.schema.json: it refers to file:///dev/zero, and nothing is fetched'],
    ],
  ])('%s', async (_, schema, refused, notHeld) => {
    const verdict = await judge({ schema, layers });
    expect({
      refused: verdict.refused.map(({ path, keyword }) => `${path} ${keyword}`),
      left: left(verdict),
    }).toEqual({
      refused,
      left: notHeld,
    });
  });

  test('nothing is asked of a server', async () => {
    const asked: (string | undefined)[] = [];
    const server = createServer(({ url }, answer) => {
      asked.push(url);
      answer.end('{}');
    });
    await new Promise<void>(done => void server.listen(0, '127.0.0.1', done));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const reference = `http://127.0.0.1:${port}/x.json`;
    const verdicts = await Promise.all(
      [
        { $ref: reference },
        { $schema: reference },
        { $id: reference, $ref: 'y.json' },
        { $dynamicRef: reference },
      ].map(schema => judge({ schema, layers })),
    );
    expect(verdicts.map(({ notHeld }) => notHeld.length)).toEqual([1, 1, 1, 1]);
    expect(asked).toEqual([]);
  });

  test('thousands of faults are told in part', async () => {
    const items = Array.from({ length: 3000 }, () => 1).join(',');
    const schema = { properties: { a: { items: { type: 'string' } } } };
    const { refused } = await judge({ schema, layers: { 'a.yaml': `a: [${items}]` } });
    expect(refused).toHaveLength(100);
  });

  test('a schema of a chart inside that cannot be judged leaves the others', async () => {
    const files = {
      'charts/redis/Chart.yaml': 'apiVersion: v2\nname: redis\nversion: 1.0.0\n',
      'charts/redis/values.schema.json': JSON.stringify({ $ref: '#' }),
    };
    const verdict = await judge({ schema: { properties: { b: { type: 'string' } } }, files, layers });
    expect([said(verdict), left(verdict)]).toEqual([
      ['a.yaml:2: b must be of type "string"'],
      ['not held to charts/redis/values.schema.json: it refers to itself without end'],
    ]);
  });
});

import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { judgeValues } from '../../../src/charts/schema/run-schemas.ts';
import { placedValues } from '../../../src/charts/schema/placed-values.ts';
import { readChartFolder } from '../../../src/system/files/chart-folder.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { findTool } from '../../support/tools.js';

const helm = findTool('helm');
const DRAFTS = {
  4: 'http://json-schema.org/draft-04/schema#',
  6: 'http://json-schema.org/draft-06/schema#',
  7: 'http://json-schema.org/draft-07/schema#',
  2019: 'https://json-schema.org/draft/2019-09/schema',
  2020: 'https://json-schema.org/draft/2020-12/schema',
};

type Case = {
  name: string;
  schema?: unknown;
  /** Of the chart; then what the team says. */
  defaults?: string;
  ours?: string;
  /** Further files of the chart. */
  files?: Record<string, string>;
  /** What is refused; none if absent. */
  refused?: readonly string[];
};

const only = (properties: object, more: object = {}): object => ({ type: 'object', properties, ...more });
const draft = (number: keyof typeof DRAFTS, schema: object): object => ({
  $schema: DRAFTS[number],
  ...schema,
});
const CHART = (name: string, more = ''): string => `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n${more}`;
const LOCAL = (name: string, more = ''): string => `  - {name: ${name}, version: 1.0.0${more}}\n`;
const inner = (name: string, schema: object, values = 'port: 1\n'): Record<string, string> => ({
  [`charts/${name}/Chart.yaml`]: CHART(name),
  [`charts/${name}/values.yaml`]: values,
  [`charts/${name}/values.schema.json`]: JSON.stringify(schema),
});
const PORT = only({ port: { type: 'integer' } });
const parent = (...lines: string[]): Record<string, string> => ({
  'Chart.yaml': CHART('outer', `dependencies:\n${lines.join('')}`),
});

const RULES: Case[] = [
  { name: 'a type', schema: only({ a: { type: 'integer' } }), ours: 'a: 1' },
  { name: 'another type', schema: only({ a: { type: 'integer' } }), ours: 'a: "1"', refused: ['a type'] },
  { name: 'a whole float', schema: only({ a: { type: 'integer' } }), ours: 'a: 2.0' },
  { name: 'a part', schema: only({ a: { type: 'integer' } }), ours: 'a: 2.5', refused: ['a type'] },
  { name: 'several types', schema: only({ a: { type: ['string', 'null'] } }), ours: 'a: x' },
  { name: 'yes is true', schema: only({ a: { type: 'boolean' } }), ours: 'a: yes' },
  { name: 'yes is no text', schema: only({ a: { type: 'string' } }), ours: 'a: yes', refused: ['a type'] },
  { name: 'an octal number', schema: only({ a: { const: 420 } }), ours: 'a: 0644' },
  { name: 'one of a list', schema: only({ a: { enum: ['x', 'z'] } }), ours: 'a: z' },
  { name: 'none of a list', schema: only({ a: { enum: ['p', 'q'] } }), ours: 'a: z', refused: ['a enum'] },
  { name: 'a constant map', schema: only({ a: { const: { b: 1 } } }), ours: 'a: {b: 1}' },
  {
    name: 'an unknown key',
    schema: only({ a: {} }, { additionalProperties: false }),
    ours: 'b: 1',
    refused: ['b additionalProperties'],
  },
  { name: 'a key that is required', schema: only({}, { required: ['a'] }), refused: ['a required'] },
  {
    name: 'a required key of a map',
    schema: only({ m: { required: ['x'] } }),
    ours: 'm: {y: 1}',
    refused: ['m.x required'],
  },
  { name: 'a required key from the defaults', schema: only({}, { required: ['a'] }), defaults: 'a: 1' },
  {
    name: 'null takes a default away',
    schema: only({}, { required: ['a'] }),
    defaults: 'a: 1',
    ours: 'a: null',
    refused: ['a required'],
  },
  {
    name: 'null of a key without a default',
    schema: only({ a: { type: 'string' } }),
    ours: 'a: null',
    refused: ['a type'],
  },
  {
    name: 'null inside of a map',
    schema: only({ m: { required: ['x'] } }),
    defaults: 'm: {x: 1}',
    ours: 'm: {x: null}',
    refused: ['m.x required'],
  },
  {
    name: 'null inside without a default',
    schema: only({ m: only({ x: { type: 'string' } }) }),
    defaults: 'm: {z: 1}',
    ours: 'm: {x: null}',
    refused: ['m.x type'],
  },
  { name: 'a null default', schema: only({ a: { type: 'string' } }), defaults: 'a:', refused: ['a type'] },
  { name: 'a pattern', schema: only({ a: { pattern: '^[a-z]+$' } }), ours: 'a: abc' },
  {
    name: 'not the pattern',
    schema: only({ a: { pattern: '^[a-z]+$' } }),
    ours: 'a: Abc',
    refused: ['a pattern'],
  },
  { name: 'a pattern as Go reads it', schema: only({ a: { pattern: '^\\w+\\-\\d$' } }), ours: 'a: x-1' },
  {
    name: 'a long way of a pattern',
    schema: only({ a: { pattern: '^(a+)+$' } }),
    ours: `a: ${'a'.repeat(40)}!`,
    refused: ['a pattern'],
  },
  {
    name: 'keys by pattern',
    schema: only({}, { patternProperties: { '^x': { type: 'integer' } } }),
    ours: 'xa: b',
    refused: ['xa type'],
  },
  {
    name: 'names of keys',
    schema: only({ m: { propertyNames: { maxLength: 2 } } }),
    ours: 'm: {abc: 1}',
    refused: ['m.abc maxLength'],
  },
  { name: 'bounds', schema: only({ a: { minimum: 1, maximum: 3 } }), ours: 'a: 4', refused: ['a maximum'] },
  { name: 'a multiple', schema: only({ a: { multipleOf: 0.1 } }), ours: 'a: 0.3' },
  {
    name: 'items',
    schema: only({ a: { items: { type: 'string' } } }),
    ours: 'a: [x, 1]',
    refused: ['a[1] type'],
  },
  {
    name: 'equal items',
    schema: only({ a: { uniqueItems: true } }),
    ours: 'a: [x, x]',
    refused: ['a uniqueItems'],
  },
  {
    name: 'any of',
    schema: only({ a: { anyOf: [{ type: 'string' }, { type: 'integer' }] } }),
    ours: 'a: []',
    refused: ['a anyOf'],
  },
  {
    name: 'two of one',
    schema: only({ a: { oneOf: [{ minimum: 1 }, { minimum: 2 }] } }),
    ours: 'a: 3',
    refused: ['a oneOf'],
  },
  {
    name: 'all of',
    schema: only({ a: { allOf: [{ minimum: 1 }, { maximum: 2 }] } }),
    ours: 'a: 3',
    refused: ['a maximum'],
  },
  { name: 'not', schema: only({ a: { not: { type: 'string' } } }), ours: 'a: x', refused: ['a not'] },
  {
    name: 'if and then',
    schema: JSON.parse('{"if":{"required":["a"]},"then":{"required":["b"]}}'),
    ours: 'a: 1',
    refused: ['b required'],
  },
  {
    name: 'a dependent key',
    schema: { dependentRequired: { a: ['b'] } },
    ours: 'a: 1',
    refused: ['(root) dependentRequired'],
  },
  {
    name: 'a reference',
    schema: { ...only({ a: { $ref: '#/$defs/n' } }), $defs: { n: { type: 'number' } } },
    ours: 'a: x',
    refused: ['a type'],
  },
  {
    name: 'an anchor',
    schema: { ...only({ a: { $ref: '#n' } }), $defs: { n: { $anchor: 'n', type: 'number' } } },
    ours: 'a: x',
    refused: ['a type'],
  },
  {
    name: 'a schema that recurs',
    schema: {
      $defs: { t: only({ t: { $ref: '#/$defs/t' } }, { additionalProperties: false }) },
      ...only({ a: { $ref: '#/$defs/t' } }),
    },
    ours: 'a: {t: {t: {x: 1}}}',
    refused: ['a.t.t.x additionalProperties'],
  },
  { name: 'a schema that forbids all', schema: false, refused: ['(root) additionalProperties'] },
  {
    name: 'a merge key',
    schema: only({ b: only({ x: { type: 'string' } }) }),
    ours: 'a: &a {x: 1}\nb: {<<: *a}',
    refused: ['b.x type'],
  },
  {
    name: 'a key twice: the last counts',
    schema: only({ a: { type: 'string' } }),
    ours: 'a: x\na: 1',
    refused: ['a type'],
  },
];

const OF_DRAFTS: Case[] = [
  {
    name: 'draft 4: an exclusive bound',
    schema: draft(4, only({ a: { minimum: 1, exclusiveMinimum: true } })),
    ours: 'a: 1',
    refused: ['a minimum'],
  },
  {
    name: 'draft 4: id names a part',
    schema: draft(4, { ...only({ a: { $ref: '#n' } }), definitions: { n: { id: '#n', type: 'number' } } }),
    ours: 'a: x',
    refused: ['a type'],
  },
  { name: 'draft 6: const', schema: draft(6, only({ a: { const: 1 } })), ours: 'a: 2', refused: ['a const'] },
  {
    name: 'draft 6: contains',
    schema: draft(6, only({ a: { contains: { const: 1 } } })),
    ours: 'a: [2]',
    refused: ['a contains'],
  },
  {
    name: 'draft 7: a format is asserted',
    schema: draft(7, only({ a: { format: 'ipv4' } })),
    ours: 'a: x',
    refused: ['a format'],
  },
  {
    name: 'draft 7: beside a reference nothing counts',
    schema: draft(7, {
      ...only({ a: { $ref: '#/definitions/n', maximum: 1 } }),
      definitions: { n: { type: 'number' } },
    }),
    ours: 'a: 5',
  },
  {
    name: 'draft 7: dependencies',
    schema: draft(7, { dependencies: { a: ['b'] } }),
    ours: 'a: 1',
    refused: ['(root) dependencies'],
  },
  {
    name: 'draft 7: items one by one',
    schema: draft(7, only({ a: { items: [{ type: 'string' }], additionalItems: false } })),
    ours: 'a: [x, y]',
    refused: ['a[1] additionalProperties'],
  },
  {
    name: '2019-09: a format is a remark',
    schema: draft(2019, only({ a: { format: 'ipv4' } })),
    ours: 'a: x',
  },
  {
    name: '2019-09: what is left over',
    schema: draft(2019, { allOf: [only({ a: {} })], unevaluatedProperties: false }),
    ours: 'a: 1\nb: 2',
    refused: ['b additionalProperties'],
  },
  {
    name: '2019-09: beside a reference all counts',
    schema: draft(2019, {
      ...only({ a: { $ref: '#/$defs/n', maximum: 1 } }),
      $defs: { n: { type: 'number' } },
    }),
    ours: 'a: 5',
    refused: ['a maximum'],
  },
  {
    name: '2020-12: the first items',
    schema: draft(2020, only({ a: { prefixItems: [{ type: 'string' }], items: false } })),
    ours: 'a: [x, y]',
    refused: ['a[1] additionalProperties'],
  },
  {
    name: '2020-12: how many are in it',
    schema: draft(2020, only({ a: { contains: { const: 1 }, minContains: 2 } })),
    ours: 'a: [1, 2]',
    refused: ['a minContains'],
  },
  { name: 'no draft: a format is a remark', schema: only({ a: { format: 'ipv4' } }), ours: 'a: x' },
];

const OF_CHARTS: Case[] = [
  {
    name: 'a chart inside',
    files: { ...parent(LOCAL('redis')), ...inner('redis', PORT) },
    ours: 'redis: {port: x}',
    refused: ['redis.port type'],
  },
  {
    name: 'a chart inside that nobody lists',
    files: { 'Chart.yaml': CHART('outer'), ...inner('redis', PORT) },
    ours: 'redis: {port: x}',
    refused: ['redis.port type'],
  },
  {
    name: 'under an alias',
    files: { ...parent(LOCAL('redis', ', alias: cache')), ...inner('redis', PORT) },
    ours: 'cache: {port: x}',
    refused: ['cache.port type'],
  },
  {
    name: 'under its own name beside an alias',
    files: { ...parent(LOCAL('redis', ', alias: cache')), ...inner('redis', PORT) },
    ours: 'redis: {port: x}',
  },
  {
    name: 'twice',
    files: { ...parent(LOCAL('redis', ', alias: a'), LOCAL('redis', ', alias: b')), ...inner('redis', PORT) },
    ours: 'a: {port: 1}\nb: {port: x}',
    refused: ['b.port type'],
  },
  {
    name: 'a default of the chart inside',
    files: { ...parent(LOCAL('redis')), ...inner('redis', PORT, 'port: x\n') },
    refused: ['redis.port type'],
  },
  {
    name: 'mended by the outer one',
    files: { ...parent(LOCAL('redis')), ...inner('redis', PORT, 'port: x\n') },
    defaults: 'redis: {port: 1}',
  },
  {
    name: 'switched off',
    files: { ...parent(LOCAL('redis', ', condition: redis.enabled')), ...inner('redis', PORT) },
    ours: 'redis: {enabled: false, port: x}',
  },
  {
    name: 'switched off by its own default',
    files: {
      ...parent(LOCAL('redis', ', condition: redis.enabled')),
      ...inner('redis', PORT, 'enabled: false\nport: x\n'),
    },
  },
  {
    name: 'switched on',
    files: {
      ...parent(LOCAL('redis', ', condition: "other.enabled,redis.enabled"')),
      ...inner('redis', PORT),
    },
    ours: 'redis: {enabled: true, port: x}',
    refused: ['redis.port type'],
  },
  {
    name: 'off by a tag',
    files: { ...parent(LOCAL('redis', ', tags: [data]')), ...inner('redis', PORT) },
    ours: 'tags: {data: false}\nredis: {port: x}',
  },
  {
    name: 'what all share',
    files: {
      ...parent(LOCAL('redis')),
      ...inner('redis', only({ global: only({ zone: { type: 'string' } }) })),
    },
    ours: 'global: {zone: 1}',
    refused: ['redis.global.zone type'],
  },
  {
    name: 'what all share lies over what one says',
    files: {
      ...parent(LOCAL('redis')),
      ...inner('redis', only({ global: only({ zone: { type: 'string' } }) })),
    },
    ours: 'global: {zone: a}\nredis: {global: {zone: 1}}',
  },
  {
    name: 'global is a key for a chart that allows none but its own',
    files: {
      ...parent(LOCAL('redis')),
      ...inner('redis', only({ port: {} }, { additionalProperties: false })),
    },
    refused: ['redis.global additionalProperties'],
  },
  {
    name: 'null inside of a chart takes its default away',
    files: { ...parent(LOCAL('redis')), ...inner('redis', only({}, { required: ['port'] })) },
    ours: 'redis: {port: null}',
    refused: ['redis.port required'],
  },
  {
    name: 'values taken over',
    files: {
      ...parent(LOCAL('redis', ', import-values: [{child: conn, parent: db}]')),
      ...inner('redis', {}, 'conn: {host: h}\n'),
    },
    schema: only({ db: { required: ['host'] } }, { required: ['db'] }),
  },
  {
    name: 'exports',
    files: {
      ...parent(LOCAL('redis', ', import-values: [data]')),
      ...inner('redis', {}, 'exports: {data: {own: x}}\n'),
    },
    schema: only({ own: { type: 'integer' } }),
    refused: ['own type'],
  },
  {
    name: 'two deep',
    files: {
      ...parent(LOCAL('a')),
      ...inner('a', {}),
      ...Object.fromEntries(
        Object.entries(inner('b', PORT)).map(([file, text]) => [`charts/a/${file}`, text]),
      ),
    },
    ours: 'a: {b: {port: x}}',
    refused: ['a.b.port type'],
  },
];

async function chartOf({ name, schema, defaults = '', files = {} }: Case): Promise<string> {
  const folder = await tempFolder();
  const all = {
    'Chart.yaml': CHART('outer'),
    'values.yaml': defaults,
    'templates/a.yaml': `# ${name}\n`,
    ...(schema === undefined ? {} : { 'values.schema.json': JSON.stringify(schema) }),
    ...files,
  };
  for (const [file, text] of Object.entries(all)) {
    await mkdir(path.join(folder, path.dirname(file)), { recursive: true });
    await writeFile(path.join(folder, file), text);
  }
  return folder;
}

async function isRefusedByHelm(folder: string, ours: string): Promise<boolean> {
  const values = path.join(await tempFolder(), 'ours.yaml');
  await writeFile(values, ours);
  try {
    await promisify(execFile)(helm ?? '', ['template', 'x', folder, '-f', values]);
    return false;
  } catch (error) {
    const said = String((error as { stderr?: unknown }).stderr);
    if (!/don't meet the specifications of the schema/.test(said)) throw error;
    return true;
  }
}

describe.each([
  ['rules', RULES],
  ['drafts', OF_DRAFTS],
  ['charts inside', OF_CHARTS],
])('%s', (_, cases) => {
  test.runIf(helm).each(cases)('$name', async one => {
    const { ours = '', refused = [] } = one;
    const folder = await chartOf(one);
    const files = await readChartFolder(folder, '.');
    const layers = [placedValues(ours, 'ours.yaml')];
    const verdict = await judgeValues({ files, layers, signal: undefined });
    const said = verdict.refused.map(({ path: at, keyword }) => `${at === '' ? '(root)' : at} ${keyword}`);
    expect({ said, notHeld: verdict.notHeld }).toEqual({ said: refused, notHeld: [] });
    expect(await isRefusedByHelm(folder, ours)).toBe(refused.length > 0);
  });
});

import { expect, test } from 'vitest';
import { schemaRejects } from '../../src/values/schema-rejects.ts';

const SCHEMA = {
  type: 'object',
  additionalProperties: false,
  properties: {
    replicas: { type: 'integer' },
    mode: { enum: ['a', 'b'] },
    image: { $ref: '#/$defs/image' },
    either: { anyOf: [{ type: 'string' }, { type: 'integer' }] },
    free: { type: 'object' },
    loop: { $ref: '#/properties/loop' },
    far: { $ref: 'https://example.org/schema.json' },
  },
  $defs: {
    image: {
      type: 'object',
      properties: { tag: { type: ['string', 'null'] } },
      additionalProperties: { type: 'string' },
    },
  },
};

test.each<[path: string, value: unknown, rejected: boolean]>([
  ['replicas', 3, false],
  ['replicas', 1.5, true],
  ['replicas', '3', true],
  ['replicas', null, false],
  ['mode', 'a', false],
  ['mode', 'c', true],
  ['gone', 1, true],
  ['image.tag', '1', false],
  ['image.tag', 1, true],
  ['image.other', [], true],
  ['either', [], false],
  ['free.what.ever', [], false],
  ['loop', 1, false],
  ['far.x', 1, false],
  ['constructor', 1, true],
])('%s: %j is refused: %s', (path, value, rejected) => {
  expect(schemaRejects(SCHEMA, path.split('.'), value)).toBe(rejected);
});

test('what is no schema refuses nothing', () => {
  expect([true, null, [], 'x'].map(schema => schemaRejects(schema, ['a'], 1))).toEqual([
    false,
    false,
    false,
    false,
  ]);
});

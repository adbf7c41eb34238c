import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'vitest';

/** A JSON document of a command, held to the schema that ships. */
export function readAs(schema: string, text: string): unknown {
  const file = path.resolve(`schemas/${schema}.schema.json`);
  const validate = new Ajv2020({ strict: true }).compile(JSON.parse(readFileSync(file, 'utf8')) as object);
  const document = JSON.parse(text) as unknown;
  expect([validate(document), validate.errors]).toEqual([true, null]);
  return document;
}

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { EXAMPLES } from '../../src/features/add/examples.ts';
import { readGenerator } from '../../src/repository/generators/read.ts';
import { namesOfCases, runCases } from '../../src/repository/generators/test-cases.ts';
import { openRepositoryFiles } from '../../src/system/files/files.ts';
import { readPackageFolder } from '../../src/system/files/templates.ts';
import { makeFolder, writeFiles } from '../support/repository.ts';

test('every example is one that a person can name', () => {
  expect(readdirSync('templates/generators').toSorted()).toEqual([...EXAMPLES].toSorted());
});

test.each(EXAMPLES)('%s makes what its cases expect, and is as the schema says', async name => {
  const root = makeFolder();
  const texts = await readPackageFolder(`templates/generators/${name}`);
  const folder = path.join(root, '.slipway/generators', name);
  writeFiles(folder, Object.fromEntries(texts));
  const generator = await readGenerator(openRepositoryFiles(root), name);
  expect(namesOfCases(generator).length).toBeGreaterThan(0);
  expect(await runCases(generator)).toEqual([]);
  for (const { ask } of generator.questions) expect(ask['zh-CN']).toMatch(/\p{Script=Han}/u);
  const schema = new Ajv2020({ strict: false }).compile(
    JSON.parse(readFileSync('schemas/generator.schema.json', 'utf8')) as object,
  );
  expect([schema(parse(texts.get('generator.yaml') ?? '')), schema.errors]).toEqual([true, null]);
});

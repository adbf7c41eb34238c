import nodePlop from 'node-plop';
import { expect, test } from 'vitest';
import { ADDITIONS } from '../../generators/add.ts';
import { registerGenerators } from '../../generators/index.ts';

test('plop lists new-app and every addition, in the language of the run', async () => {
  const plop = await nodePlop('', { destBasePath: '', force: false });
  const ends = { open: () => Promise.reject(new Error('not opened')), finish: () => Promise.resolve('') };
  registerGenerators(plop, { language: 'zh-CN', app: ends, add: ends });
  const listed = plop.getGeneratorList().map(({ name, description }) => [name, description]);
  expect(listed).toEqual([
    ['app', '从 chart、镜像或上游清单生成完整的新应用目录'],
    ...Object.entries(ADDITIONS).map(([word, { description }]) => [`add-${word}`, description['zh-CN']]),
  ]);
});

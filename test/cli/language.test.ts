import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from '../support/repository.ts';
import { demoRepository, slipway, testEnv } from '../support/slipway.ts';

function run(args: string[], cwd = makeFolder(), more: Record<string, string> = {}) {
  return slipway(args, { cwd, env: testEnv(makeFolder(), more) as Record<string, string> });
}

test.each([
  [['--lang', 'zh']],
  [['--lang=zh_CN.UTF-8']],
  [['--lang', 'zh-Hans']],
  [['--nonsense', '--lang', 'zh-cn']],
])('an error of a run with %j is told in Chinese, with its next step', async flags => {
  const { code, stderr } = await run(['check', ...flags, '--frob']);
  expect([code, stderr]).toEqual([2, expect.stringMatching(/error\[E_USAGE\] 未知的参数 --\w+。下一步：.+/)]);
});

test('in the language of the environment, unless the run is given another', async () => {
  const chinese = await run(['frob'], undefined, { LC_ALL: 'zh_CN.UTF-8' });
  expect(chinese.stderr).toContain('未知的命令 frob。下一步：');
  const english = await run(['frob', '--lang', 'en_US'], undefined, { LC_ALL: 'zh_CN.UTF-8' });
  expect(english.stderr).toContain('unknown command frob. Next: ');
});

test('in the language of the repository, once that is known', async () => {
  const root = demoRepository();
  mkdirSync(path.join(root, '.slipway'), { recursive: true });
  writeFileSync(path.join(root, '.slipway/config.yaml'), 'language: zh-CN\n');
  const { stderr } = await run(['upgrade', 'nowhere', '-C', root, '--offline']);
  expect(stderr).toContain('没有应用 nowhere');
  const english = await run(['upgrade', 'nowhere', '-C', root, '--offline', '--lang', 'en']);
  expect(english.stderr).toContain('there is no app nowhere');
});

test('a language that slipway does not speak is refused with the choices', async () => {
  const { code, stderr } = await run(['check', '--lang', 'fr']);
  expect([code, stderr]).toEqual([
    2,
    'error[E_USAGE] --lang fr is not a language that slipway speaks. Next: Use one of en, zh-CN.\n',
  ]);
});

test('JSON stays English', async () => {
  const { stdout } = await run(['check', '--frob', '--json', '--lang', 'zh']);
  expect(JSON.parse(stdout).error).toMatchObject({ code: 'E_USAGE', message: 'unknown flag --frob' });
});

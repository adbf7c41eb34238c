import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from '../../support/repository.ts';
import { slipway, testEnv } from '../../support/slipway.ts';

async function init(...args: string[]): Promise<{ code: number; config: unknown }> {
  const root = makeFolder();
  const words = [
    'init',
    '--no-charts',
    '--domains',
    'a.example.org',
    '--repo-url',
    'https://git.example/fleet.git',
  ];
  const { code } = await slipway([...words, ...args, '--yes', '-C', root], {
    env: testEnv(makeFolder()) as Record<string, string>,
  });
  const file = path.join(root, '.mcp.json');
  return { code, config: existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as unknown) : undefined };
}

const served = (command: string, ...args: string[]) => ({ mcpServers: { slipway: { command, args } } });

test('.mcp.json is written for who asks for it: to look, or to write what a person agrees to', async () => {
  expect(await init()).toEqual({ code: 0, config: undefined });
  expect(await init('--agents', 'read', '--ci', 'none')).toEqual({
    code: 0,
    config: served('slipway', 'mcp'),
  });
  expect(await init('--agents', 'write', '--ci', 'github', '--package', 'slipway@0.1.0')).toEqual({
    code: 0,
    config: served('npx', '--yes', 'slipway@0.1.0', 'mcp', '--allow', 'write'),
  });
});

test('other words are refused', async () => {
  expect((await init('--agents', 'all')).code).toBe(2);
});

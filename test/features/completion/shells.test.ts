import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { serveHttp } from '../../support/http-server.ts';
import { commitAll, makeFolder, writeFiles } from '../../support/repository.ts';
import { demoRepository, slipway, testEnv } from '../../support/slipway.ts';
import { findTool } from '../../support/tools.js';

/** Of the repository that the app `cache` has its chart from; the second name is no word for a shell. */
const INDEX = `apiVersion: v1
entries:
  redis:
${['2.0.0-rc.1', '1.10.0', '1.9.0', '1.0.0']
  .map(version => `  - {name: redis, version: ${version}, created: "2025-01-15T08:00:00Z", urls: [a.tgz]}\n`)
  .join('')}  redis-$(touch pwned):
  - {name: redis-$(touch pwned), version: 1.0.0, urls: [b.tgz]}
  redis-cluster:
  - {name: redis-cluster, version: 3.0.0, urls: [c.tgz]}
`;

let root = '';
const home = makeFolder();
beforeAll(async () => {
  root = demoRepository();
  const server = await serveHttp({ '/index.yaml': { body: INDEX } });
  // Whoever wrote the repository chose the names of its folders.
  writeFiles(root, {
    'production/$(touch pwned)/kustomization.yaml': 'resources: []\n',
    'production/a b/kustomization.yaml': 'resources: []\n',
    'production/cache/kustomization.yaml': `helmCharts:
- {name: redis, repo: '${server.url}', version: 1.0.0, releaseName: cache}
`,
  });
  commitAll(root);
  // What is looked up leaves in the cache what is completed from then on, with nobody there to be asked.
  await slipway(['outdated'], { cwd: root, env: testEnv(home) as Record<string, string> });
  await server.close();
});

async function words(...given: string[]): Promise<string[]> {
  const { code, stdout } = await slipway(['completion', 'words', '--', ...given], {
    cwd: root,
    env: testEnv(home) as Record<string, string>,
  });
  expect(code).toBe(0);
  return stdout.split('\n').flatMap(line => (line === '' ? [] : [line.split('\t')[0] ?? '']));
}

describe('what may stand at the cursor', () => {
  test.each([
    [['upg'], ['upgrade']],
    [['--la'], ['--lang']],
    [
      ['--lang', ''],
      ['en', 'zh-CN'],
    ],
    [['--lang', '=', 'z'], ['zh-CN']],
    [
      ['check', '--format=j'],
      ['--format=json', '--format=junit'],
    ],
    [['upgrade', '--dry'], ['--dry-run']],
    [['add', 'ro'], ['route']],
    [['add', 'route', 'wi'], ['wiki']],
    [['upgrade', 'production/w'], ['production/wiki']],
    [['-C', 'elsewhere', 'che'], ['check']],
    [['move', 'wiki', '--to', 'pro'], ['production']],
    [['diff', '--chart', 'gu'], []],
    [
      ['new-app', 'x', '--chart', 'redis'],
      ['redis', 'redis-cluster'],
    ],
    [
      ['upgrade', 'cache', '--to', '1'],
      ['1.10.0', '1.9.0'],
    ],
    [['upgrade', 'production/cache', '--to', '=', '2'], ['2.0.0-rc.1']],
    [
      ['new-app', 'x', '--chart', 'redis', '--version', ''],
      ['2.0.0-rc.1', '1.10.0', '1.9.0', '1.0.0'],
    ],
    [['new-app', 'x', '--chart', 'redis', '--chart=redis-cluster', '--version=3'], ['--version=3.0.0']],
    [['new-app', 'x', '--chart', 'nothing', '--version', ''], []],
    [['new-app', 'x', '--chart', 'redis', '--repo', 'https://elsewhere.example', '--version', ''], []],
    [['new-app', 'x', '--chart', '$(touch pwned)', '--version', ''], []],
    [['upgrade', '--to', ''], []],
    [['no-such-command', ''], []],
  ])('%j', async (given, wanted) => {
    expect(await words(...given)).toEqual(wanted);
  });

  test('no word that a shell would read as more than a word', async () => {
    const apps = await words('upgrade', '');
    expect(apps).toContain('production/wiki');
    expect(apps.filter(word => /[^\w./-]/.test(word))).toEqual([]);
  });

  test('outside of a repository there are no apps, and nothing is said', async () => {
    const { code, stdout, stderr } = await slipway(['completion', 'words', '--', 'upgrade', ''], {
      cwd: '/',
    });
    expect([code, stdout, stderr]).toEqual([0, '', '']);
  });

  test('a shell that has no script is refused with those that have one', async () => {
    expect(await slipway(['completion', 'tcsh'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('bash, zsh, fish'),
    });
    expect(await slipway(['completion'])).toMatchObject({ code: 2 });
  });
});

/** What each shell is told to do: read the script, complete this line, print what it found. */
const LINES: Record<string, (script: string) => string> = {
  bash: script => `${script}
complete_line() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _slipway; printf '%s\\n' "\${COMPREPLY[@]}"; }
complete_line slipway upg; complete_line slipway upgrade production/w; complete_line slipway upgrade 'production/$'
complete_line slipway upgrade cache --to 1; complete_line slipway new-app x --chart 'redis-$'`,
  fish: script => `${script}
for line in 'slipway upg' 'slipway upgrade production/w' 'slipway upgrade production/\\$' \\
  'slipway upgrade cache --to 1' 'slipway new-app x --chart redis-\\$'
    complete --do-complete $line | string split --fields 1 \\t
end`,
  // zsh completes only where somebody types: what it would offer is caught instead.
  zsh: script => `compdef() { : }
_describe() { print -rl -- \${(P)3%%:*} }
_files() { : }
${script}
complete_line() { words=("$@"); CURRENT=$#; _slipway }
complete_line slipway upg; complete_line slipway upgrade production/w; complete_line slipway upgrade 'production/$'
complete_line slipway upgrade cache --to 1; complete_line slipway new-app x --chart 'redis-$'`,
};

describe.each(Object.entries(LINES))('%s', (shell, lineOf) => {
  test.runIf(findTool(shell))('completes commands and apps, and expands nothing', () => {
    const env = testEnv(home);
    const script = execFileSync('slipway', ['completion', shell], { env, encoding: 'utf8' });
    const { stdout, stderr } = spawnSync(
      shell,
      [...(shell === 'fish' ? ['--no-config'] : shell === 'zsh' ? ['-f'] : ['--norc']), '-c', lineOf(script)],
      {
        cwd: root,
        env,
        encoding: 'utf8',
      },
    );
    expect([stdout.split('\n').filter(line => line !== '' && !line.endsWith('/')), stderr]).toEqual([
      ['upgrade', 'production/wiki', '1.10.0', '1.9.0'],
      '',
    ]);
    expect(existsSync(path.join(root, 'pwned'))).toBe(false);
  });
});

test('a Tab asks for no network: what the cache does not know is no word, and nothing is said', async () => {
  const env = testEnv(makeFolder()) as Record<string, string>;
  const line = ['completion', 'words', '--', 'upgrade', 'cache', '--to', ''];
  expect(await slipway(line, { cwd: root, env })).toMatchObject({ code: 0, stdout: '', stderr: '' });
});

test('the script of bash is read by bash as it is installed', () => {
  const folder = path.join(root, '.completions');
  mkdirSync(folder);
  execFileSync(
    'bash',
    ['-c', 'slipway completion bash > .completions/slipway && bash -n .completions/slipway'],
    {
      cwd: root,
      env: testEnv(root),
    },
  );
  expect(readdirSync(folder)).toEqual(['slipway']);
});

import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { openTektonJudge } from '../../support/crd-schemas.ts';
import { deployment, plainApp } from '../../support/preview-fixture.ts';
import { commitAll, git, makeFolder, writeFiles } from '../../support/repository.ts';
import { endOf, type Run, slipway, testEnv } from '../../support/slipway.ts';
import { findTool } from '../../support/tools.js';

type Forge = 'github' | 'gitlab' | 'tekton';

const NAMES = Array.from({ length: 10 }, (_, index) => `part-${index}`);
const URL = 'https://git.example.org/team/c.git';
const TOKEN = 'glpat-secret';

/** A bare repository of one app with ten images, and what init writes for a forge. */
async function fleet(ci: Forge, images = NAMES): Promise<string> {
  const made = makeFolder();
  const words = ['--no-charts', '--repo-url', URL, '--domains', 'a.example.org'];
  const args = ['init', ...words, '--ci', ci, '--package', path.resolve('.'), '--yes', '-C', made];
  const { code, stderr } = await slipway(args, { env: testEnv(makeFolder()) as Record<string, string> });
  expect([code, stderr]).toEqual([0, expect.any(String)]);
  const files = images.map(name => [`${name}.yaml`, deployment(name, { image: `docker.io/acme/${name}:1` })]);
  const entries = images.map(name => `- name: docker.io/acme/${name}\n  newTag: "1" # ${name}\n`);
  writeFiles(made, {
    ...plainApp('production/shop', Object.fromEntries(files), `images:\n${entries.join('')}`),
  });
  if (!existsSync(path.join(made, '.git'))) git(made, 'init', '--quiet', '--initial-branch=main');
  commitAll(made);
  const bare = path.join(makeFolder(), 'bare.git');
  git(made, 'clone', '--quiet', '--bare', '.', bare);
  return bare;
}

type Step = { run?: string; name?: string };

/** The very lines of the file that bump and push; what fetches helm and kustomize is left to runners. */
function stepOf(root: string, ci: Forge): { program: string; script: string } {
  const read = (file: string): unknown => parse(readFileSync(path.join(root, file), 'utf8'));
  if (ci === 'github') {
    const { jobs } = read('.github/workflows/slipway-bump.yaml') as { jobs: { bump: { steps: Step[] } } };
    return { program: 'bash', script: jobs.bump.steps.at(-1)?.run ?? '' };
  }
  if (ci === 'gitlab') {
    const { bump } = read('.gitlab-ci.yml') as { bump: { script: string[] } };
    return { program: 'sh', script: bump.script.join('\n') };
  }
  const { spec } = read('.tekton/slipway-bump.yaml') as { spec: { steps: { script: string }[] } };
  const lines = (spec.steps[0]?.script ?? '').split('\n').filter(line => !line.startsWith('curl '));
  return { program: 'sh', script: lines.join('\n') };
}

type Ordered = { name: string; tag: string; env?: Record<string, string> };

/** One pipeline: a clone of its own, as the forge makes it, in which the steps run. Any address of the forge is the bare repository. */
function pipeline(bare: string, ci: Forge, { name, tag, env = {} }: Ordered): Promise<Run> {
  const folder = makeFolder();
  const clone = path.join(folder, 'clone');
  git(folder, 'clone', '--quiet', bare, 'clone');
  const { program, script } = stepOf(clone, ci);
  const settings = testEnv(makeFolder(), {
    SLIPWAY: path.resolve('.'),
    npm_config_offline: 'true',
    HOME: folder,
    BUMP_APP: 'shop',
    BUMP_ENVIRONMENT: 'production',
    BUMP_IMAGE: `${name}=docker.io/acme/${name}:${tag}`,
    BUMP_BRANCH: 'main',
    REPOSITORY: URL,
    CREDENTIALS: path.join(folder, '.git-credentials'),
    CI_PROJECT_DIR: clone,
    CI_PROJECT_PATH: 'team/c',
    CI_SERVER_PROTOCOL: 'https',
    CI_SERVER_HOST: 'git.example.org',
    CI_SERVER_PORT: '443',
    SLIPWAY_TOKEN: TOKEN,
    GIT_CONFIG_GLOBAL: path.join(folder, 'gitconfig'),
    ...env,
  });
  const at = ['https://slipway@git.example.org:443/team/c.git', URL];
  const rewrites = at.map(address => `[url "${bare}"]\n  insteadOf = ${address}\n`);
  writeFileSync(path.join(folder, 'gitconfig'), rewrites.join(''));
  const cwd = ci === 'tekton' ? makeFolder() : clone;
  return endOf(spawn(program, ['-e', '-c', script], { cwd, env: settings }));
}

const FORGES: Forge[] = ['github', 'gitlab', 'tekton'];

describe.each(FORGES)('%s', ci => {
  test('one pipeline makes one commit, and a second one with the same version none', async () => {
    const bare = await fleet(ci, ['shop']);
    // Once with npx itself.
    const env = ci === 'github' ? {} : { PATH: quickNpx() };
    const run = await pipeline(bare, ci, { name: 'shop', tag: '2', env });
    expect([run.code, run.code === 0 ? '' : run.stderr]).toEqual([0, '']);
    const again = await pipeline(bare, ci, { name: 'shop', tag: '2', env: { PATH: quickNpx() } });
    expect([again.code, again.code === 0 ? '' : again.stderr]).toEqual([0, '']);
    expect(git(bare, 'log', '--format=%s %an', 'main').trim().split('\n')).toEqual([
      'chore(shop): image shop 2 in production slipway',
      'test test',
    ]);
    expect(git(bare, 'show', 'main:production/shop/kustomization.yaml')).toContain('newTag: "2" # shop\n');
    const typo = await pipeline(bare, ci, { name: 'shpo', tag: '2', env: { PATH: quickNpx() } });
    expect([typo.code, typo.stderr]).toEqual([2, expect.stringContaining('docker.io/acme/shop')]);
  });
});

// npx of a folder starts npm each time: here it is as it is on a runner once the package is there.
function quickNpx(): string {
  const bin = makeFolder();
  const file = path.join(bin, 'npx');
  writeFileSync(file, '#!/bin/sh\nshift 2\nexec slipway "$@"\n');
  chmodSync(file, 0o755);
  return `${bin}${path.delimiter}${testEnv(makeFolder())['PATH'] ?? ''}`;
}

test('3: ten pipelines at once end with ten commits, and no tag is lost', async () => {
  const bare = await fleet('gitlab');
  const env = { PATH: quickNpx() };
  const ended = await Promise.all(
    NAMES.map((name, index) => pipeline(bare, 'gitlab', { name, tag: `2.${index}`, env })),
  );
  expect(ended.map(({ code, stderr }) => (code === 0 ? 0 : stderr))).toEqual(NAMES.map(() => 0));
  const subjects = git(bare, 'log', '--format=%s', 'main').trim().split('\n');
  expect(subjects.slice(0, -1).toSorted()).toEqual(
    NAMES.map((name, index) => `chore(shop): image ${name} 2.${index} in production`),
  );
  const text = git(bare, 'show', 'main:production/shop/kustomization.yaml');
  for (const [index, name] of NAMES.entries()) expect(text).toContain(`newTag: "2.${index}" # ${name}\n`);
}, 900_000);

test('a branch that takes no push gets a merge request, at once; nobody sees a token on a line of a process', async () => {
  const bare = await fleet('gitlab', ['shop']);
  mkdirSync(path.join(bare, 'hooks'));
  writeFileSync(
    path.join(bare, 'hooks/pre-receive'),
    '#!/bin/sh\nwhile read -r old new name; do [ "$name" != refs/heads/main ] || exit 1; done\nenv | grep PUSH_OPTION > "$GIT_DIR/options" || true\n',
  );
  chmodSync(path.join(bare, 'hooks/pre-receive'), 0o755);
  git(bare, 'config', 'receive.advertisePushOptions', 'true');
  // Every line of git, as a process list shows it.
  const bin = makeFolder();
  const real = spawnSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).stdout.trim();
  writeFileSync(path.join(bin, 'git'), `#!/bin/sh\necho "$*" >> ${bin}/lines\nexec ${real} "$@"\n`);
  chmodSync(path.join(bin, 'git'), 0o755);
  const env = { PATH: `${bin}${path.delimiter}${quickNpx()}`, GITLAB_CI: 'true' };
  const run = await pipeline(bare, 'gitlab', { name: 'shop', tag: '2', env });
  expect([run.code, run.code === 0 ? '' : run.stderr]).toEqual([0, '']);
  const branch = 'slipway/bump-shop-production-shop-docker-io-acme-shop-2';
  expect(git(bare, 'log', '-1', '--format=%s', branch)).toBe('chore(shop): image shop 2 in production\n');
  expect(readFileSync(path.join(bare, 'options'), 'utf8')).toContain('merge_request.target=main');
  const lines = readFileSync(path.join(bin, 'lines'), 'utf8');
  expect([lines.includes('push'), lines.includes(TOKEN)]).toEqual([true, false]);
});

test('GitLab’s git asks for the token, and gets it', async () => {
  const bare = await fleet('gitlab', ['shop']);
  const folder = makeFolder();
  git(folder, 'clone', '--quiet', bare, 'clone');
  const { script } = stepOf(path.join(folder, 'clone'), 'gitlab');
  const asks = script.replace(/^sh .*$/m, 'exec "$GIT_ASKPASS" "Password"');
  const env = testEnv(makeFolder(), {
    CI_PROJECT_DIR: path.join(folder, 'clone'),
    CI_SERVER_HOST: 'git.example.org',
    SLIPWAY_TOKEN: TOKEN,
  });
  const { stdout } = await endOf(spawn('sh', ['-e', '-c', asks], { cwd: path.join(folder, 'clone'), env }));
  expect(stdout).toBe(TOKEN);
  for (const file of ['.gitlab-ci.yml', '.gitlab/slipway-upgrade.sh'])
    expect(readFileSync(path.join(folder, 'clone', file), 'utf8')).not.toContain(':$SLIPWAY_TOKEN@');
});

async function written(ci: Forge): Promise<string> {
  const bare = await fleet(ci, ['shop']);
  const folder = makeFolder();
  git(folder, 'clone', '--quiet', bare, 'clone');
  return path.join(folder, 'clone');
}

const actionlint = findTool('actionlint');

test.runIf(actionlint !== undefined)('8: GitHub’s files pass actionlint', async () => {
  const root = await written('github');
  const lint = (): ReturnType<typeof spawnSync> =>
    spawnSync(actionlint ?? '', ['-no-color'], { cwd: root, encoding: 'utf8' });
  expect([lint().stdout, lint().status]).toEqual(['', 0]);
  const file = path.join(root, '.github/workflows/slipway-bump.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('runs-on:', 'run-on:'));
  expect(lint().status).toBe(1);
});

const tekton = openTektonJudge();

test.runIf(tekton.can)('8: Tekton’s objects are valid by its own definitions', async () => {
  const root = await written('tekton');
  const read = (name: string): string => readFileSync(path.join(root, '.tekton', name), 'utf8');
  const texts = ['slipway-bump.yaml', 'slipway-check.yaml', 'slipway-upgrade.yaml'].map(read);
  expect(tekton.judge(texts)).toEqual({ valid: 3, wrong: [] });
  expect(tekton.judge([texts[0]?.replace('workingDir:', 'workDir:') ?? '']).wrong).toHaveLength(1);
});

type Job = {
  stage?: string;
  script?: unknown[];
  trigger?: object;
  rules?: { if: string }[];
  needs?: string[];
};

const RESERVED = new Set(['stages', 'variables', 'default', 'include', 'workflow']);

/** What GitLab asks of a pipeline before it runs any of it. */
test('8: GitLab’s file: each job has a stage that exists, a script or a trigger, and needs jobs before it', async () => {
  const root = await written('gitlab');
  const data = parse(readFileSync(path.join(root, '.gitlab-ci.yml'), 'utf8')) as Record<string, unknown>;
  const stages = data['stages'] as string[];
  const jobs = Object.entries(data).filter(([name]) => !RESERVED.has(name)) as [string, Job][];
  const stageOf = new Map(jobs.map(([name, { stage = '' }]) => [name, stages.indexOf(stage)]));
  expect(jobs.map(([name]) => name)).toEqual(['check', 'preview', 'comment', 'plan', 'upgrade', 'bump']);
  for (const [, { stage = '', script, trigger, needs = [], rules = [] }] of jobs) {
    expect(stages).toContain(stage);
    expect((script === undefined) !== (trigger === undefined)).toBe(true);
    expect(script?.every(line => typeof line === 'string') ?? true).toBe(true);
    for (const { if: condition } of rules) expect(condition).toMatch(/^\$\w+(?: (?:==|!=|&&) [$"\w]+)*$/);
    for (const name of needs) expect(stageOf.get(name)).toBeLessThan(stages.indexOf(stage));
  }
});

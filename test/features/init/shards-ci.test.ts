import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { openTektonJudge } from '../../support/crd-schemas.ts';
import { deployment, plainApp } from '../../support/preview-fixture.ts';
import { commitAll, git, makeFolder, writeFiles } from '../../support/repository.ts';
import { endOf, type Run, slipway, testEnv } from '../../support/slipway.ts';
import { findTool } from '../../support/tools.js';

type Forge = 'github' | 'gitlab' | 'tekton';

const ENV = testEnv(makeFolder()) as Record<string, string>;
const WORDS = ['--no-charts', '--repo-url', 'https://git.example.org/team/c.git'];
const FILES = {
  github: '.github/workflows/slipway.yaml',
  gitlab: '.gitlab-ci.yml',
  tekton: '.tekton/slipway-check.yaml',
};

function init(root: string, ci: string, more: readonly string[] = []): Promise<Run> {
  const words = [...WORDS, '--domains', 'a.example.org', '--package', path.resolve('.'), '--ci', ci];
  return slipway(['init', ...words, ...more, '--yes', '--json', '-C', root], { env: ENV });
}

const SECRET = 'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {password: hunter2hunter2}\n';

/** A repository of six apps, half of which hold a secret in plain text, and CI that shares them out over three machines. */
async function makeFleet(ci: Forge): Promise<string> {
  const root = makeFolder();
  const made = await init(root, ci, ['--shards', '3']);
  expect([made.code, made.stderr]).toEqual([0, expect.any(String)]);
  for (const [index, name] of ['a', 'b', 'c', 'd', 'e', 'f'].entries())
    writeFiles(root, plainApp(`production/${name}`, { 'x.yaml': index % 2 ? SECRET : deployment(name) }));
  if (!existsSync(path.join(root, '.git'))) git(root, 'init', '--quiet', '--initial-branch=main');
  commitAll(root);
  return root;
}

const fleets = new Map<Forge, Promise<string>>();

/** What a forge's tests look at together, made once. */
function fleet(ci: Forge): Promise<string> {
  const made = fleets.get(ci) ?? makeFleet(ci);
  fleets.set(ci, made);
  return made;
}

// npx of a folder starts npm each time: here it is as it is on a runner once the package is there.
function quickNpx(): string {
  const bin = makeFolder();
  writeFileSync(path.join(bin, 'npx'), '#!/bin/sh\nshift 2\nexec slipway "$@"\n');
  chmodSync(path.join(bin, 'npx'), 0o755);
  return `${bin}${path.delimiter}${ENV['PATH'] ?? ''}`;
}

const PATH = quickNpx();

function shell(
  program: 'sh' | 'bash',
  script: string,
  { cwd, env }: { cwd: string; env: Record<string, string> },
): Promise<Run> {
  const settings = { ...ENV, PATH, SLIPWAY: path.resolve('.'), ...env };
  // As GitHub starts a script where `shell: bash` is said.
  const strict = program === 'bash' ? ['-e', '-o', 'pipefail'] : ['-e'];
  return endOf(spawn(program, [...strict, '-c', script], { cwd, env: settings }));
}

type Script = { shards: string[]; run(shard: string): Promise<Run>; verdict(): Promise<Run>; found: string };
type Steps = { steps: { run?: string; script?: string }[] };
type Workflow = { jobs: Record<string, Steps & { if?: string; strategy?: { matrix: { shard: string[] } } }> };
type Pipeline = Record<string, { parallel?: number; script: string[] }>;
type Named = { name: string };
type PipelineRun = {
  spec: {
    workspaces: Named[];
    pipelineSpec: {
      workspaces: Named[];
      tasks: (Named & {
        matrix?: { params: (Named & { value: string[] })[] };
        runAfter?: string[];
        workspaces?: Named[];
        taskSpec: Steps & { params?: Named[]; workspaces?: Named[] };
      })[];
    };
  };
};

/** The very lines of the file; what fetches helm and kustomize is left to runners. */
const SCRIPTS: Record<Forge, (root: string) => Script> = {
  github: root => {
    const { jobs } = parse(readFileSync(path.join(root, FILES.github), 'utf8')) as Workflow;
    const temp = makeFolder();
    const found = path.join(temp, 'shards');
    const lastOf = (name: string): string =>
      jobs[name]?.steps.findLast(({ run }) => run !== undefined)?.run ?? '';
    // What its actions carry from the shards to the verdict lies where they put it.
    const run = async (shard: string): Promise<Run> => {
      const ended = await shell('bash', lastOf('shard'), {
        cwd: root,
        env: { RUNNER_TEMP: temp, SHARD: shard },
      });
      spawnSync('sh', ['-c', 'mkdir -p shards && mv check-*.json shards/'], { cwd: temp });
      return ended;
    };
    const verdict = (): Promise<Run> =>
      shell('bash', lastOf('check'), { cwd: root, env: { RUNNER_TEMP: temp } });
    return { shards: jobs['shard']?.strategy?.matrix.shard ?? [], run, verdict, found };
  },
  gitlab: root => {
    const jobs = parse(readFileSync(path.join(root, FILES.gitlab), 'utf8')) as Pipeline;
    const of = jobs['shard']?.parallel ?? 0;
    const shards = Array.from({ length: of }, (_, index) => `${index + 1}/${of}`);
    const run = (shard: string): Promise<Run> => {
      const [index = '', total = ''] = shard.split('/');
      const env = { CI_NODE_INDEX: index, CI_NODE_TOTAL: total };
      return shell('sh', jobs['shard']?.script.join('\n') ?? '', { cwd: root, env });
    };
    // Its report stands in a file: what it holds is what is said.
    const verdict = async (): Promise<Run> => {
      const ended = await shell('sh', jobs['check']?.script.join('\n') ?? '', { cwd: root, env: {} });
      return { ...ended, stdout: readFileSync(path.join(root, 'check.xml'), 'utf8') };
    };
    return { shards, run, verdict, found: root };
  },
  tekton: root => {
    const { spec } = parse(readFileSync(path.join(root, FILES.tekton), 'utf8')) as PipelineRun;
    const [shard, check] = spec.pipelineSpec.tasks;
    const found = makeFolder();
    const run = (each: Steps | undefined, env: Record<string, string>): Promise<Run> => {
      const lines = (each?.steps[0]?.script ?? '').split('\n').filter(line => !line.startsWith('curl '));
      const own = { REPOSITORY: root, REVISION: 'main', FOUND: found, ...env };
      return shell('sh', lines.join('\n'), { cwd: makeFolder(), env: own });
    };
    return {
      shards: shard?.matrix?.params[0]?.value ?? [],
      run: value => run(shard?.taskSpec, { SHARD: value }),
      verdict: () => run(check?.taskSpec, {}),
      found,
    };
  },
};

/** Each file that holds a secret, as every format names it. */
function filesIn({ stdout }: Run): string[] {
  return [...new Set(stdout.match(/production\/[a-f]\/x\.yaml/g))];
}

const FORMATS = { github: 'github', gitlab: 'junit', tekton: 'terminal' };

describe.each(['github', 'gitlab', 'tekton'] as const)('%s', ci => {
  test('the verdict on what all machines found is that of one; without one of them there is none', async () => {
    const root = await fleet(ci);
    const { shards, run, verdict, found } = SCRIPTS[ci](root);
    expect(shards).toEqual(['1/3', '2/3', '3/3']);
    const whole = await slipway(['check', '--render', '--format', FORMATS[ci], '-C', root], { env: ENV });
    expect(whole.code).toBe(1);
    for (const shard of shards) expect((await run(shard)).code).toBe(0);
    const joined = await verdict();
    expect([joined.code, filesIn(joined)]).toEqual([1, filesIn(whole)]);
    expect(filesIn(joined)).toHaveLength(3);

    const [first = ''] = readdirSync(found).filter(name => /^check-\d+\.json$/.test(name));
    rmSync(path.join(found, first));
    const partly = await verdict();
    expect([partly.code, partly.stderr]).toEqual([2, expect.stringContaining('1/3')]);
    const refused = await run('4/3');
    expect([refused.code, refused.stdout]).toEqual([1, expect.stringContaining('E_USAGE')]);
  });

  test('a second init keeps the number; another one is a difference, 1 the job for all', async () => {
    const root = makeFolder();
    cpSync(await fleet(ci), root, { recursive: true });
    const again = JSON.parse((await init(root, ci)).stdout);
    expect([again.changes, again.kept]).toEqual([[], []]);
    expect(again.answers).toContainEqual({ flag: 'shards', value: '3', from: 'slipway', why: FILES[ci] });
    expect(JSON.parse((await init(root, ci, ['--shards', '4'])).stdout).kept).toEqual([FILES[ci]]);
    expect((await init(root, ci, ['--shards', '1', '--force'])).code).toBe(0);
    const plain = makeFolder();
    await init(plain, ci);
    const [back, none] = [root, plain].map(each => readFileSync(path.join(each, FILES[ci]), 'utf8'));
    expect(back).toBe(none);
    expect(none).not.toMatch(/--shard|workspace|verdict/);
  });
});

const actionlint = findTool('actionlint');

test.runIf(actionlint !== undefined)('GitHub’s file passes actionlint', async () => {
  const root = await fleet('github');
  const { stdout, status } = spawnSync(actionlint ?? '', ['-no-color'], { cwd: root, encoding: 'utf8' });
  expect([stdout, status]).toEqual(['', 0]);
});

test('GitHub’s verdict runs after a shard that failed, and bears the name of the job for all', async () => {
  const root = await fleet('github');
  const { jobs } = parse(readFileSync(path.join(root, FILES.github), 'utf8')) as Workflow;
  expect([jobs['check']?.if, Object.keys(jobs).slice(0, 2)]).toEqual(['always()', ['shard', 'check']]);
});

test('GitLab’s verdict waits for all shards, and nothing else does', async () => {
  type Job = { stage: string; needs?: string[] };
  const text = readFileSync(path.join(await fleet('gitlab'), FILES.gitlab), 'utf8');
  const { stages, shard, check, preview } = parse(text) as { stages: string[] } & Record<string, Job>;
  expect(stages).toEqual(['check', 'verdict', 'comment', 'plan', 'upgrade']);
  expect([shard?.stage, preview?.stage, check?.stage, check?.needs]).toEqual([
    'check',
    'check',
    'verdict',
    ['shard'],
  ]);
});

const tekton = openTektonJudge();

test.runIf(tekton.can)('Tekton’s object is valid by its own definitions', async () => {
  const text = readFileSync(path.join(await fleet('tekton'), FILES.tekton), 'utf8');
  expect(tekton.judge([text])).toEqual({ valid: 1, wrong: [] });
});

/** What Tekton's definitions leave open, and what its controller refuses. */
test('Tekton: every task takes its workspaces and parameters from where they are', async () => {
  const { spec } = parse(readFileSync(path.join(await fleet('tekton'), FILES.tekton), 'utf8')) as PipelineRun;
  const { tasks, workspaces } = spec.pipelineSpec;
  const names = (list: readonly { name: string }[] = []): string[] => list.map(({ name }) => name);
  expect([names(spec.workspaces), names(workspaces)]).toEqual([['found'], ['found']]);
  expect(names(tasks)).toEqual(['shard', 'check', 'preview']);
  for (const { taskSpec, workspaces: bound, matrix, runAfter = [] } of tasks) {
    const used = [...JSON.stringify(taskSpec).matchAll(/\$\((\w+)\.(\w+)/g)];
    const declared = [
      ...names(taskSpec.params).map(name => `params.${name}`),
      ...names(taskSpec.workspaces).map(name => `workspaces.${name}`),
    ];
    expect(used.map(([, kind, name]) => `${kind}.${name}`).toSorted()).toEqual(declared.toSorted());
    expect([names(bound), names(matrix?.params)]).toEqual([
      names(taskSpec.workspaces),
      names(taskSpec.params),
    ]);
    for (const name of runAfter) expect(names(tasks)).toContain(name);
  }
});

test('what no CI could share out is refused, and more than five hundred apps are a reason to say how', async () => {
  const root = makeFolder();
  const wrong = async (ci: string, shards: string): Promise<string> => {
    const { code, stdout } = await init(root, ci, ['--shards', shards]);
    expect(code).toBe(2);
    return JSON.parse(stdout).error.code;
  };
  expect(await wrong('none', '3')).toBe('E_USAGE');
  for (const shards of ['0', '201', '1e2', '8.0']) expect(await wrong('github', shards)).toBe('E_VALUE');
  const kustomization = 'resources: []\n';
  const apps = Array.from({ length: 501 }, (_, at) => [
    `production/a-${at}/kustomization.yaml`,
    kustomization,
  ]);
  writeFiles(root, Object.fromEntries(apps));
  const notes = async (...more: string[]): Promise<string[]> =>
    JSON.parse((await init(root, 'github', ['--dry-run', ...more])).stdout).notes;
  expect(await notes()).toContainEqual(expect.stringContaining('--shards 8'));
  expect((await notes('--shards', '8')).join('\n')).not.toContain('--shards');
});

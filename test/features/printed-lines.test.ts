import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deployment, serveCharts, service, type TestRepository } from '../support/chart-repository.ts';
import { linesBelow, machine, paste, type Programs, undo } from '../support/printed-lines.ts';
import { ENTER, hasTerminals, PseudoTerminal } from '../support/pseudo-terminal.ts';
import { commitAll, git, makeFolder, readTree, writeFiles } from '../support/repository.ts';
import { makeSealingPair } from '../support/sealing.ts';
import { demoRepository, slipway } from '../support/slipway.ts';
import { findTool } from '../support/tools.js';

/** What a run says can be done, in JSON. */
type Printed = { command: string; next: string[]; notes?: string[]; root?: string };

const pair = makeSealingPair();
const hasTools = findTool('helm') !== undefined && findTool('kustomize') !== undefined;
const TOOLS = hasTools ? ['helm', 'kustomize'] : [];

let charts: TestRepository;
beforeAll(async () => {
  charts = await serveCharts([
    {
      name: 'store',
      version: '1.0.0',
      files: {
        'values.yaml': 'a: 1\n',
        'templates/all.yaml': `${deployment('{{ .Release.Name }}-web', 'nginx:1.27')}---\n${service('{{ .Release.Name }}-web', { http: 80 })}`,
      },
    },
    { name: 'store', version: '1.1.0', files: { 'values.yaml': 'a: 2\n' } },
    { name: 'cache', version: '2.0.0', files: { 'values.yaml': 'size: 1\n' } },
    ...['argo-cd', 'sealed-secrets', 'cert-manager', 'gateway-helm'].map(name => ({
      name,
      version: '1.0.0',
      files: { 'values.yaml': 'a: 1\n', 'templates/s.yaml': service(name, { http: 80 }) },
    })),
  ]);
});
afterAll(() => charts.close());

const APP = 'production/store';

/** The demo's repository with an app of the charts above, and a chart in a folder with a space. */
function repository(): string {
  const root = demoRepository();
  writeFiles(root, {
    [`${APP}/kustomization.yaml`]: `namespace: store\nresources:\n- resources/namespace.yaml\nhelmCharts:\n- name: store\n  repo: ${charts.url}\n  version: 1.0.0\n  releaseName: store\n  namespace: store\n  includeCRDs: true\n  valuesFile: values/store-1.0.0.yaml\ntransformers:\n- ../../image-prefix.yaml\n`,
    [`${APP}/values/store-1.0.0.yaml`]: 'a: 1\n',
    [`${APP}/resources/namespace.yaml`]: 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: store\n',
    "my charts/it's/Chart.yaml": 'apiVersion: v2\nname: local\nversion: 0.1.0\n',
    "my charts/it's/values.yaml": 'b: 1\n',
    'environments/lab/.gitkeep': '',
    'sealing.pem': readFileSync(pair.certFile, 'utf8'),
    '.slipway/config.yaml': 'sealing:\n  certificate: sealing.pem\n',
  });
  commitAll(root);
  return root;
}

async function run(args: readonly string[], cwd: string, env: Record<string, string>): Promise<Printed> {
  const { code, stdout, stderr } = await slipway([...args, '--json'], { cwd, env });
  expect([code, stderr, stdout.slice(0, code === 0 ? 0 : 2000)]).toEqual([0, expect.any(String), '']);
  return JSON.parse(stdout) as Printed;
}

type Case = {
  args(): string[];
  /** From the root; the root itself unless said. */
  at?: string;
  programs?: Programs;
};

const NEW_STORE = () => ['new-app', 'shop', '--chart', 'store', '--repo', charts.url, '--version', '1.0.0'];

const CASES: Record<string, Case> = {
  'new-app, a chart': { args: NEW_STORE },
  'new-app with a release of its own': { args: () => [...NEW_STORE(), '--release', 'web-shop'] },
  'new-app of two charts': {
    args: () => [
      ...NEW_STORE(),
      '--release',
      'front',
      '--chart',
      'cache',
      '--repo',
      charts.url,
      '--release',
      'back',
    ],
  },
  'new-app, two hosts and its Service': {
    args: () => [
      ...NEW_STORE(),
      '--host',
      'a',
      '--host',
      'b.example.org',
      '--service',
      'shop-web:80',
      '--route',
      'own',
    ],
  },
  'new-app, no route': { args: () => [...NEW_STORE(), '--route', 'none'] },
  'new-app, from a range and a lower folder': {
    args: () => ['new-app', 'shop', '--chart', 'store', '--repo', charts.url, '--version', '^1.0.0'],
    at: 'production/wiki',
  },
  'new-app, an image with everything': {
    args: () =>
      'new-app web --image nginx:1.27 --port 8080 --storage ceph-block:2Gi --mount /data/x --probe /healthz --host web'.split(
        ' ',
      ),
  },
  'new-app, an image without storage': {
    args: () => ['new-app', 'web', '--image', 'nginx:1.27', '--port', '8080', '--storage', '', '--yes'],
  },
  'new-app, a chart of this machine, its path quoted': {
    args: () => ['new-app', 'shop', '--chart', "./my charts/it's"],
  },
  'add chart': {
    args: () => ['add', 'chart', 'store', '--chart', 'cache', '--repo', charts.url, '--release', 'c2'],
  },
  'add route': {
    args: () => [
      'add',
      'route',
      'store',
      '--service',
      'store-web:80',
      '--host',
      'x',
      '--host',
      'y',
      '--kind',
      'http',
    ],
  },
  'add storage': {
    args: () => ['add', 'storage', 'store', '--storage', 'ceph-block:1Gi', '--name', 'files'],
  },
  'add certificate': { args: () => ['add', 'certificate', 'store', '--service', 'store-web'] },
  move: { args: () => ['move', 'notes', '--to', 'disabled', '--yes'] },
  'move, from another folder': {
    args: () => ['move', 'notes', '--to', 'disabled', '--yes'],
    at: 'my charts',
  },
  rename: { args: () => ['rename', 'notes', 'memos', '--yes'] },
  upgrade: { args: () => ['upgrade', 'store', '--yes', '--minor'] },
  'upgrade with a report beside': {
    args: () => ['upgrade', 'store', '--yes', '--report', '../report of today.md'],
  },
  init: {
    args: () => [
      'init',
      '--no-charts',
      '--ci',
      'gitlab',
      '--package',
      'git+https://git.example.org/s.git#v1',
      '--repo-url',
      'https://git.example.org/a/b.git',
    ],
  },
  'new-app without tools': { args: NEW_STORE, programs: { slipway: true } },
  'new-app of a clone that is not on PATH': { args: NEW_STORE, programs: {} },
  'add of a clone that is not on PATH, with kubectl for kustomize': {
    args: () => ['add', 'storage', 'store', '--storage', 'ceph-block:1Gi'],
    programs: {
      tools: TOOLS.slice(0, 1),
      others: { kubectl: `#!/bin/sh\nshift\nexec ${findTool('kustomize') ?? 'false'} build "$@"\n` },
    },
  },
};

/** There is no network here: the charts that a second init asks for come from this machine. */
function withCharts(line: string): string {
  return line.startsWith('slipway init ') ? `${line} --charts-from ${charts.url}` : line;
}

const ALL: Programs = { slipway: true, tools: TOOLS };

describe.each(Object.entries(CASES))('%s', (_, { args, at = '', programs = ALL }) => {
  test('the same again is the same; what follows runs, as text and as JSON, and leaves nothing undone', async () => {
    const root = repository();
    const [cwd, env] = [path.join(root, at), machine(programs)];
    const printed = await run(args(), cwd, env);
    const made = readTree(root);
    expect(made).not.toEqual({});
    undo(root);
    expect(readTree(root)).not.toEqual(made);
    const again = await paste([printed.command], cwd, env);
    expect([again.code, again.stderr.includes('error')]).toEqual([0, false]);
    expect(readTree(root)).toEqual(made);

    undo(root);
    const { stdout } = await slipway(args(), { cwd, env });
    // An upgrade's text is its summary: it names no line.
    const shown = stdout.includes('the same again:')
      ? linesBelow(stdout, 'the same again')
      : [printed.command];
    const steps = stdout.includes('next:') ? linesBelow(stdout, 'next') : printed.next;
    expect([shown, printed.next.filter(line => !steps.includes(line))]).toEqual([[printed.command], []]);
    const followed = await paste(printed.next.map(withCharts), cwd, env);
    expect([followed.code, followed.code === 0 ? '' : printed.next.join('\n') + followed.stderr]).toEqual([
      0,
      '',
    ]);
  });
});

test.runIf(hasTools)(
  'what follows of init in a folder of its own: git, then each part; README.md says the same',
  async () => {
    const root = makeFolder();
    const remote = path.join(makeFolder(), 'there.git');
    git(root, 'init', '--quiet', '--bare', remote);
    const applied = path.join(root, '..', `${path.basename(root)}.applied`);
    const kubectl = `#!/bin/sh\nif [ "$1" = apply ]; then cat >> '${applied}'; fi\n`;
    const env = machine(
      { ...ALL, others: { kubectl } },
      {
        GIT_CONFIG_COUNT: '1',
        GIT_CONFIG_KEY_0: `url.${remote}.insteadOf`,
        GIT_CONFIG_VALUE_0: 'https://git.example.org/t/c.git',
      },
    );
    const args = [
      'init',
      root,
      '--repo-url',
      'https://git.example.org/t/c.git',
      '--domains',
      'a.example.org',
      '--charts-from',
      charts.url,
    ];
    const { next } = await run(args, path.dirname(root), env);
    expect(next.filter(line => !line.startsWith('slipway seal'))).not.toEqual(next);
    const followed = await paste(
      next.filter(line => !line.startsWith('slipway seal')),
      path.dirname(root),
      env,
    );
    expect([followed.code, followed.code === 0 ? '' : followed.stderr]).toEqual([0, '']);
    expect(readFileSync(applied, 'utf8')).toContain('kind: Service');
    expect(git(remote, 'log', '--format=%s', 'main').trim()).toBe('feat: bootstrap');
    const applying = next.filter(line => line.includes('kubectl apply'));
    expect(applying).toHaveLength(3);
    for (const line of applying)
      expect(line).toMatch(/\| kubectl apply --server-side --field-manager=argocd-controller -f -$/);
    const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
    for (const line of next.filter(each => each.includes('kubectl apply') || each.includes(' seal ')))
      expect(readme).toContain(line);
  },
);

describe('a stub', () => {
  const args = (): string[] => [...NEW_STORE(), '--secret', 'creds:password'];

  test.runIf(hasTerminals)('its seal line asks for the value and seals it', async () => {
    const root = repository();
    const env = machine(ALL, { TERM: 'xterm' });
    const { next } = await run(args(), root, env);
    const seal = next.find(line => line.includes(' seal ')) ?? '';
    const terminal = new PseudoTerminal(`sh -c '${seal}'`, { cwd: root, env, columns: 200 });
    await terminal.sees(/password: where does the value come from/);
    terminal.types(ENTER);
    await terminal.sees(/Value of password/);
    terminal.types(`s3cret${ENTER}`);
    await terminal.sees(/Write these files\?/);
    terminal.types(ENTER);
    expect(await terminal.ended).toBe(0);
    const file = path.join(root, 'production/shop/resources/creds-sealedsecret.yaml');
    expect(readFileSync(file, 'utf8')).not.toContain('REPLACE_ME');
  });

  test('no line where no certificate is known: a sentence instead', async () => {
    const root = repository();
    writeFileSync(path.join(root, '.slipway/config.yaml'), 'language: en\n');
    commitAll(root);
    const env = machine(ALL);
    const { next, notes } = await run(args(), root, env);
    expect([next.filter(line => line.includes('seal ')), notes?.at(-1)]).toEqual([
      [],
      expect.stringMatching(/^production\/shop\/resources\/creds-sealedsecret\.yaml waits for its values/),
    ]);
    undo(root);
    expect((await slipway(args(), { cwd: root, env })).stdout).toContain(
      'waits for its values: slipway seal --into',
    );
  });

  test('sealed: the same again seals the same keys, and what follows commits it', async () => {
    const root = repository();
    const env = machine(ALL);
    await run([...NEW_STORE(), '--secret', 'creds:user,password'], root, env);
    commitAll(root);
    const file = 'production/shop/resources/creds-sealedsecret.yaml';
    const { command, next } = await run(['seal', '--into', file, '--generate', 'user:8'], root, env);
    const before = readFileSync(path.join(root, file), 'utf8');
    const again = await paste([command], root, env);
    expect([again.code, readFileSync(path.join(root, file), 'utf8') === before]).toEqual([0, false]);
    // password still waits: its line asks a person.
    const commit = next.filter(line => !line.startsWith('slipway seal'));
    expect((await paste(commit, root, env)).code).toBe(0);
    expect(git(root, 'status', '--porcelain')).toBe('');
  });
});

test('a dry run is repeated dry; what follows is to do it', async () => {
  const root = repository();
  const env = machine(ALL);
  for (const args of [
    NEW_STORE(),
    ['add', 'storage', 'store', '--storage', 'ceph-block:1Gi'],
    ['move', 'notes', '--to', 'disabled', '--yes'],
  ]) {
    const before = readTree(root);
    const { command, next } = await run([...args, '--dry-run'], root, env);
    expect((await paste([command], root, env)).code).toBe(0);
    expect(readTree(root)).toEqual(before);
    expect((await paste(next, root, env)).code).toBe(0);
    expect(readTree(root)).not.toEqual(before);
    undo(root);
  }
});

test('a plan: its line carries it out', async () => {
  const root = repository();
  const env = machine(ALL);
  const plan = path.join(makeFolder(), "the team's plan.json");
  const { next } = await run(['upgrade', 'store', '--plan', plan], root, env);
  const applied = await paste(next, root, env);
  expect([applied.code, applied.stdout + applied.stderr]).toEqual([0, expect.stringContaining('1 upgraded')]);
});

test('the demo: the same again makes another one; from a clone its lines start with node', async () => {
  const env = machine({});
  const here = makeFolder();
  const { command, next } = await run(['new-app', 'shop', '--chart', 'ledger', '--demo', '--yes'], here, env);
  const again = await paste([command], here, env);
  expect([again.code, command]).toEqual([
    0,
    expect.stringMatching(/^node .*\/bin\/slipway\.js new-app shop --demo /),
  ]);
  expect((await paste(next, here, env)).code).toBe(0);
});

test('a name from the repository is no command of a shell', async () => {
  const root = repository();
  const evil = 'production/$(touch pwned)';
  writeFiles(root, {
    [`${evil}/kustomization.yaml`]: 'namespace: evil\nresources: [resources/s.yaml]\n',
    [`${evil}/resources/s.yaml`]: 'apiVersion: v1\nkind: Service\nmetadata: {name: s, namespace: evil}\n',
  });
  commitAll(root);
  const env = machine(ALL);
  const args = ['add', 'storage', evil, '--storage', 'ceph-block:1Gi', '--name', 'x'];
  const { next, command } = await run(args, root, env);
  undo(root);
  await paste([command], root, env);
  await paste(next, root, env);
  expect(Object.keys(readTree(root)).filter(name => name.endsWith('pwned'))).toEqual([]);
});

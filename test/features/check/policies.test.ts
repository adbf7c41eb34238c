import { chmodSync, existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readConftest, readKyverno } from '../../../src/features/check/policies/reports.ts';
import { regoCode } from '../../../src/features/check/policies/rego-code.ts';
import { checkHome } from '../../support/check-repository.ts';
import { makeFolder, makeRepository } from '../../support/repository.ts';
import { readAs } from '../../support/schema.ts';
import { type Run, slipway } from '../../support/slipway.ts';
import { findTool } from '../../support/tools.js';

const canRender = findTool('kustomize') !== undefined;
const conftest = findTool('conftest');

const APP = {
  'production/web/kustomization.yaml':
    'namespace: web\nresources: [namespace.yaml, deployment.yaml, secret.yaml]\n',
  'production/web/namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: {name: web}\n',
  'production/web/deployment.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "ghcr.io/acme/web:1.0.0"}]}
`,
  'production/web/secret.yaml':
    'apiVersion: v1\nkind: Secret\nmetadata: {name: web}\nstringData: {password: kqT7VnZ2pLw9XcRb41Ms} # gitleaks:allow\n',
};

const REGO = `package main

deny_root contains msg if {
  input.kind == "Deployment"
  not input.spec.template.spec.securityContext.runAsNonRoot
  msg := sprintf("%s may run as root", [input.metadata.name])
}

warn contains msg if {
  input.kind == "Secret"
  msg := concat("", [v | some v in object.keys(input.stringData)])
}

deny contains input.stringData.password if {
  input.kind == "Secret"
}
`;

const KYVERNO = `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: {name: need-team}
spec: {rules: [{name: team, match: {any: [{resources: {kinds: [Deployment]}}]}, validate: {message: m, pattern: {metadata: {labels: {team: "?*"}}}}}]}
`;

type Found = { code: string; severity: string; file: string; line: number; message: string };
type Answer = { findings: Found[]; summary: { policies?: Record<string, number> } };

/** A machine with some programs in a folder of their own, in front of those that render. */
function machine(programs: Record<string, string>): Record<string, string> {
  const bin = makeFolder();
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(path.join(bin, name), script);
    chmodSync(path.join(bin, name), 0o755);
  }
  return { ...checkHome(), PATH: `${bin}${path.delimiter}${process.env['PATH'] ?? ''}` };
}

function check(root: string, env: Record<string, string>, ...args: string[]): Promise<Run> {
  return slipway(['check', '-C', root, '--policies', '--offline', ...args], { env });
}

async function answer(root: string, env: Record<string, string>): Promise<Answer> {
  return readAs('check', (await check(root, env, '--json')).stdout) as Answer;
}

const ofPolicies = ({ findings }: Answer): string[] =>
  findings
    .filter(({ code }) => code.startsWith('policy:'))
    .map(({ code, severity, file, message }) => `${severity} ${code} ${file} ${message}`);

function conftestEnv(): Record<string, string> {
  return machine({ conftest: `#!/bin/sh\nexec '${conftest}' "$@"\n` });
}

describe.runIf(canRender && conftest !== undefined)('rego, by conftest', () => {
  test('what a policy refuses is a finding where the object stands; values of Secrets are masked', async () => {
    const root = makeRepository({
      ...APP,
      'policies/pods.rego': REGO,
      'conftest.toml': 'policy = "/nowhere"\nupdate = ["http://127.0.0.1:1/x"]\n',
    });
    const found = await answer(root, conftestEnv());
    expect(ofPolicies(found)).toEqual([
      'error policy:main.deny_root production/web/deployment.yaml Deployment web: web may run as root',
      'error policy:main.deny production/web/secret.yaml Secret web: bWFza2Vk',
      'warning policy:main.warn production/web/secret.yaml Secret web: password',
    ]);
    expect(found.summary.policies).toEqual({ policies: 1, objects: 3, notJudged: 0 });
    for (const format of ['sarif', 'junit', 'github', 'terminal']) {
      const run = await check(root, conftestEnv(), '--format', format);
      expect(run.stdout).toMatch(/policy(?::|%3A)main\.deny_root/);
      expect(run.code).toBe(1);
    }
  });

  test('a policy that conftest does not take is no pass', async () => {
    const root = makeRepository({ ...APP, 'policies/odd.rego': 'package main\n\ndeny contains' });
    const run = await check(root, conftestEnv(), '--json');
    expect(readAs('error', run.stdout)).toMatchObject({ error: { code: 'E_TOOL', exit: 4 } });
  });
});

test.runIf(canRender)(
  'without the program nothing is green, and no program of the clone is run',
  async () => {
    const mark = path.join(makeFolder(), 'ran');
    const evil = `#!/bin/sh\ntouch '${mark}'\necho '[]'\n`;
    const root = makeRepository({ ...APP, 'policies/pods.rego': REGO, conftest: evil, 'bin/conftest': evil });
    chmodSync(path.join(root, 'conftest'), 0o755);
    const tools = ['kustomize', 'helm']
      .map(tool => path.dirname(findTool(tool) ?? '/'))
      .filter(folder => !existsSync(path.join(folder, 'conftest')));
    const env = { ...checkHome(), PATH: ['.', 'bin', ...tools, '/usr/bin', '/bin'].join(path.delimiter) };
    const run = await check(root, env, '--json');
    const { error } = readAs('error', run.stdout) as { error: { code: string; hint: string } };
    expect([run.code, error.code]).toEqual([4, 'E_TOOL']);
    expect(error.hint).toMatch(/^Install conftest /);
    expect(existsSync(mark)).toBe(false);
  },
);

test
  .runIf(canRender)
  .each([
    'resp := http.send({"method": "get", "url": "http://127.0.0.1:1"})',
    'resp := http["send"]({})',
    'resp := net.lookup_ip_addr("a")',
    'resp := opa.runtime().env',
  ])('a policy that reaches out is not run: %s', async line => {
  const root = makeRepository({
    ...APP,
    'policies/sub/out.rego': `package main\n\ndeny contains "x" if {\n  ${line}\n}\n`,
  });
  const env = machine({ conftest: '#!/bin/sh\necho "[]"\n' });
  const run = await check(root, env, '--json');
  const { findings, summary } = readAs('check', run.stdout) as Answer;
  expect([run.code, ofPolicies({ findings, summary })]).toEqual([
    1,
    [expect.stringMatching(/^error policy:not-run policies\/sub\/out\.rego it asks the network /)],
  ]);
  expect(summary.policies).toEqual({ policies: 1, objects: 3, notJudged: 1 });
});

test.runIf(canRender)('a policy that is a link is said to be one', async () => {
  const root = makeRepository({ ...APP, 'policies/pods.rego': REGO });
  symlinkSync('pods.rego', path.join(root, 'policies/link.rego'));
  const { stdout } = await check(root, machine({ conftest: '#!/bin/sh\necho "[]"\n' }), '--json');
  expect(readAs('error', stdout)).toMatchObject({
    error: { subject: 'policies/link.rego', message: expect.stringContaining('it is a link') as string },
  });
});

test('comments and strings of a policy are no code; what only looks like one is', () => {
  const plain = [
    '# http.send\nx := 1',
    'x := "use \\"http.send\\" #"\ny := 2',
    'x := `a "http.send`',
    'x := 1 # http.send',
  ];
  expect(plain.filter(text => regoCode(text).includes('http'))).toEqual([]);
  const real = [
    'x := "#"; http.send({})',
    'x := `\\`; http.send({})',
    'x := "\\\\"; http.send({})',
    '# "\nhttp.send({})',
    '# `\nhttp.send({}) # `',
    'x := $"{http.send({})}"',
    'x := $`{http.send({})}`',
    'x := "never ends\nhttp.send({})"',
    'http["send"]({})',
  ];
  expect(real.filter(text => !/http(?:\.send|\[)/.test(regoCode(text)))).toEqual([]);
  expect(regoCode('http # "\n  ["send"]')).toBe('http \n  [""]');
});

test.runIf(canRender)('a repository without policies is told so', async () => {
  const root = makeRepository({ ...APP });
  const run = await check(root, machine({}), '--lang', 'en');
  expect(run.stdout).toContain('the repository declares no policies');
  expect((await answer(root, machine({}))).summary.policies).toEqual({
    policies: 0,
    objects: 3,
    notJudged: 0,
  });
});

/** A program in the place of kyverno, which no machine of ours can build: it answers as that does. */
function standIn(results: object[]): Record<string, string> {
  const report = JSON.stringify({ apiVersion: 'openreports.io/v1alpha1', kind: 'ClusterReport', results });
  return machine({
    kyverno: `#!/bin/sh
[ -f "$2/0.yaml" ] || exit 3
echo 'Applying 1 policy rule(s) to 4 resource(s)...'
echo '----------------------------------------------------------------------'
echo 'POLICY REPORT:'
echo '----------------------------------------------------------------------'
cat <<'END'
${report}
END
`,
  });
}

describe.runIf(canRender)('Kyverno, by a program in its place', () => {
  const files = {
    ...APP,
    'production/rules/kustomization.yaml': 'resources: [policy.yaml]\n',
    'production/rules/policy.yaml': KYVERNO,
  };
  const resources = [{ kind: 'Deployment', name: 'web', namespace: 'web' }];
  const result = { policy: 'need-team', rule: 'team', message: 'label team is missing', resources };

  test('what fails is a finding; what cannot be judged is said', async () => {
    const root = makeRepository(files);
    const failed = await answer(root, standIn([{ ...result, result: 'fail' }]));
    expect(ofPolicies(failed)).toEqual([
      'error policy:need-team.team production/web/deployment.yaml Deployment web: label team is missing',
    ]);
    const left = await answer(
      root,
      standIn([{ ...result, result: 'error', message: 'variable x is unknown' }]),
    );
    expect(left.summary.policies).toEqual({ policies: 1, objects: 4, notJudged: 1 });
    expect(ofPolicies(left)[0]).toContain('variable x is unknown');
  });

  test('a policy that matched nothing passes nobody: it is said, though the program ends with 0', async () => {
    const found = await answer(makeRepository(files), standIn([]));
    expect(ofPolicies(found)).toEqual([
      'note policy:need-team production/rules/policy.yaml ClusterPolicy need-team: need-team matched no object here: nothing is said about any',
    ]);
    expect(found.summary.policies).toMatchObject({ notJudged: 1 });
    expect((await check(makeRepository(files), standIn([]), '--exit-code')).code).toBe(1);
  });
});

test('reports of another form are none', () => {
  const nobody = (): undefined => undefined;
  for (const text of ['', '{}', 'null', '[1', '"x"', '{"kind": "Pod"}'])
    expect([readConftest(text), readKyverno(text, nobody)]).toEqual([undefined, undefined]);
  expect(readConftest('[]')?.verdicts).toEqual([]);
  const odd = JSON.stringify([
    { filename: '/x/7.yaml', failures: [{ msg: 'm', metadata: { query: 'rm -rf' } }, 3] },
  ]);
  expect(readConftest(odd)?.verdicts).toEqual([
    { policy: 'main', object: 7, severity: 'error', message: 'm', isSkipped: false },
  ]);
});

test('the page says what is run, and what is not', () => {
  const page = readFileSync('docs/check.md', 'utf8');
  for (const word of ['policies/*.rego', 'conftest', 'kyverno', 'policies/kyverno-values.yaml', 'http.send'])
    expect(page).toContain(word);
});

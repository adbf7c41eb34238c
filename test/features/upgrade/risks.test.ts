import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { serveCharts, type TestRepository } from '../../support/chart-repository.ts';
import { makeFolder, makeRepository, readTree, writeFiles } from '../../support/repository.ts';
import { canRender } from '../../support/kustomize.ts';
import { hasTerminals, PseudoTerminal } from '../../support/pseudo-terminal.ts';
import { type Run, slipway, testEnv } from '../../support/slipway.ts';

const OLD = `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db }
spec:
  serviceName: db
  selector: { matchLabels: { app: db } }
  template:
    metadata: { labels: { app: db } }
    spec: { containers: [{ name: db, image: registry.example/db:1 }] }
  volumeClaimTemplates:
    - metadata: { name: data }
      spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: uploads }
spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
---
apiVersion: v1
kind: Service
metadata: { name: db }
spec: { selector: { app: db }, ports: [{ name: sql, port: 5432 }] }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: db }
rules: [{ apiGroups: [''], resources: [pods], verbs: [get] }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: db }
spec: { podSelector: {}, ingress: [] }
{{- if .Values.ingress.enabled }}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: db }
spec: { rules: [{ host: db.example.org }] }
{{- end }}
`;

/** Everything that an upgrade can break at once, and a switch of the team's that nothing reads any more. */
const NEW = OLD.replace('metadata: { name: data }', 'metadata: { name: store }')
  .replace(/---\napiVersion: v1\nkind: PersistentVolumeClaim[^]*?(?=---)/, '')
  .replace('spec: { selector: { app: db }, ports', 'spec: { type: LoadBalancer, selector: { app: db }, ports')
  .replace(
    "apiGroups: [''], resources: [pods], verbs: [get]",
    "apiGroups: ['*'], resources: ['*'], verbs: ['*']",
  )
  .replace(/---\napiVersion: networking.k8s.io\/v1\nkind: NetworkPolicy[^]*?(?=\{\{- if)/, '')
  .replace('.Values.ingress.enabled', '.Values.routing.enabled')
  .replace(
    'image: registry.example/db:1',
    'image: other.example/db:latest, securityContext: { privileged: true }',
  );

const VALUES = {
  old: 'ingress:\n  enabled: false\n',
  new: 'ingress:\n  enabled: false\nrouting:\n  enabled: false\n',
};

let charts: TestRepository;
beforeAll(async () => {
  charts = await serveCharts([
    { name: 'db', version: '1.0.0', files: { 'values.yaml': VALUES.old, 'templates/all.yaml': OLD } },
    { name: 'db', version: '1.1.0', files: { 'values.yaml': VALUES.new, 'templates/all.yaml': NEW } },
  ]);
});
afterAll(() => charts.close());

function repository(): string {
  return makeRepository({
    'production/db/kustomization.yaml': `namespace: db\nhelmCharts:\n  - name: db\n    repo: ${charts.url}\n    version: 1.0.0\n    releaseName: db\n    namespace: db\n    valuesFile: values/db-1.0.0.yaml\n`,
    'production/db/values/db-1.0.0.yaml': 'ingress:\n  enabled: true\n',
  });
}

function upgrade(root: string, ...words: string[]): Promise<Run> {
  const env = testEnv(makeFolder()) as Record<string, string>;
  return slipway(['upgrade', '-C', root, ...words], { cwd: root, env });
}

type Risk = {
  id: string;
  key: string;
  level: string;
  accepted: boolean;
  object: { kind: string };
  fact: string;
  remedy: string;
};
type Answer = { apps: { status: string; risk: string; risks: Risk[] }[]; next: string[] };

const NAMED = [
  'access-widened ClusterRole',
  'data-removed PersistentVolumeClaim',
  'host-access StatefulSet',
  'image-moved StatefulSet',
  'image-mutable StatefulSet',
  'immutable-field StatefulSet',
  'policy-removed NetworkPolicy',
  'route-lost Ingress',
  'service-exposed Service',
];

describe.runIf(canRender)('a chart that breaks everything', () => {
  test('nothing is written with --yes alone: exit 3, nine risks named, with what to do', async () => {
    const root = repository();
    const before = readTree(root);
    const run = await upgrade(root, '--yes', '--json');
    expect(run.code).toBe(3);
    expect(readTree(root)).toEqual(before);
    const [app] = (JSON.parse(run.stdout) as Answer).apps;
    expect([app?.status, app?.risk]).toEqual(['needs-decision', 'fatal']);
    expect(app?.risks.map(({ id, object }) => `${id} ${object.kind}`).toSorted()).toEqual(NAMED);
    expect(app?.risks.every(({ fact, remedy, accepted }) => fact !== '' && remedy !== '' && !accepted)).toBe(
      true,
    );
    const levels = app?.risks.map(({ level }) => level) ?? [];
    expect(levels).toEqual(
      levels.toSorted((a, b) => ['fatal', 'high', 'low'].indexOf(a) - ['fatal', 'high', 'low'].indexOf(b)),
    );
  });

  test('with every fatal class accepted it is done', async () => {
    const root = repository();
    const accept = ['access-widened', 'data-removed', 'immutable-field'].flatMap(id => ['--accept', id]);
    const run = await upgrade(root, '--yes', '--json', ...accept);
    expect(run.code).toBe(0);
    expect(readFileSync(path.join(root, 'production/db/kustomization.yaml'), 'utf8')).toContain(
      'version: 1.1.0',
    );
  });

  test('a file of answers accepts each by its id; what was not there is said', async () => {
    const root = repository();
    const dry = JSON.parse((await upgrade(root, '--dry-run', '--json')).stdout) as Answer;
    const fatal = (dry.apps[0]?.risks ?? []).filter(({ level }) => level === 'fatal');
    const lines = [...fatal.map(({ key }) => key), 'risk:data-removed:PersistentVolumeClaim/gone#00000000'];
    writeFiles(root, { 'answers.yaml': lines.map(key => `${JSON.stringify(key)}: accept\n`).join('') });
    const run = await upgrade(root, '--yes', '--json', '--decisions', 'answers.yaml');
    expect(run.code).toBe(0);
    expect((JSON.parse(run.stdout) as { unusedAnswers: string[] }).unusedAnswers).toEqual([lines.at(-1)]);
  });

  test('one left open leaves the app alone', async () => {
    const root = repository();
    const run = await upgrade(root, '--yes', '--accept', 'access-widened', '--accept', 'data-removed');
    expect(run.code).toBe(3);
    expect(run.stdout + run.stderr).toContain('risk:immutable-field:StatefulSet/db#');
  });

  test('the report names them in both languages, the worst in the first table', async () => {
    const root = repository();
    await upgrade(root, '--dry-run', '--report', 'report.md', '--report', 'report.zh-CN.md');
    const [english, chinese] = ['report.md', 'report.zh-CN.md'].map(name =>
      readFileSync(path.join(root, name), 'utf8'),
    );
    expect(english).toMatch(/\| production\/db \|.*⛔ fatal \(3\): `PersistentVolumeClaim uploads`/);
    expect(english).toContain('Risks (9):');
    expect(chinese).toContain('⛔ 致命（3）');
    expect(chinese).toContain('风险 (9):');
  });

  test.each([
    [['--accept', 'imutable-field'], 'immutable-field'],
    [['--accept', 'nothing-like-it'], 'data-removed'],
  ])('%j is refused with what there is', async (words, known) => {
    const run = await upgrade(repository(), ...words);
    expect([run.code, run.stderr]).toEqual([2, expect.stringContaining(known)]);
  });

  test.runIf(hasTerminals)(
    'in a terminal each fatal risk is asked, and Enter leaves the app alone',
    async () => {
      const root = repository();
      const terminal = new PseudoTerminal(
        `${process.execPath} ${path.resolve('bin/slipway.js')} upgrade -C ${root}`,
        { cwd: '/', env: testEnv(makeFolder(), { TERM: 'xterm' }) },
      );
      await terminal.sees(/fatal: production\/db [^]*Take this risk\?/);
      terminal.types('y\r');
      await terminal.sees(/fatal: production\/db [^]*Take this risk\?/);
      terminal.types('y\r');
      await terminal.sees(/fatal: production\/db [^]*Take this risk\?/);
      terminal.types('\r');
      expect(await terminal.ended).toBe(3);
      const [, kept = ''] = /kept in\s+(\S+decisions\.yaml)/.exec(terminal.text) ?? [];
      expect(readFileSync(kept, 'utf8').match(/^"?risk:.*: accept$/gm)).toHaveLength(2);
      const run = await upgrade(root, '--dry-run', '--json', '--decisions', kept);
      const [app] = (JSON.parse(run.stdout) as Answer).apps;
      expect(app?.risks.filter(({ level, accepted }) => level === 'fatal' && accepted)).toHaveLength(2);
    },
  );

  test.runIf(hasTerminals)('in a terminal the app is written once every fatal risk is taken', async () => {
    const root = repository();
    const terminal = new PseudoTerminal(
      `${process.execPath} ${path.resolve('bin/slipway.js')} upgrade -C ${root}`,
      { cwd: '/', env: testEnv(makeFolder(), { TERM: 'xterm' }) },
    );
    for (const _ of [1, 2, 3]) {
      await terminal.sees(/fatal: production\/db [^]*Take this risk\?/);
      terminal.types('y\r');
    }
    await terminal.sees(/Write 1 app\?/);
    terminal.types('\r');
    expect(await terminal.ended).toBe(0);
    expect(readFileSync(path.join(root, 'production/db/kustomization.yaml'), 'utf8')).toContain('1.1.0');
  });

  test('a risk is answered with accept alone', async () => {
    const root = repository();
    writeFiles(root, { 'answers.yaml': '"risk:data-removed:x/y#00000000": ours\n' });
    const run = await upgrade(root, '--yes', '--decisions', 'answers.yaml');
    expect([run.code, run.stderr]).toEqual([2, expect.stringContaining('accept')]);
  });

  test('without a build nothing is judged, and that is said', async () => {
    const root = repository();
    const run = await upgrade(root, '--dry-run', '--json', '--no-render');
    expect((JSON.parse(run.stdout) as Answer).apps[0]?.risk).toBe('unknown');
  });
});

/** A definition whose storage version moves, and a policy that judges definitions from then on. */
const stored = (version: string): string => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: things.acme.test }
spec:
  group: acme.test
  scope: Namespaced
  names: { plural: things, kind: Thing }
  versions:
${['v1', 'v2'].map(name => `    - { name: ${name}, served: true, storage: ${name === version}, schema: { openAPIV3Schema: { type: object } } }\n`).join('')}`;
const GUARD = `---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: { name: guard }
spec:
  matchConstraints:
    resourceRules: [{ apiGroups: [apiextensions.k8s.io], apiVersions: [v1], operations: [UPDATE], resources: [customresourcedefinitions] }]
  validations: [{ expression: 'true' }]
`;

describe.runIf(canRender)('a step without a way back', () => {
  test.each([
    ['en', 'there is no way back once objects are stored in the new version', 'so that there is no way back'],
    ['zh-CN', '一旦对象以新版本存储，就没有回头路', '因此无法回退'],
  ])('is said to be one in the report, and by undo (%s)', async (language, storage, policy) => {
    const server = await serveCharts([
      {
        name: 'things',
        version: '1.0.0',
        files: { 'values.yaml': 'a: 1\n', 'templates/all.yaml': stored('v1') },
      },
      {
        name: 'things',
        version: '1.1.0',
        files: { 'values.yaml': 'a: 1\n', 'templates/all.yaml': `${stored('v2')}${GUARD}` },
      },
    ]);
    try {
      const root = makeRepository({
        'production/things/kustomization.yaml': `namespace: things\nhelmCharts:\n  - name: things\n    repo: ${server.url}\n    version: 1.0.0\n    releaseName: things\n    namespace: things\n    valuesFile: values/things-1.0.0.yaml\n`,
        'production/things/values/things-1.0.0.yaml': 'a: 2\n',
      });
      const env = testEnv(makeFolder()) as Record<string, string>;
      const line = ['upgrade', '--yes', '--report', 'report.md', '--lang', language];
      expect((await slipway(line, { cwd: root, env })).code).toBe(0);
      const report = readFileSync(path.join(root, 'report.md'), 'utf8');
      expect(report).toContain(storage);
      expect(report).toContain(policy);
      const undo = await slipway(['undo', '--dry-run', '--lang', language], { cwd: root, env });
      expect(undo.stdout.replaceAll(/\n\s*/g, ' ')).toContain(policy);
    } finally {
      await server.close();
    }
  });
});

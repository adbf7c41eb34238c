import path from 'node:path';
import { expect, test } from 'vitest';
import { type AppCounts, changesByBuilding } from '../../support/build-history.ts';
import { canRender } from '../../support/kustomize.ts';
import { change, claim, deployment, plainApp } from '../../support/preview-fixture.ts';
import { commitAll, git, makeFolder, makeRepository } from '../../support/repository.ts';
import { readAs } from '../../support/schema.ts';
import { slipway, testEnv } from '../../support/slipway.ts';

/** A repository of somebody else, by its path: its last commits are compared in the same way. */
const GIVEN = process.env['SLIPWAY_TEST_HISTORY'];
const COMMITS = 20;

const CHART = 'charts/web';
const chart = (version: string): string => `apiVersion: v2\nname: web\nversion: ${version}\n`;
const template = (more = ''): string =>
  `${deployment('{{ .Release.Name }}', { image: '{{ .Values.image }}' })}${more}---\napiVersion: v1\nkind: Service\nmetadata: {name: '{{ .Release.Name }}'}\nspec: {ports: [{port: {{ .Values.port }}}]}\n`;
const config = (data: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {${data}}\n`;
const website = (more = ''): string =>
  `namespace: site\nhelmGlobals: {chartHome: ../../charts}\nhelmCharts:\n  - {name: web, releaseName: site, namespace: site, valuesFile: values.yaml}\n${more}`;

const START = {
  [`${CHART}/Chart.yaml`]: chart('1.0.0'),
  [`${CHART}/values.yaml`]: 'image: docker.io/acme/site:1.0.0\nport: 80\n',
  [`${CHART}/templates/all.yaml`]: template(),
  'image-prefix.yaml':
    'apiVersion: builtin\nkind: PrefixTransformer\nmetadata: {name: prefix}\nprefix: mirror.example/\nfieldSpecs: [{path: spec/template/spec/containers/image, kind: Deployment}]\n',
  'production/site/kustomization.yaml': website(),
  'production/site/values.yaml': 'image: docker.io/acme/site:1.0.0\nport: 80\n',
  ...plainApp('production/api', { 'api.yaml': deployment('api') }),
  ...plainApp('production/store', { 'store.yaml': deployment('store'), 'claim.yaml': claim('store') }),
};

const PREFIXED = 'transformers: [../../image-prefix.yaml]\n';

/** What a team does in a month. */
const HISTORY: Record<string, string | undefined>[] = [
  { 'production/site/values.yaml': 'image: docker.io/acme/site:1.1.0\nport: 80\n' },
  { 'production/site/values.yaml': 'image: docker.io/acme/site:1.1.0\nport: 8080\n' },
  {
    [`${CHART}/templates/all.yaml`]: template(`---\n${config('colour: blue')}`),
    [`${CHART}/Chart.yaml`]: chart('1.1.0'),
  },
  { 'production/site/kustomization.yaml': website(PREFIXED) },
  plainApp('production/api', { 'api.yaml': deployment('api', { replicas: 3 }) }),
  plainApp('production/api', {
    'api.yaml': deployment('api', { replicas: 3 }),
    'settings.yaml': config('a: "1"'),
  }),
  plainApp('production/api', {
    'api.yaml': deployment('api', { image: 'docker.io/acme/api:2.0.0' }),
    'settings.yaml': config('a: "1"'),
  }),
  { 'production/api/settings.yaml': config('a: "2"') },
  { 'production/api/settings.yaml': `# said why\n${config('a: "2"')}` },
  plainApp('production/mail', { 'mail.yaml': deployment('mail'), 'settings.yaml': config('from: a') }),
  {
    ...plainApp('production/store', { 'store.yaml': deployment('store') }),
    'production/store/claim.yaml': undefined,
  },
  plainApp('production/store', { 'store.yaml': deployment('store') }, PREFIXED),
  { 'image-prefix.yaml': START['image-prefix.yaml'].replace('mirror.example', 'cache.example') },
  { [`${CHART}/templates/all.yaml`]: template(), [`${CHART}/Chart.yaml`]: chart('1.2.0') },
  plainApp(
    'production/mail',
    { 'mail.yaml': deployment('mail'), 'settings.yaml': config('from: a') },
    'namePrefix: new-\n',
  ),
  plainApp(
    'production/mail',
    { 'mail.yaml': deployment('mail', { env: '{name: A, value: b}' }), 'settings.yaml': config('from: a') },
    'namePrefix: new-\n',
  ),
  {
    'production/mail/mail.yaml': undefined,
    'production/mail/settings.yaml': undefined,
    'production/mail/kustomization.yaml': undefined,
  },
  { 'production/site/values.yaml': 'image: docker.io/acme/site@sha256:' + 'a'.repeat(64) + '\nport: 8080\n' },
  plainApp(
    'production/api',
    { 'api.yaml': deployment('api', { image: 'docker.io/acme/api:2.0.0' }) },
    'images: [{name: docker.io/acme/api, newTag: 2.1.0}]\n',
  ),
  { 'README.md': 'what runs here\n' },
];

function repository(): string {
  const root = makeRepository(START);
  for (const changes of HISTORY) {
    change(root, changes);
    commitAll(root);
  }
  return root;
}

type Previewed = {
  app: string;
  added: object[];
  removed: object[];
  changed: object[];
  labelsOnly: number;
  images: { before?: string; after?: string }[];
};

const present = (images: readonly (string | undefined)[]): string[] =>
  images.filter(image => image !== undefined).toSorted();

async function previewed(root: string, base: string, head: string): Promise<AppCounts[]> {
  const env = testEnv(makeFolder()) as Record<string, string>;
  const { stdout } = await slipway(['preview', '--base', base, '--head', head, '--json'], { cwd: root, env });
  const { apps } = readAs('preview', stdout) as { apps: Previewed[] };
  return apps
    .map(({ app, added, removed, changed, labelsOnly, images }) => ({
      app,
      added: added.length,
      removed: removed.length,
      changed: changed.length + labelsOnly,
      images: {
        gone: present(images.map(({ before }) => before)),
        come: present(images.map(({ after }) => after)),
      },
    }))
    .filter(({ added, removed, changed }) => added + removed + changed > 0)
    .toSorted((a, b) => (a.app < b.app ? -1 : 1));
}

test.runIf(canRender)(
  'S4 3 commit by commit: objects and images are those of an independent build and comparison',
  async () => {
    const root = GIVEN === undefined ? repository() : path.resolve(GIVEN);
    const log = git(root, 'log', '--first-parent', '--reverse', `-${COMMITS + 1}`, '--format=%H');
    const commits = log.trim().split('\n');
    const expected = changesByBuilding(root, commits);
    const found: AppCounts[][] = [];
    for (const [index, head] of commits.slice(1).entries())
      found.push(await previewed(root, commits[index] ?? '', head));
    expect(found).toEqual(expected);
    expect(found.flat().length).toBeGreaterThan(GIVEN === undefined ? 15 : 0);
  },
  600_000,
);

import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import { findDeployments } from '../../src/repository/deployments.ts';
import { parseManifests } from '../../src/repository/manifest.ts';
import { findTool } from '../support/tools.js';

type Fields = Record<string, unknown>;

/** Files of a repository, as far as generators look at them. */
const FILES: Readonly<Record<string, string>> = {
  'production/web/kustomization.yaml': '',
  'production/wiki/kustomization.yaml': '',
  'production/_parts/kustomization.yaml': '',
  'production/.hidden/kustomization.yaml': '',
  'production/web/base/kustomization.yaml': '',
  'staging/web/kustomization.yaml': '',
  'staging/Wiki_2/kustomization.yaml': '',
  'clusters/eu/config.json': '{"cluster": {"name": "eu", "folder": "production/web"}, "team": "a"}',
  'clusters/us/config.json': '{"cluster": {"name": "us", "folder": "staging/web"}, "team": "b"}',
  'clusters/us/deep/config.json': '{"cluster": {"name": "deep", "folder": "production/wiki"}, "team": "b"}',
  'clusters/all.yaml': '- {folder: production/web, name: one}\n- {folder: staging/web, name: two}\n',
};

const git = (fields: Fields): Fields => ({
  git: { repoURL: 'https://git.example.org/a.git', revision: 'HEAD', ...fields },
});
const folders = (...paths: (string | Fields)[]): Fields =>
  git({ directories: paths.map(each => (typeof each === 'string' ? { path: each } : each)) });
const files = (...paths: string[]): Fields => git({ files: paths.map(each => ({ path: each })) });
const list = (...elements: Fields[]): Fields => ({ list: { elements } });
const not = (pattern: string): Fields => ({ path: pattern, exclude: true });

type Template = { name: string; path: string; namespace: string };

function set(generators: Fields[], template: Template, spec: Fields = {}): Fields {
  const { name, path: folder, namespace } = template;
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'ApplicationSet',
    metadata: { name: 'set', namespace: 'argo-cd' },
    spec: {
      generators,
      ...spec,
      template: {
        metadata: { name },
        spec: {
          project: 'default',
          source: { repoURL: 'https://git.example.org/a.git', targetRevision: 'HEAD', path: folder },
          destination: { server: 'https://kubernetes.default.svc', namespace },
        },
      },
    },
  };
}

const PLAIN: Template = { name: '{{path.basename}}', path: '{{path}}', namespace: '{{path.basename}}' };
const GO: Template = {
  name: '{{.path.basename}}',
  path: '{{.path.path}}',
  namespace: '{{.path.basenameNormalized}}',
};
const GO_SPEC = { goTemplate: true, goTemplateOptions: ['missingkey=error'] };
const LISTED: Template = { name: '{{name}}', path: '{{folder}}', namespace: '{{namespace}}' };
const web = { name: 'web', folder: 'production/web', namespace: 'shop' };
const wiki = { name: 'wiki', folder: 'production/wiki', namespace: 'docs' };

/** Sets of every shape that leads to folders. */
const SETS: Readonly<Record<string, Fields>> = {
  'a list': set([list(web, wiki)], LISTED),
  folders: set([folders('production/*')], PLAIN),
  'folders without some': set([folders('production/*', not('production/_*'))], PLAIN),
  'an exclude before what it is of': set([folders(not('production/w?b'), 'production/*')], PLAIN),
  'folders of two levels': set([folders('*/*')], PLAIN),
  'two stars in folders': set([folders('production/**')], PLAIN),
  'a set of characters': set([folders('production/[v-x]*')], PLAIN),
  'parts of a path': set([folders('*/web')], { ...PLAIN, name: '{{path[0]}}-x', namespace: '{{path[0]}}' }),
  'go templates': set([folders('staging/*')], GO, GO_SPEC),
  'go templates by index': set(
    [folders('*/web')],
    { ...GO, name: '{{index .path.segments 0}}', namespace: '{{index .path.segments 0}}-web' },
    GO_SPEC,
  ),
  'go templates with a function': set(
    [folders('staging/*')],
    { ...GO, namespace: '{{.path.basename | lower}}' },
    GO_SPEC,
  ),
  values: set(
    [git({ directories: [{ path: 'production/w*' }], values: { team: 'a', where: '{{path[0]}}' } })],
    { ...PLAIN, namespace: '{{values.team}}-{{values.where}}' },
  ),
  'a prefix of the path': set([git({ directories: [{ path: 'production/w*' }], pathParamPrefix: 'app' })], {
    name: '{{app.path.basename}}',
    path: '{{app.path}}',
    namespace: '{{app.path.basename}}',
  }),
  'two generators': set([folders('production/w*'), folders('staging/web')], PLAIN),
  files: set([files('clusters/*/config.json')], {
    name: '{{cluster.name}}',
    path: '{{cluster.folder}}',
    namespace: '{{team}}',
  }),
  'files by go templates': set(
    [files('clusters/eu/config.json')],
    { name: '{{.cluster.name}}', path: '{{.cluster.folder}}', namespace: '{{.team}}' },
    GO_SPEC,
  ),
  'a file that holds a list': set([files('clusters/all.yaml')], { ...LISTED, namespace: '{{name}}' }),
  'the folders of files': set([files('production/*/kustomization.yaml')], PLAIN),
  'a matrix of a list and folders': set(
    [{ matrix: { generators: [list({ stage: 'blue' }, { stage: 'green' }), folders('production/w*')] } }],
    { ...PLAIN, name: '{{path.basename}}-{{stage}}', namespace: '{{path.basename}}-{{stage}}' },
  ),
  'a matrix whose folders depend on the list': set(
    [{ matrix: { generators: [list({ env: 'staging' }), folders('{{env}}/*')] } }],
    { ...PLAIN, name: '{{env}}-{{path.basenameNormalized}}', namespace: '{{env}}' },
  ),
  'a matrix of files and a list': set(
    [{ matrix: { generators: [files('clusters/us/config.json'), list({ part: 'x' }, { part: 'y' })] } }],
    { name: '{{cluster.name}}-{{part}}', path: '{{cluster.folder}}', namespace: '{{part}}' },
  ),
  'a merge': set(
    [
      {
        merge: {
          mergeKeys: ['name'],
          generators: [list(web, wiki), list({ name: 'web', namespace: 'new' })],
        },
      },
    ],
    LISTED,
  ),
  'a merge of folders': set(
    [
      {
        merge: {
          mergeKeys: ['path'],
          generators: [
            git({ directories: [{ path: 'production/w*' }], values: { ns: 'plain' } }),
            list({ path: 'production/wiki', 'values.ns': 'docs' }),
          ],
        },
      },
    ],
    { ...PLAIN, namespace: '{{values.ns}}' },
  ),
  'a selector': set([{ ...list(web, wiki), selector: { matchLabels: { name: 'wiki' } } }], LISTED),
  'a selector of folders': set(
    [
      {
        ...folders('production/*'),
        selector: { matchExpressions: [{ key: 'path.basename', operator: 'NotIn', values: ['_parts'] }] },
      },
    ],
    PLAIN,
  ),
  'a template of the generator': set(
    [
      {
        list: {
          elements: [web],
          template: {
            metadata: {},
            spec: { project: 'default', destination: { namespace: 'own' }, source: {} },
          },
        },
      },
    ],
    LISTED,
  ),
};

/** What slipway does not read as Argo CD does, each with why. */
const APART: Readonly<Record<string, string>> = {
  'go templates with a function': 'a namespace that a function makes is unknown, not guessed',
  files: 'what files hold is not looked at: a folder that only they name is nobody’s',
  'files by go templates': 'as above',
  'a file that holds a list': 'as above',
  'the folders of files':
    'git’s `*` leads into folders below as well; only the level that is written is looked at',
};

/** What each set makes: Argo CD's own code against ours. Gives a line for each that differs. */
export function judgeSets(home: string, say: (line: string) => void): string[] {
  const root = path.join(home, 'sets');
  for (const [file, text] of Object.entries(FILES)) write(path.join(root, file), text);
  for (const args of [
    ['init', '-q'],
    ['add', '-A'],
  ])
    execFileSync('git', args, { cwd: root });
  const names = Object.keys(SETS);
  const written = names.map((name, index) =>
    write(path.join(home, `set-${index}.yaml`), stringify(SETS[name])),
  );
  const answers = execFileSync(findTool('appset') ?? 'appset', [root, ...written], { encoding: 'utf8' });
  const lines = answers.trimEnd().split('\n');
  const wrong = names.flatMap((name, index) => {
    const theirs = JSON.parse(lines[index] ?? '') as Answer;
    const [expected, found] = [known(theirs), ours(written[index] ?? '', SETS[name])];
    return expected.join(', ') === found.join(', ') || name in APART
      ? []
      : [`${name}: Argo CD [${expected.join(', ')}]${theirs.error ?? ''}, slipway [${found.join(', ')}]`];
  });
  say(`${names.length} ApplicationSets: ${wrong.length} read otherwise than Argo CD does`);
  for (const [name, why] of Object.entries(APART)) say(`  ${name}: ${why}`);
  return wrong;
}

type Answer = { applications: { paths: string[]; namespace: string }[]; error?: string };

function write(file: string, text: string): string {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

const FOLDERS = [...new Set(Object.keys(FILES).flatMap(parents))];

function parents(file: string): string[] {
  const folder = path.posix.dirname(file);
  return folder === '.' ? [] : [folder, ...parents(folder)];
}

/** Of several Applications of one folder the first speaks for all, as in `findDeployments`. */
function known({ applications }: Answer): string[] {
  const deployed = new Map<string, string>();
  for (const { paths, namespace } of applications)
    for (const each of paths)
      if (FOLDERS.includes(each) && !deployed.has(each)) deployed.set(each, namespace);
  return [...deployed].map(([folder, namespace]) => `${folder} → ${namespace}`).toSorted();
}

function ours(file: string, body: unknown): string[] {
  const manifests = parseManifests([parse(stringify(body))]);
  const placed = manifests.map(manifest => ({ file, manifest }));
  return findDeployments(placed, FOLDERS)
    .map(({ folder, namespace = '?' }) => `${folder} → ${namespace}`)
    .toSorted();
}

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { makeCertificate } from '../support/certificate.ts';
import { findTool } from '../support/tools.js';
import type { KubeObject } from './api.ts';

const SLIPWAY = path.resolve('bin/slipway.js');

/** Runs slipway as a user does; `check` may find something. @throws with what it printed where it does not end well */
export function slipway(
  args: string[],
  cwd: string,
  input = '',
  env: NodeJS.ProcessEnv = process.env,
): string {
  const run = spawnSync(process.execPath, [SLIPWAY, ...args], {
    cwd,
    input,
    env,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (run.status === 0 || (run.status === 1 && args[0] === 'check')) return run.stdout;
  throw new Error(`slipway ${args.join(' ')} ended with ${run.status}: ${run.stderr}${run.stdout}`);
}

function commit(folder: string): void {
  for (const args of [
    ['init', '-q'],
    ['add', '-A'],
    ['-c', 'user.name=t', '-c', 'user.email=t@example.org', 'commit', '-qm', 't'],
  ])
    execFileSync('git', args, { cwd: folder });
}

/** Makes repositories with everything that slipway writes: the first start, a new app of each kind, each addition, a rename, a move. */
export function generateRepositories(home: string): string[] {
  return [generateFleet(path.join(home, 'fleet')), generateDemo(path.join(home, 'demo'), home)];
}

function generateFleet(root: string): string {
  const init = ['init', root, '--no-charts', '--yes', '--repo-url', 'https://git.example.org/team/fleet.git'];
  slipway(
    [
      ...init,
      '--domains',
      'apps.example.org,example.net',
      '--email',
      'ops@example.org',
      '--mirror',
      'mirror.example.org',
    ],
    path.dirname(root),
  );
  commit(root);
  for (const [name, ...args] of [
    ['web', '--port', '80', '--route', 'own'],
    ['quiet', '--port', '8080', '--route', 'none'],
  ])
    slipway(['new-app', name ?? '', '--image', 'docker.io/library/nginx:1.29', ...args, '--yes'], root);
  for (const kind of ['http', 'grpc', 'tls'])
    slipway(
      ['add', 'route', 'web', '--kind', kind, '--host', `${kind}-web`, '--service', 'web:80', '--yes'],
      root,
    );
  slipway(['add', 'storage', 'web', '--storage', 'fast:10Gi', '--yes'], root);
  slipway(['add', 'certificate', 'web', '--service', 'web-db', '--yes'], root);
  slipway(['add', 'secret', 'web', '--secret', 'db:password', '--yes'], root);
  return root;
}

const WIKI = 'production/wiki/resources';

function generateDemo(root: string, home: string): string {
  slipway(['new-app', 'shop', '--chart', 'ledger', '--demo', root, '--yes'], home);
  const { cert } = makeCertificate({ commonName: 'sealed-secret', keyType: 'rsa', bits: 2048 });
  writeFileSync(path.join(home, 'cert.pem'), cert);
  const add = (...args: string[]): string => slipway(['add', ...args, '--yes'], root);
  add('route', 'wiki', '--host', 'docs', '--service', 'wiki:80');
  add('secret', 'wiki', '--secret', 'db:password,user');
  add('storage', 'wiki', '--storage', 'ceph-block:10Gi');
  add('certificate', 'wiki', '--service', 'wiki-db');
  add('reflection', 'wiki', '--object', 'Certificate/wiki-db-ca', '--to', 'build', '--to', 'ci');
  const values = ['--generate', 'password:24', '--generate', 'user:8'];
  slipway(
    [
      'seal',
      '--into',
      `${WIKI}/db-sealedsecret.yaml`,
      ...values,
      '--cert',
      path.join(home, 'cert.pem'),
      '--yes',
    ],
    root,
  );
  commit(root);
  slipway(['rename', 'production/notes', 'jottings', '--yes'], root);
  commit(root);
  slipway(['move', 'jottings', '--to', 'disabled', '--yes'], root);
  return root;
}

export type Built = { app: string; namespace: string; objects: KubeObject[] };

/** What each app of a repository builds to, and the stubs beside: files of its `resources/` that it does not list. */
export function buildApps(root: string): Built[] {
  const folders = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter(file => /^[^/.]+\/[^/]+\/kustomization\.yaml$/.test(file))
    .map(file => path.dirname(file));
  return folders.toSorted().map(app => {
    const written = stubsIn(root, app);
    return { app, namespace: namespaceOf(root, app), objects: [...built(root, app), ...written] };
  });
}

/** The demo's own apps come without their charts: of those the files are what slipway wrote. */
function built(root: string, app: string): KubeObject[] {
  const text = readFileSync(path.join(root, app, 'kustomization.yaml'), 'utf8');
  if (text.includes('helmCharts:') && !existsSync(path.join(root, app, 'charts')))
    return filesIn(root, app).flatMap(file =>
      text.includes(`resources/${path.basename(file)}`) ? objectsOf(file) : [],
    );
  const helm = ['--enable-helm', '--helm-command', findTool('helm') ?? 'helm'];
  const args = ['build', ...helm, '--load-restrictor', 'LoadRestrictionsNone', app];
  const options = { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 } as const;
  return objectsIn(execFileSync(findTool('kustomize') ?? 'kustomize', args, options));
}

function filesIn(root: string, app: string): string[] {
  const folder = path.join(root, app, 'resources');
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names.filter(name => name.endsWith('.yaml')).map(name => path.join(folder, name));
}

function objectsOf(file: string): KubeObject[] {
  return objectsIn(readFileSync(file, 'utf8'));
}

function namespaceOf(root: string, app: string): string {
  const text = readFileSync(path.join(root, app, 'kustomization.yaml'), 'utf8');
  return /^namespace: *(\S+)/m.exec(text)?.[1] ?? path.basename(app);
}

/** Stubs are not listed. */
function stubsIn(root: string, app: string): KubeObject[] {
  const listed = readFileSync(path.join(root, app, 'kustomization.yaml'), 'utf8');
  return filesIn(root, app).flatMap(file =>
    listed.includes(`resources/${path.basename(file)}`) ? [] : objectsOf(file),
  );
}

/** The objects of a text, as Go reads it. */
export function objectsIn(text: string): KubeObject[] {
  const documents = parseAllDocuments(text, { version: '1.1', schema: 'core' });
  return [documents].flat().flatMap(document => {
    const value = document.toJS() as KubeObject | null;
    return value && typeof value === 'object' ? [value] : [];
  });
}

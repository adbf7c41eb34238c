import { execFile, execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeCertificate } from '../support/certificate.ts';
import { deployment, serveCharts, service } from '../support/chart-repository.ts';
import type { Built } from './generated.ts';

const SLIPWAY = path.resolve('bin/slipway.js');

/** Where helm, kustomize and kubeconform are found. */
export const TOOLS_ENV = {
  ...process.env,
  PATH: `${path.resolve('.tools/bin')}${path.delimiter}${process.env['PATH'] ?? ''}`,
};

type Options = { cwd: string; env?: NodeJS.ProcessEnv };

/** Runs slipway as a user does; `check` may find something. @throws with what it printed where it does not end well */
export function slipway(args: string[], { cwd, env = process.env }: Options): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      process.execPath,
      [SLIPWAY, ...args],
      { cwd, env, maxBuffer: 1 << 28 },
      (error, stdout, stderr) => {
        if (!error || (error.code === 1 && args[0] === 'check')) resolve(stdout);
        else reject(new Error(`slipway ${args.join(' ')} ended with ${error.code}: ${stderr}${stdout}`));
      },
    );
    child.stdin?.end();
  });
}

/** What the repositories are made with. */
type Making = { home: string; charts: string };

type Written = {
  root: string;
  run(line: string): Promise<string>;
  /** Runs a line, answers with yes, and commits. */
  write(line: string): Promise<void>;
  put(file: string, text: string): void;
};

function openRoot({ home }: Making, name: string): Written {
  const root = path.join(home, name);
  const env = { ...TOOLS_ENV, SLIPWAY_CACHE_DIR: path.join(home, 'cache-of-making') };
  const run = (line: string): Promise<string> => slipway(line.split(' '), { cwd: root, env });
  const put = (file: string, text: string): void => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  };
  mkdirSync(root);
  return {
    root,
    run,
    put,
    async write(line) {
      await run(`${line} --yes`);
      commit(root);
    },
  };
}

function commit(cwd: string): void {
  const as = ['-c', 'user.name=t', '-c', 'user.email=t@example.org'];
  for (const args of [
    ['init', '-q'],
    ['add', '-A'],
    [...as, 'commit', '-qm', 't', '--allow-empty'],
  ])
    execFileSync('git', args, { cwd });
}

/**
 * Makes repositories with everything that slipway writes: the first start for Argo CD and for Flux, an app of each kind and
 * delivery, each addition, each way to keep a Secret, a rename, a move.
 */
export async function generateRepositories(home: string): Promise<Generated[]> {
  const server = await serveCharts(CHARTS);
  const making = { home, charts: server.url };
  try {
    const made: Generated[] = [];
    for (const make of [makeFleet, makeTopologies, makeKept, makeFlux, makeOperated, makeDemo]) {
      const { root, run } = await make(making);
      const { apps } = JSON.parse(await run('build --json')) as { apps: Omit<Built, 'namespace'>[] };
      made.push({ root, rendered: apps.map(each => ({ ...each, namespace: 'default' })) });
    }
    return made;
  } finally {
    await server.close();
  }
}

/** A repository, and what `build` makes of each of its apps: releases of Flux, Applications and umbrella charts too. */
export type Generated = { root: string; rendered: Built[] };

/** What `init` looks for, each with as much as it sets, and one of an app. */
const CHARTS = [
  {
    name: 'argo-cd',
    version: '9.5.2',
    files: {
      'values.yaml':
        'global:\n  image: {repository: quay.io/argoproj/argocd, tag: ""}\nconfigs:\n  cm: {create: true}\n  params: {}\nrepoServer:\n  extraContainers: []\n',
      'templates/all.yaml': `${deployment('argo-cd', 'quay.io/argoproj/argocd:v3')}---\n${service('argo-cd', { http: 80 })}`,
    },
  },
  { name: 'sealed-secrets', version: '2.19.1', files: { 'values.yaml': 'a: 1\n' } },
  { name: 'cert-manager', version: 'v1.21.1', files: { 'values.yaml': 'crds:\n  enabled: false\n' } },
  { name: 'gateway-helm', version: '1.7.0', files: { 'values.yaml': 'b: 2\n' } },
  {
    name: 'shop',
    version: '1.0.0',
    files: {
      'values.yaml': 'c: 3\n',
      'templates/all.yaml': `${deployment('shop', 'docker.io/library/nginx:1.27')}---\n${service('shop', { http: 80 })}`,
    },
  },
];

const IMAGE = '--image docker.io/library/nginx:1.29';

/** Below a root: clusters of each kind of master, with something on all of them. */
async function makeTopologies(making: Making): Promise<Written> {
  const repository = openRoot(making, 'topologies');
  const { write, put } = repository;
  await write(
    `init --style app-of-apps --repo-url https://git.example.org/team/fleet.git --domains apps.example.org --ci none --charts-from ${making.charts}`,
  );
  put('platform/policies/kustomization.yaml', 'namespace: policies\nresources: [namespace.yaml]\n');
  put('platform/policies/namespace.yaml', 'apiVersion: v1\nkind: Namespace\nmetadata: {name: policies}\n');
  await write(`new-app web ${IMAGE} --port 80 --route none`);
  await write(
    'add cluster prod-eu --controlled-by hub --label env=production --server https://10.0.0.1:6443',
  );
  await write('add cluster lab --controlled-by self --tenants tenants/lab');
  await write('add cluster edge --controlled-by group:lab');
  await write('add cluster far --controlled-by agent:hub');
  return repository;
}

async function makeFleet(making: Making): Promise<Written> {
  const repository = openRoot(making, 'fleet');
  const { write } = repository;
  const shop = `--chart shop --repo ${making.charts}`;
  await write(
    `init --repo-url https://git.example.org/team/fleet.git --domains apps.example.org,example.net --email ops@example.org --mirror mirror.example.org --ci tekton --package slipway@0.1.0 --charts-from ${making.charts}`,
  );
  await write(`new-app web ${IMAGE} --port 80 --storage fast:1Gi --probe /ready --route own`);
  await write(`new-app quiet ${IMAGE} --port 8080 --route none --env dev`);
  await write(`new-app pass ${IMAGE} --port 8443 --route tls`);
  await write(`new-app shop ${shop} --route own`);
  await write(`add chart quiet ${shop} --release extra`);
  for (const kind of ['http', 'grpc', 'tls'])
    await write(`add route web --kind ${kind} --host ${kind}-web --service web:80`);
  await write('add route shop --host *.tenants.apps.example.org --service shop:80 --name tenants');
  const hosts = Array.from({ length: 17 }, (_, index) => `--host many-${index}`).join(' ');
  await write(`add route shop ${hosts} --service shop:80 --name many`);
  await write('add storage web --storage fast:10Gi --access ReadWriteMany --name more');
  await write('add certificate web --service web-db');
  await write('add secret web --secret db:password');
  await write(`new-app argo ${shop} --delivery argo --route none`);
  await write(`new-app umbrella ${shop} --delivery umbrella --route none`);
  return repository;
}

const KEEPING = {
  external: 'secrets: {mechanism: external, store: {name: vault, kind: ClusterSecretStore}}\n',
  sops: 'secrets: {mechanism: sops}\n',
};

/** Where CRDs of Gateway API are in the cluster, objects of removed apps go, and Secrets are kept otherwise. */
async function makeKept(making: Making): Promise<Written> {
  const repository = openRoot(making, 'kept');
  const { root, write, put } = repository;
  await write(
    `init --environments live --repo-url https://git.example.org/team/kept.git --domains example.net --gateway-api cluster --on-removal delete --language zh-CN --charts-from ${making.charts}`,
  );
  await write(`new-app site ${IMAGE} --port 80 --route own`);
  const file = '.slipway/config.yaml';
  appendFileSync(path.join(root, file), KEEPING.external);
  await write('add secret site --secret from-store:password,user');
  put(file, KEEPING.sops);
  await write('add secret site --secret encrypted:password');
  return repository;
}

async function makeFlux(making: Making): Promise<Written> {
  const repository = openRoot(making, 'flux');
  const { write } = repository;
  await write(
    `init --gitops flux --repo-url https://git.example.org/team/flux.git --domains apps.example.org,example.net --email ops@example.org --charts-from ${making.charts}`,
  );
  await write(`new-app shop --chart shop --repo ${making.charts} --env apps/production --route own`);
  await write(`new-app second --chart shop --repo ${making.charts} --env apps/production --route none`);
  await write(`new-app pages ${IMAGE} --port 80 --env apps/production --route own --storage fast:1Gi`);
  await write('add route pages --kind grpc --host rpc --service pages:80');
  await write('add certificate pages --service pages');
  await write('add secret pages --secret db:password');
  await write('add cluster prod-eu --controlled-by flux');
  await write('add cluster edge --controlled-by flux --server https://10.0.0.2:6443');
  return repository;
}

/** A cluster that the operator of Flux starts, and one that a bootstrap does. */
async function makeOperated(making: Making): Promise<Written> {
  const repository = openRoot(making, 'operated');
  const { root, write, put } = repository;
  put('clusters/production/flux.yaml', INSTANCE);
  commit(root);
  await write(
    `init --repo-url https://git.example.org/team/operated.git --domains apps.example.org --charts-from ${making.charts}`,
  );
  return repository;
}

const INSTANCE = `apiVersion: fluxcd.controlplane.io/v1
kind: FluxInstance
metadata:
  name: flux
  namespace: flux-system
spec:
  distribution: {version: 2.x, registry: ghcr.io/fluxcd}
  sync:
    kind: GitRepository
    url: https://git.example.org/team/operated.git
    ref: refs/heads/main
    path: clusters/production
`;

async function makeDemo(making: Making): Promise<Written> {
  const { home } = making;
  const repository = openRoot(making, 'demo');
  const { root, write } = repository;
  await write(`new-app shop --chart ledger --demo ${root}`);
  const { cert } = makeCertificate({ commonName: 'sealed-secret', keyType: 'rsa', bits: 2048 });
  const certificate = path.join(home, 'cert.pem');
  writeFileSync(certificate, cert);
  await write('add route wiki --host docs --service wiki-guestbook:80');
  await write('add secret wiki --secret db:password,user');
  await write('add storage wiki --storage ceph-block:10Gi');
  await write('add certificate wiki --service wiki-db');
  await write('add reflection wiki --object Certificate/wiki-db-ca --to build --to ci');
  const stub = 'production/wiki/resources/db-sealedsecret.yaml';
  await write(`seal --into ${stub} --generate password:24 --generate user:8 --cert ${certificate}`);
  await write('rename production/notes jottings');
  await write('move jottings --to disabled');
  return repository;
}

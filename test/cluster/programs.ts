import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { DEFINITIONS } from '../../scripts/kubernetes-schemas.ts';
import { withFlags } from '../support/tools.js';

const run = promisify(execFile);

/** Another version is built into another folder. */
export const KUBERNETES = '1.36.2';
const ETCD = '3.6.8';

export type Programs = { etcd: string; apiServer: string };

const MAIN = [
  ['etcd', 'go.etcd.io/etcd/server/v3'],
  ['kube-apiserver', 'k8s.io/kubernetes/cmd/kube-apiserver'],
] as const;

/**
 * Builds etcd and kube-apiserver out of Go's module proxy, once for each version: some ten minutes on two cores.
 * @throws where Go is missing or a build fails
 */
export async function buildPrograms(tools: string, say: (line: string) => void): Promise<Programs> {
  const home = path.join(tools, `kube-${KUBERNETES}-etcd-${ETCD}`);
  const bin = path.join(home, 'bin');
  const missing = MAIN.filter(([name]) => !existsSync(path.join(bin, name)));
  if (missing.length > 0) {
    mkdirSync(bin, { recursive: true });
    await writeModule(path.join(home, 'source'));
  }
  for (const [name, main] of missing) {
    say(`building ${name}: minutes, once`);
    const args = ['build', '-trimpath', '-ldflags', ldflags(), '-o', `${path.join(bin, name)}.new`, main];
    await go(args, path.join(home, 'source'));
    // A killed build leaves nothing that looks whole.
    await run('mv', [`${path.join(bin, name)}.new`, path.join(bin, name)]);
  }
  if (missing.length > 0) rmSync(path.join(home, 'source'), { recursive: true });
  const [etcd = '', apiServer = ''] = MAIN.map(([name]) => path.join(bin, name));
  return { etcd, apiServer };
}

function ldflags(): string {
  const [major, minor] = KUBERNETES.split('.');
  const at = 'k8s.io/component-base/version.git';
  return `-s -w -X ${at}Version=v${KUBERNETES} -X ${at}Major=${major} -X ${at}Minor=${minor}`;
}

/** Kubernetes replaces its parts by folders of its own tree; outside of it they are modules of the same release. */
async function writeModule(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const { stdout } = await go(['mod', 'download', '-json', `k8s.io/kubernetes@v${KUBERNETES}`]);
  const { GoMod } = JSON.parse(stdout) as { GoMod: string };
  const parts = [...readFileSync(GoMod, 'utf8').matchAll(/^\t(\S+) => \.\/staging\//gm)].map(
    ([, name]) => name,
  );
  const release = KUBERNETES.replace(/^1/, 'v0');
  const lines = [
    'module slipway.test/kube',
    'go 1.26.0',
    `require k8s.io/kubernetes v${KUBERNETES}`,
    `require go.etcd.io/etcd/server/v3 v${ETCD}`,
    ...parts.map(name => `replace ${name} => ${name} ${release}`),
  ];
  writeFileSync(path.join(folder, 'go.mod'), `${lines.join('\n')}\n`);
  // Without an import nothing would be required.
  const imports = 'import _ "k8s.io/kubernetes/cmd/kube-apiserver/app"';
  writeFileSync(path.join(folder, 'main.go'), `package main\n\n${imports}\n\nfunc main() {}\n`);
}

/** What an `init` does not set up, and slipway writes objects for: Tekton's runs, ExternalSecrets, and the FluxInstance that it reads. */
const FURTHER: readonly [module: string, folder: string, file: RegExp][] = [
  ['github.com/tektoncd/pipeline@v1.6.0', 'config/300-crds', /-pipelinerun\.yaml$/],
  ['github.com/external-secrets/external-secrets@v1.3.2', 'config/crds/bases', /_externalsecrets\.yaml$/],
  ['github.com/controlplaneio-fluxcd/flux-operator@v0.59.0', 'config/crd/bases', /_fluxinstances\.yaml$/],
];

/** The files of the definitions of everything that slipway writes. */
export async function definitionFiles(): Promise<string[]> {
  const usual = DEFINITIONS.map(([module, folder]) => [module, folder, /\.yaml$/] as const);
  const files: string[] = [];
  for (const [module, folder, wanted] of [...usual, ...FURTHER]) {
    const home = path.join(await moduleFolder(module), folder);
    for (const file of readdirSync(home))
      if (wanted.test(file) && file !== 'kustomization.yaml') files.push(path.join(home, file));
  }
  return files;
}

/** Go unpacks a module that asks for a newer Go, complains, and does not say where it is. */
async function moduleFolder(module: string): Promise<string> {
  await go(['mod', 'download', module]).catch(() => undefined);
  const { stdout } = await go(['env', 'GOMODCACHE']);
  return path.join(stdout.trim(), module);
}

function go(args: string[], cwd = path.resolve('/')) {
  const env = { ...process.env, GOFLAGS: withFlags('-mod=mod'), CGO_ENABLED: '0' };
  return run('go', args, { cwd, env, maxBuffer: 64 << 20 });
}

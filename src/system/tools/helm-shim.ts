import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { shellQuote } from '../../text/shell-quote.ts';
import type { Cluster } from '../renderer/protocol.ts';
import { findProgram, isExecutable } from './find-program.ts';
import { clusterFlags } from './helm.ts';
import { rendererMemory, rendererVariables, type RunRendererOptions } from './run-renderer.ts';

/** The helm that kustomize is to use; a version that is known already need not be asked for before each chart. */
export type HelmProgram = {
  command: string;
  version?: string | undefined;
  /** The cluster of charts whose entry names none. Not every kustomize can be told of one. */
  cluster?: Cluster | undefined;
};

/** What kustomize calls helm with, api/types/helmchartargs.go: flags with a value, and flags without. */
const WITH_VALUE = ['--namespace', '--name-template', '-f', '--values', '--api-versions', '--kube-version'];
const WITHOUT = [
  '--generate-name',
  '--include-crds',
  '--skip-tests',
  '--no-hooks',
  '--skip-hooks',
  '--debug',
  '--devel',
];

/**
 * Writes the command that stands in front of helm under kustomize. It renders and says its version; nothing else of helm can
 * be reached, no flag but those of a chart's rendering, and no home but slipway's own, whatever the kustomization says.
 * Undefined where there is no shell for it, or no helm.
 */
export async function writeHelmStandIn(
  home: string,
  { command, version, cluster }: HelmProgram,
  { env }: Pick<RunRendererOptions, 'env'>,
): Promise<string | undefined> {
  const helm = findProgram(command, env);
  if (process.platform === 'win32' || helm === undefined || !isExecutable(helm)) return undefined;
  const file = path.join(home, 'helm');
  const variables = Object.entries(rendererVariables(home, rendererMemory(env)));
  const start = [
    `exec ${shellQuote(findProgram('env', env) ?? '/usr/bin/env')} -i "PATH=$PATH"`,
    ...variables.map(([name, value]) => shellQuote(`${name}=${value}`)),
  ];
  await writeFile(file, script([...start, shellQuote(helm), '"$@"'].join(' '), { version, cluster }), {
    flag: 'wx',
  });
  await chmod(file, 0o700);
  return file;
}

/** The arguments are read before anything runs: a release called `--post-renderer=…` is a flag to helm. */
function script(start: string, { version, cluster = {} }: Pick<HelmProgram, 'version' | 'cluster'>): string {
  const add = (flag: string, only: Cluster): string => {
    const words = clusterFlags(only).map(shellQuote).join(' ');
    return words === '' ? '' : `case "$given" in *" ${flag} "*) ;; *) set -- "$@" ${words} ;; esac\n`;
  };
  const defaults =
    add('--kube-version', { kubeVersion: cluster.kubeVersion }) +
    add('--api-versions', { apiVersions: cluster.apiVersions });
  const answer = version === undefined ? start : `echo ${shellQuote(`v${version}`)}; exit`;
  return `#!/bin/sh
refuse() { echo "Error: slipway runs no helm $1 for a kustomization" >&2; exit 64; }
case "$1" in
version) ${answer} ;;
template) ;;
*) refuse "$1" ;;
esac
value=
given=' '
for argument do
  case "$value$argument" in
  -f[A-Za-z]*:* | --values[A-Za-z]*:*) refuse "template with values from $argument" ;;
  esac
  if [ -n "$value" ]; then value=; continue; fi
  case "$argument" in
  ${WITH_VALUE.join('|')}) value=$argument; given="$given$argument " ;;
  ${WITHOUT.join('|')}) ;;
  -*) refuse "template with $argument" ;;
  esac
done
${defaults}${start}
`;
}

import path from 'node:path';
import { isSea } from 'node:sea';
import type { Configuration } from '../repository/configuration.ts';
import { packagePath } from '../system/files/templates.ts';
import { findProgram } from '../system/tools/find-program.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The words with which a shell starts this very program: `slipway` where a person's PATH has one, else node and the file, as
 * after `npm run demo`, or the one file that is all of it.
 */
export function ownWords(env: Environment): string[] {
  if (findProgram('slipway', { ...env, PATH: withoutScripts(env['PATH'] ?? '') })) return ['slipway'];
  if (isSea()) return [process.execPath];
  const node = findProgram('node', env) === undefined ? process.execPath : 'node';
  return [node, packagePath('bin/slipway.js')];
}

/** npm and npx put folders in front that are gone once they end. */
function withoutScripts(searchPath: string): string {
  const isScripts = /[\\/](?:node_modules[\\/]\.bin|node-gyp-bin)[\\/]?$/;
  return searchPath
    .split(path.delimiter)
    .filter(folder => !isScripts.test(folder))
    .join(path.delimiter);
}

/** Whether a person's PATH has kubectl. */
export function hasKubectl(env: Environment): boolean {
  return findProgram('kubectl', env) !== undefined;
}

/** The words that build a folder with what is on PATH; undefined where helm or both of the others are missing. */
export function buildWords(
  env: Environment,
  { helmCommand, kustomizeCommand }: Pick<Configuration, 'helmCommand' | 'kustomizeCommand'>,
): string[] | undefined {
  const helm = env['SLIPWAY_HELM'] || helmCommand || 'helm';
  const kustomize = env['SLIPWAY_KUSTOMIZE'] || kustomizeCommand || 'kustomize';
  if (findProgram(helm, env) === undefined) return undefined;
  const named = helm === 'helm' ? [] : ['--helm-command', helm];
  const withHelm = ['--enable-helm', ...named, '--load-restrictor', 'LoadRestrictionsNone'];
  if (findProgram(kustomize, env) !== undefined) return [kustomize, 'build', ...withHelm];
  return hasKubectl(env) ? ['kubectl', 'kustomize', ...withHelm] : undefined;
}

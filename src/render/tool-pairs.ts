import type { Text } from '../text/language.ts';
import { compareVersions, parseVersion } from '../charts/versions/versions.ts';
import { say } from '../locales/say.ts';

export type Tools = { kustomize: string; helm: string | undefined };

/** Why a pair breaks (`error`), or renders otherwise than newer ones (`note`). */
export type BadPair = { severity: 'error' | 'note'; message: Text; hint: Text };

/** kustomize up to 5.8.0 asks Helm 4 in a way that it does not understand (kustomize#6013). */
export function badPair({ kustomize, helm }: Tools): BadPair | undefined {
  if (helm === undefined) return undefined;
  const isHelm4 = Number(/^v?(\d+)/.exec(helm)?.[1]) >= 4;
  if (isHelm4 && isOlder(kustomize, '5.8.1'))
    return {
      severity: 'error',
      message: say('render.kustomizeCannotRunHelm', { kustomize, helm }),
      hint: say('render.useKustomize581'),
    };
  if (isOlder(kustomize, '5.8.0'))
    return {
      severity: 'note',
      message: say('render.kustomizePutsWhatChartsRender', { kustomize }),
      hint: say('render.renderVersionClusterUses'),
    };
  return undefined;
}

function isOlder(version: string, than: string): boolean {
  const [a, b] = [parseVersion(version), parseVersion(than)];
  return a !== undefined && b !== undefined && compareVersions(a, b) < 0;
}

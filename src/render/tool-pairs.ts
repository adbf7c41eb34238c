import type { Text } from '../text/language.ts';
import { compareVersions, parseVersion } from '../charts/versions/versions.ts';

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
      message: {
        en: `kustomize ${kustomize} cannot run Helm ${helm}`,
        'zh-CN': `kustomize ${kustomize} 无法运行 Helm ${helm}`,
      },
      hint: {
        en: 'use kustomize 5.8.1 or newer, or Helm 3',
        'zh-CN': '使用 kustomize 5.8.1 及以上，或 Helm 3',
      },
    };
  if (isOlder(kustomize, '5.8.0'))
    return {
      severity: 'note',
      message: {
        en: `kustomize ${kustomize} puts what charts render into the app's namespace; since 5.8 it does not`,
        'zh-CN': `kustomize ${kustomize} 会为 chart 渲染的对象强制设置 namespace，5.8 起不再如此`,
      },
      hint: { en: 'render with the version that the cluster uses', 'zh-CN': '使用与集群相同的版本渲染' },
    };
  return undefined;
}

function isOlder(version: string, than: string): boolean {
  const [a, b] = [parseVersion(version), parseVersion(than)];
  return a !== undefined && b !== undefined && compareVersions(a, b) < 0;
}

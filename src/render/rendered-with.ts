import { say } from '../locales/say.ts';
import type { Text } from '../text/language.ts';
import type { EngineKind } from './engine.ts';
import type { Renderers } from './renderers.ts';

/** What rendered, as reports carry it. */
export type RenderedWith = {
  kind: EngineKind;
  kustomize: string;
  helm: string | null;
  /** The version that charts see, and who says so. */
  kubernetes: string;
  kubernetesFrom: string;
};

/** Undefined where nothing can render. */
export async function renderedWith({
  versions,
  cluster,
}: Pick<Renderers, 'versions' | 'cluster'>): Promise<RenderedWith | undefined> {
  const found = await versions();
  if (!found) return undefined;
  const { kind, kustomize, helm = null } = found;
  return {
    kind,
    kustomize,
    helm,
    kubernetes: cluster.value.kubeVersion ?? '',
    kubernetesFrom: cluster.evidence.en,
  };
}

const DEFAULT = say('repository.default');

/** One sentence for people. */
export function describeRenderer({ kind, kustomize, helm, kubernetes, kubernetesFrom }: RenderedWith): Text {
  // Reports carry the English word; a file's name is the same in every language.
  const from = kubernetesFrom === DEFAULT.en ? DEFAULT : kubernetesFrom;
  const about = { kustomize, kubernetes, from };
  if (helm === null) return say('render.renderedWithoutHelm', about);
  const versions = { ...about, helm };
  return kind === 'inside'
    ? say('render.renderedInside', versions)
    : say('render.renderedWithTools', versions);
}

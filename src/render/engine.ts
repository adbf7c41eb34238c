import type { Text } from '../text/language.ts';
import type { HelmTemplate } from '../system/tools/helm.ts';
import type { Cluster } from '../system/renderer/protocol.ts';
import type { Tree } from './tree.ts';

/** Which programs render: `inside` is slipway's own renderer, `tools` are kustomize and helm of this machine. */
export type EngineKind = 'inside' | 'tools';

/** What renders, by version: `5.8.1`, `3.21.4`. */
export type EngineVersions = { kind: EngineKind; kustomize: string; helm: string | undefined };

/** What an engine makes: YAML, and what it could not do as in a cluster. */
export type EngineOutput = { output: string; warnings: readonly string[] };

/** Helm and Kustomize, wherever they are. Everything that is given to one has passed the gate. */
export type Engine = {
  kind: EngineKind;
  /** Another one for other programs: a result of theirs does not hold any more. */
  id: string;
  /** Undefined where no app can be built. */
  versions(): Promise<EngineVersions | undefined>;
  /** Why no chart can be rendered alone; undefined if it can. */
  cannotTemplate(): Promise<Text | undefined>;
  /** @throws UserError E_RENDER with the reason, E_TOOL */
  build(files: Tree, folder: string, cluster: Cluster): Promise<EngineOutput>;
  /** @throws UserError E_RENDER with the reason, E_TOOL */
  template(request: HelmTemplate): Promise<EngineOutput>;
  close(): void;
};

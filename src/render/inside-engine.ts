import { programState } from '../system/files/program-fingerprint.ts';
import type { Engines } from '../system/renderer/protocol.ts';
import { createRenderer } from '../system/renderer/renderer.ts';
import { rendererMemory } from '../system/tools/run-renderer.ts';
import type { Engine } from './engine.ts';

export type InsideOptions = {
  program: string;
  env: Record<string, string | undefined>;
  signal: AbortSignal;
  /** Processes at a time. */
  jobs: number | undefined;
};

/** slipway's own renderer: see docs/renderer.md. */
export function insideEngine({ program, env, signal, jobs }: InsideOptions): Engine {
  const renderer = createRenderer({
    program,
    signal,
    ...(jobs === undefined ? {} : { workers: jobs }),
    ...(env['SLIPWAY_RENDER_MEMORY'] ? { memoryMiB: rendererMemory(env) } : {}),
  });
  let engines: Promise<Engines> | undefined;
  return {
    kind: 'inside',
    id: `inside ${programState(program, env)}`,
    async versions() {
      const { kustomize, helm } = await (engines ??= renderer.engines());
      return { kind: 'inside', kustomize: kustomize.replace(/^v/, ''), helm: helm.replace(/^v/, '') };
    },
    cannotTemplate: async () => undefined,
    async build(files, folder, cluster) {
      const { manifests, warnings } = await renderer.build(files, folder, cluster);
      return { output: manifests, warnings };
    },
    async template({ cluster, ...request }) {
      const { manifests, warnings } = await renderer.template(request, cluster);
      return { output: manifests, warnings };
    },
    close: renderer.close,
  };
}

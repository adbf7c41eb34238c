import { parseJson } from '../data/json.ts';
import { say } from '../locales/say.ts';
import type { CacheFiles } from '../system/cache/cache-files.ts';
import { programState } from '../system/files/program-fingerprint.ts';
import { inScratchFolder } from '../system/files/scratch-folder.ts';
import { findHelm, type Helm } from '../system/tools/helm.ts';
import { missingProgram } from '../system/tools/process.ts';
import { findKustomize, type Kustomize } from '../system/tools/kustomize.ts';
import { sha256Of } from '../data/digest.ts';
import type { Engine } from './engine.ts';

export type ToolsOptions = {
  env: Record<string, string | undefined>;
  signal: AbortSignal;
  /** Remembers versions, which take a start each. */
  cache: CacheFiles;
};

/** kustomize (or kubectl) and helm of PATH, or those that SLIPWAY_KUSTOMIZE and SLIPWAY_HELM name. They are started when they are needed. */
export function toolsEngine(options: ToolsOptions): Engine {
  const { env, signal, cache } = options;
  const id = idOf(env);
  let foundHelm: Promise<Helm | undefined> | undefined;
  let foundKustomize: Promise<Kustomize | undefined> | undefined;
  const helm = () => (foundHelm ??= findHelm({ env, signal }));
  const kustomize = () => (foundKustomize ??= findKustomize({ env, signal }));
  const versions = async (): Promise<Versions | undefined> => {
    const known = await readVersions(cache, id);
    if (known) return known;
    const [own, chartTool] = await Promise.all([kustomize(), helm()]);
    if (!own) return undefined;
    const found = { kustomize: own.version, helm: chartTool?.version };
    await cache.write(nameOf(id), JSON.stringify(found));
    return found;
  };
  return {
    kind: 'tools',
    id,
    async versions() {
      const found = await versions();
      return found && { kind: 'tools', ...found };
    },
    cannotTemplate: async () => ((await helm()) ? undefined : say('system.helmNotInstalled')),
    async build(files, folder, cluster) {
      const own = await kustomize();
      if (!own) throw missingProgram(say('render.kustomizeNotInstalled'), folder);
      const program = {
        command: env['SLIPWAY_HELM'] ?? 'helm',
        version: (await versions())?.helm,
        cluster,
      };
      const output = await inScratchFolder(files, scratch => own.build(`${scratch}/${folder}`, program));
      return { output, warnings: [] };
    },
    async template(request) {
      const own = await helm();
      if (!own) throw missingProgram(say('system.helmNotInstalled'), request.release);
      return { output: await own.template(request), warnings: [] };
    },
    close: () => undefined,
  };
}

type Versions = { kustomize: string; helm: string | undefined };

function idOf(env: ToolsOptions['env']): string {
  const programs = [env['SLIPWAY_KUSTOMIZE'] ?? 'kustomize', 'kubectl', env['SLIPWAY_HELM'] ?? 'helm'];
  return sha256Of(JSON.stringify(programs.map(name => programState(name, env))));
}

const MAX_BYTES = 4096;

async function readVersions(cache: CacheFiles, id: string): Promise<Versions | undefined> {
  const bytes = await cache.read(nameOf(id), MAX_BYTES);
  const data = bytes && (parseJson(bytes.toString('utf8')) as Partial<Versions> | undefined);
  return typeof data?.kustomize === 'string' ? { kustomize: data.kustomize, helm: data.helm } : undefined;
}

function nameOf(id: string): string {
  return `render/tools/${id}.json`;
}

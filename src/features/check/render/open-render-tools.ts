import { createHash } from 'node:crypto';
import path from 'node:path';
import type { Tools } from '../../../render/tool-pairs.ts';
import { cacheFolder, type CacheFiles } from '../../../system/cache/cache-files.ts';
import { findHelm } from '../../../system/tools/helm.ts';
import { parseJson } from '../../../data/json.ts';
import { hasLocalSchemas, validateObjects, type Validation } from '../../../system/tools/kubeconform.ts';
import { findKustomize, type Kustomize } from '../../../system/tools/kustomize.ts';
import { thisMachine } from '../../../system/files/machine.ts';
import { programState } from '../../../system/files/program-fingerprint.ts';

/** The programs that rendering takes. They are started when the first app needs them. */
export type RenderTools = {
  /** Another one for other programs: a result of theirs does not hold any more. */
  id: string;
  /** What starts helm. */
  helm: string;
  /** Undefined where kustomize is missing. */
  versions(): Promise<Tools | undefined>;
  kustomize(): Promise<Kustomize | undefined>;
  /** Finds nothing where there is no kubeconform, or where its schemas would have to be fetched offline. */
  validate(manifests: string): Promise<Validation>;
};

export type RenderToolsOptions = {
  env: Record<string, string | undefined>;
  cache: CacheFiles;
  offline: boolean;
  signal: AbortSignal;
};

/** The tools that render and validate; each is looked for when it is needed. */
export function openRenderTools(options: RenderToolsOptions): RenderTools {
  const { env, signal, cache } = options;
  const conform = programState('kubeconform', env);
  const schemas = env['SLIPWAY_KUBECONFORM_SCHEMAS'];
  const canValidate = conform !== '' && (hasLocalSchemas(env) || !options.offline);
  const id = idOf(env, canValidate ? [conform, schemas ?? ''] : []);
  let kustomize: Promise<Kustomize | undefined> | undefined;
  const open = () => (kustomize ??= findKustomize({ env, signal }));
  const folder = cacheFolder(thisMachine(env));
  return {
    id,
    helm: env['SLIPWAY_HELM'] ?? 'helm',
    kustomize: open,
    versions: async () => (await readVersions(cache, id)) ?? askVersions(options, id, await open()),
    validate: async manifests =>
      canValidate
        ? validateObjects(manifests, {
            command: 'kubeconform',
            env,
            cache: folder && path.join(folder, 'schemas'),
            signal,
          })
        : { invalid: [], unchecked: undefined },
  };
}

function idOf(env: RenderToolsOptions['env'], validator: readonly string[]): string {
  const programs = [env['SLIPWAY_KUSTOMIZE'] ?? 'kustomize', 'kubectl', env['SLIPWAY_HELM'] ?? 'helm'];
  const states = programs.map(name => programState(name, env));
  return createHash('sha256')
    .update(JSON.stringify([...states, ...validator]))
    .digest('hex');
}

const MAX_BYTES = 4096;

async function readVersions(cache: CacheFiles, id: string): Promise<Tools | undefined> {
  const bytes = await cache.read(nameOf(id), MAX_BYTES);
  const data = bytes && (parseJson(bytes.toString('utf8')) as Partial<Tools> | undefined);
  return typeof data?.kustomize === 'string' ? { kustomize: data.kustomize, helm: data.helm } : undefined;
}

function nameOf(id: string): string {
  return `check/tools/${id}.json`;
}

async function askVersions(
  { env, signal, cache }: RenderToolsOptions,
  id: string,
  kustomize: Kustomize | undefined,
): Promise<Tools | undefined> {
  if (!kustomize) return undefined;
  const helm = await findHelm({ env, signal });
  const versions = { kustomize: kustomize.version, helm: helm?.version };
  await cache.write(nameOf(id), JSON.stringify(versions));
  return versions;
}

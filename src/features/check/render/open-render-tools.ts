import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { sha256Of } from '../../../data/digest.ts';
import { cacheFolder } from '../../../system/cache/cache-files.ts';
import { validateObjects, type Validation } from '../../../system/tools/kubeconform.ts';
import { hasLocalSchemas, schemaState } from '../../../system/tools/schema-places.ts';
import { thisMachine } from '../../../system/files/machine.ts';
import { programState } from '../../../system/files/program-fingerprint.ts';

/** What looks at rendered objects. */
export type RenderTools = {
  /**
   * Another one for another program, or for other schema files: a result of theirs does not hold any more. Of this run
   * alone where nobody can tell.
   */
  id: string;
  /** Finds nothing where there is no kubeconform, or where its schemas would have to be fetched offline. */
  validate(manifests: string): Promise<Validation>;
};

export type RenderToolsOptions = {
  env: Record<string, string | undefined>;
  offline: boolean;
  signal: AbortSignal;
};

/** What validates; it is looked for when it is needed. */
export async function openRenderTools({ env, offline, signal }: RenderToolsOptions): Promise<RenderTools> {
  const conform = programState('kubeconform', env);
  const schemas = env['SLIPWAY_KUBECONFORM_SCHEMAS'];
  // No schema is fetched that nobody asked for: `default` has to be named as well.
  const canValidate = conform !== '' && schemas !== undefined && (hasLocalSchemas(env) || !offline);
  const folder = cacheFolder(thisMachine(env));
  const files = canValidate ? ((await schemaState(env)) ?? randomUUID()) : '';
  return {
    id: sha256Of(JSON.stringify(canValidate ? [conform, schemas, files] : [])),
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

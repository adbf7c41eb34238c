import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { sha256Of } from '../../../data/digest.ts';
import { validateObjects, type Validation } from '../../../system/tools/kubeconform.ts';
import { hasLocalSchemas, schemaState } from '../../../system/tools/schema-places.ts';
import { stateFolder, thisMachine } from '../../../system/files/machine.ts';
import { openBundledSchemas } from './open-bundled-schemas.ts';
import { isBuiltInGroup } from '../../../repository/cluster-scoped.ts';
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
  /** The version of the cluster; undefined where nobody says it. */
  kubernetes: string | undefined;
};

/** What validates; it is looked for when it is needed. */
export async function openRenderTools({
  env,
  offline,
  signal,
  kubernetes,
}: RenderToolsOptions): Promise<RenderTools> {
  const conform = programState('kubeconform', env);
  // What kubeconform keeps, and what ships with slipway unpacked, bears no seal: it lies where no repository and no CI service puts files.
  const state = stateFolder(thisMachine(env));
  const folder = state && path.join(state, 'slipway');
  const named = env['SLIPWAY_KUBECONFORM_SCHEMAS'];
  const bundled =
    conform !== '' && named === undefined ? await openBundledSchemas(kubernetes, folder) : undefined;
  const schemas = named ?? bundled;
  const judging = { ...env, SLIPWAY_KUBECONFORM_SCHEMAS: schemas };
  // No schema is fetched that nobody asked for: `default` has to be named as well.
  const canValidate =
    conform !== '' && schemas !== undefined && schemas !== '' && (hasLocalSchemas(judging) || !offline);
  // The name of the folder of those that ship with slipway tells one state from another.
  const files = canValidate && bundled === undefined ? ((await schemaState(env)) ?? randomUUID()) : '';
  return {
    id: sha256Of(JSON.stringify(canValidate ? [conform, schemas, files] : [])),
    validate: async manifests => {
      if (!canValidate) return { invalid: [], skipped: [], unchecked: undefined };
      const cache = folder && path.join(folder, 'schemas');
      const said = await validateObjects(manifests, { command: 'kubeconform', env: judging, cache, signal });
      const strange = bundled === undefined ? [] : said.skipped.filter(isNoKind);
      return { ...said, invalid: [...said.invalid, ...strange.map(noSuchKind)] };
    },
  };
}

type Skipped = Validation['skipped'][number];

/** What ships with slipway has every kind of Kubernetes' own stable versions, none of which ever goes. */
function isNoKind({ apiVersion }: Skipped): boolean {
  return isBuiltInGroup(apiVersion) && /(?:^|\/)v\d+$/.test(apiVersion);
}

function noSuchKind({ apiVersion, kind, name }: Skipped): Validation['invalid'][number] {
  return { kind, name, path: '/kind', reason: `Kubernetes has no ${kind} in ${apiVersion}` };
}

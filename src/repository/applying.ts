import { stringsAt, valueAt } from '../data/fields.ts';

/** How whoever syncs a folder applies its objects. */
export type Applying = {
  /** The name that the API server keeps for the fields. */
  manager: string;
  serverSide: boolean;
  /** Whether fields that no schema knows are refused. */
  validates: boolean;
  /** Whether objects are replaced as a whole, not applied. */
  replaces: boolean;
  /** Whether what Git no longer holds is deleted without anybody asking. */
  prunes: boolean;
};

/** The field manager of Flux, by which its ways are told from those of Argo CD. */
export const FLUX_MANAGER = 'kustomize-controller';

/** What a Flux Kustomization does, by its `spec`. */
export function fluxApplying(spec: unknown): Applying {
  const prunes = valueAt(spec, ['prune']) === true;
  return { manager: FLUX_MANAGER, serverSide: true, validates: true, replaces: false, prunes };
}

/** What an Application of Argo CD does, by its `spec` or that of the template it is made of. */
export function argoApplying(spec: unknown): Applying {
  const options = stringsAt(spec, ['syncPolicy', 'syncOptions']);
  const automated = valueAt(spec, ['syncPolicy', 'automated']);
  return {
    manager: 'argocd-controller',
    serverSide: options.includes('ServerSideApply=true'),
    validates: !options.includes('Validate=false'),
    replaces: options.includes('Replace=true'),
    prunes: valueAt(automated, ['prune']) === true && valueAt(automated, ['enabled']) !== false,
  };
}

/** What is taken where nothing in the repository says who syncs: as the ApplicationSets that `init` writes. */
export const ASSUMED_APPLYING: Applying = {
  manager: 'argocd-controller',
  serverSide: true,
  validates: true,
  replaces: false,
  prunes: true,
};

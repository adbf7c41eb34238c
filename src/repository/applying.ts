import { stringsAt } from '../data/fields.ts';

/** How whoever syncs a folder applies its objects. */
export type Applying = {
  /** The name that the API server keeps for the fields. */
  manager: string;
  serverSide: boolean;
  /** Whether fields that no schema knows are refused. */
  validates: boolean;
  /** Whether objects are replaced as a whole, not applied. */
  replaces: boolean;
};

/** What a Flux Kustomization does; it knows no other way. */
export const FLUX_APPLYING: Applying = {
  manager: 'kustomize-controller',
  serverSide: true,
  validates: true,
  replaces: false,
};

/** What an Application of Argo CD does, by its `spec` or that of the template it is made of. */
export function argoApplying(spec: unknown): Applying {
  const options = stringsAt(spec, ['syncPolicy', 'syncOptions']);
  return {
    manager: 'argocd-controller',
    serverSide: options.includes('ServerSideApply=true'),
    validates: !options.includes('Validate=false'),
    replaces: options.includes('Replace=true'),
  };
}

/** What is taken where nothing in the repository says who syncs: as the ApplicationSets that `init` writes. */
export const ASSUMED_APPLYING: Applying = {
  manager: 'argocd-controller',
  serverSide: true,
  validates: true,
  replaces: false,
};

/** Fields of a kustomization that list paths. */
export const PATH_LISTS = [
  'resources',
  'bases',
  'components',
  'crds',
  'configurations',
  'generators',
  'transformers',
  'validators',
  'patchesStrategicMerge',
] as const;

/** Fields whose entries name a file in `path`. */
export const LISTS_WITH_PATH = ['patches', 'patchesJson6902', 'replacements'] as const;

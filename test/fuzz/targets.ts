import type { Target } from './target.ts';
import { archive } from './targets/archive.ts';
import { indexSlice } from './targets/index-slice.ts';
import { kustomizationEdit } from './targets/kustomization-edit.ts';
import { merge } from './targets/merge.ts';
import { ociChallenge } from './targets/oci-challenge.ts';
import { remoteYaml } from './targets/remote-yaml.ts';
import { answers, configuration, plan } from './targets/settings.ts';

/** Every target by its name. */
export const TARGETS: Readonly<Record<string, Target>> = {
  'index-slice': indexSlice,
  'remote-yaml': remoteYaml,
  archive,
  'kustomization-edit': kustomizationEdit,
  merge,
  'oci-challenge': ociChallenge,
  plan,
  answers,
  configuration,
};

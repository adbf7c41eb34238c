import type { Args } from '../args.ts';

/** Of clusters that Cluster API makes. */
export const capiRules = {
  'rules.capiDeleteUnguarded': 'a Cluster goes only when somebody confirms it',
  'rules.capiClusterGoes': ({ name, by }: Args<'name' | 'by'>) =>
    `${by} deletes Cluster ${name} as soon as it leaves Git, with every machine and volume of it`,
  'rules.capiGuardConfirm':
    'Add the annotation argocd.argoproj.io/sync-options: Prune=confirm,Delete=confirm',
  'rules.capiGuardFalse': 'Add the annotation argocd.argoproj.io/sync-options: Prune=false,Delete=false',
  'rules.capiGuardFlux': 'Add the annotation kustomize.toolkit.fluxcd.io/prune: disabled',
  'rules.capiNamespaceTogether': 'what the deletion of a Cluster needs stays until it is over',
  'rules.capiGoesTogether': ({ kind, name, cluster }: Args<'kind' | 'name' | 'cluster'>) =>
    `${kind} ${name} can be deleted together with Cluster ${cluster}, which needs it to take its machines down: then the deletion hangs, and they go on running`,
  'rules.capiValidateOff': 'objects of Cluster API are validated when they are applied',
  'rules.capiAppUnchecked': ({ kind, name }: Args<'kind' | 'name'>) =>
    `the Application applies ${kind} ${name} with Validate=false: a field that is misspelt is dropped without a word`,
  'rules.capiObjectUnchecked': ({ kind, name }: Args<'kind' | 'name'>) =>
    `${kind} ${name} is applied with Validate=false: a field that is misspelt is dropped without a word`,
  'rules.capiValidateHint':
    'Take Validate=false away; where definitions come with the same sync, SkipDryRunOnMissingResource=true is enough',
  'rules.capiOwnedNotPruned': 'a part of a cluster that left Git does not go on running',
  'rules.capiStaysBehind': ({ kind, name }: Args<'kind' | 'name'>) =>
    `${kind} ${name} is no longer in Git, but Argo CD will not delete it: its Cluster owns it, and its machines go on running and costing`,
  'rules.capiDeleteByHand': ({ kind, name, namespace }: Args<'kind' | 'name' | 'namespace'>) =>
    `After the sync run: kubectl delete ${kind} ${name} -n ${namespace}`,
  'rules.capiVersionSkew':
    'Kubernetes versions of a cluster go up one minor version at a time, and its parts fit together',
  'rules.capiVersionBack': ({ kind, name, from, version }: Args<'kind' | 'name' | 'from' | 'version'>) =>
    `${kind} ${name} goes back from ${from} to ${version}, which Cluster API refuses`,
  'rules.capiVersionBackHint': 'Keep the version; a cluster is never downgraded',
  'rules.capiVersionJump': ({ kind, name, from, version }: Args<'kind' | 'name' | 'from' | 'version'>) =>
    `${kind} ${name} goes from ${from} to ${version}, more than one minor version at once`,
  'rules.capiVersionJumpHint': ({ next }: Args<'next'>) =>
    `Go to ${next} first, and on when all machines have it; or let the ClusterClass list its kubernetesVersions`,
  'rules.capiVersionNotOfClass': ({
    kind,
    name,
    version,
    className,
  }: Args<'kind' | 'name' | 'version' | 'className'>) =>
    `${kind} ${name} asks for ${version}, which ClusterClass ${className} does not list`,
  'rules.capiVersionNotOfClassHint': ({ versions }: Args<'versions'>) =>
    `Take one of ${versions}, or add it to kubernetesVersions of the class`,
  'rules.capiWorkersNewer': ({ kind, name, version, above }: Args<'kind' | 'name' | 'version' | 'above'>) =>
    `${kind} ${name} has ${version}, newer than its control plane with ${above}`,
  'rules.capiWorkersNewerHint': 'Upgrade the control plane first',
  'rules.capiWorkersOld': ({ kind, name, version, above }: Args<'kind' | 'name' | 'version' | 'above'>) =>
    `${kind} ${name} has ${version}, more than three minor versions behind its control plane with ${above}`,
  'rules.capiWorkersOldHint': 'Upgrade the workers before the control plane goes on',
  'rules.clusterGoesWithApp':
    'If it is meant, delete the Cluster first and wait until its machines are gone; else put the folder back: every machine of the cluster goes, and all that runs on them',
  'rules.capiApiDeprecated': 'no object uses an API version that Cluster API stops serving',
  'rules.capiApiEnds': ({ kind, name, apiVersion, since }: Args<'kind' | 'name' | 'apiVersion' | 'since'>) =>
    `${kind} ${name} uses ${apiVersion}, which ${since} no longer serves`,
  'rules.capiApiGone': ({ kind, name, apiVersion }: Args<'kind' | 'name' | 'apiVersion'>) =>
    `${kind} ${name} uses ${apiVersion}, which no maintained release of Cluster API serves`,
  'rules.capiApiHint': ({ instead }: Args<'instead'>) =>
    `Use ${instead}; fields have moved, so compare with its reference`,
  'rules.capiSecretPlaintext': 'credentials and keys of clusters are not in plain text',
  'rules.capiSecretPlain': ({ name }: Args<'name'>) =>
    `Secret ${name}, from which Cluster API works, stands in plain text`,
  'rules.capiValuePlain': ({ kind, name, where }: Args<'kind' | 'name' | 'where'>) =>
    `${kind} ${name} has a secret written out in ${where}`,
  'rules.capiSecretHint':
    'Replace it at the provider, since Git keeps it for ever; seal the new one with slipway seal, and refer to that Secret',
};

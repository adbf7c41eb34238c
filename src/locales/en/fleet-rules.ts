import type { Args, Plural } from '../args.ts';

export const fleetRules = {
  'rules.applicationNameInvalid': 'Kubernetes takes the names of Applications',
  'rules.sayApplicationNameInvalid': ({ name }: Args<'name'>) =>
    `${name} is not a name that Kubernetes takes for an Application`,
  'rules.applicationsetDeletes': 'an ApplicationSet keeps making the Applications that it made',
  'rules.setDeletes': ({ set, names, lost }: Args<'set' | 'names' | 'lost'>) =>
    `ApplicationSet ${set} no longer makes ${names}: Argo CD deletes what that deployed${lost}`,
  'rules.hintSetDeletes':
    'keep the names; or set syncPolicy.preserveResourcesOnDeletion: true in the set, and let that be synced before this change; back volumes up',
  'rules.setGoneDeletes': ({ set, names, lost }: Args<'set' | 'names' | 'lost'>) =>
    `without ApplicationSet ${set} its Applications go, also those that another one makes again (${names}): Argo CD deletes what they deployed${lost}`,
  'rules.hintSetGoneDeletes':
    'keep the set and its name; or set syncPolicy.preserveResourcesOnDeletion: true in it, and let that be synced before it goes. applicationsSync does not help: the set owns its Applications',
  'rules.setLeavesOld': ({ set, names }: Args<'set' | 'names' | 'lost'>) =>
    `ApplicationSet ${set} gives new names and may not delete the old Applications (${names}): both manage the same objects`,
  'rules.hintSetLeavesOld':
    'delete the old Application by hand, without its resources (argocd app delete --cascade=false), or keep the name',
  'rules.applicationsetRollingAutosync': 'every Application of a progressive sync is in one of its steps',
  'rules.setUnrolled': ({ set, names }: Args<'set' | 'names' | 'automated'>) =>
    `no step of ApplicationSet ${set} takes ${names}, and RollingSync switches automated sync off: nobody syncs that`,
  'rules.hintSetUnrolled': 'give its Applications the label that a step looks for, or add a step',
  'rules.setRollsAutomated': ({ set, automated }: Args<'set' | 'names' | 'automated'>, plural: Plural) =>
    `RollingSync of ApplicationSet ${set} switches the automated sync of ${plural(automated, 'Application')} off`,
  'rules.hintSetRollsAutomated':
    'remove syncPolicy.automated from its template, so that it says what happens',
  'rules.rootMissesChild': 'a root sees every Application that stands in its folder',
  'rules.rootDoesNotList': ({ name, root, folder }: Args<'name' | 'root' | 'folder'>) =>
    `${root} deploys ${folder}, whose kustomization does not list ${name}: Argo CD does not know it`,
  'rules.hintRootDoesNotList': ({ folder }: Args<'name' | 'root' | 'folder'>) =>
    `list it under resources of ${folder}/kustomization.yaml, or remove it`,
  'rules.rootDoesNotDescend': ({ name, root, folder }: Args<'name' | 'root' | 'folder'>) =>
    `${root} deploys the files of ${folder}, but not those of its subfolders: Argo CD does not know ${name}`,
  'rules.hintRootDoesNotDescend': ({ root, folder }: Args<'name' | 'root' | 'folder'>) =>
    `set directory.recurse: true in the source of ${root}, move it into ${folder}, or remove it`,
  'rules.applicationFight': 'one Application makes an object',
  'rules.bothMake': ({
    first,
    second,
    file,
    objects,
  }: Args<'first' | 'second' | 'file' | 'objects' | 'path'>) =>
    `${second} and ${first} (${file}) both make ${objects}: each sync takes it from the other`,
  'rules.bothDeploy': ({
    first,
    second,
    file,
    path,
  }: Args<'first' | 'second' | 'file' | 'objects' | 'path'>) =>
    `${second} and ${first} (${file}) both deploy ${path} to the same place: each sync takes all of it from the other`,
  'rules.hintBothMake': 'leave it to one of them; when the other is deleted, it goes as well',
  'rules.clusterInvalid': 'a file of clusters/ declares one cluster, of a name that no other has',
  'rules.clusterUnknown': 'Applications go to clusters that the repository declares',
  'rules.sayClusterUnknown': ({ name, cluster }: Args<'name' | 'cluster'>) =>
    `${name} goes to ${cluster}, which no file of clusters/ and no Secret of a cluster declares`,
  'rules.hintClusterUnknown': 'declare it in clusters/<name>.yaml, or correct the destination',
  'rules.hintClusterNear': ({ near }: Args<'near'>) => `did you mean ${near}?`,
  'rules.clusterTwoMasters': 'one Argo CD deploys into a namespace of a cluster',
  'rules.sayClusterTwoMasters': ({
    namespace,
    cluster,
    own,
    other,
    file,
  }: Args<'namespace' | 'cluster' | 'own' | 'other' | 'file'>) =>
    `${own}, of the Argo CD in ${cluster}, and ${other} of another Argo CD (${file}) both deploy into the namespace ${namespace} there`,
  'rules.hintClusterTwoMasters':
    'leave the namespace to one of them: each prunes and heals without knowing of the other',
  'rules.blastRadius': 'a change reaches many clusters step by step',
  'rules.sayBlastRadius': ({ set, count, names }: Args<'set' | 'count' | 'names'>) =>
    `one commit on what ApplicationSet ${set} deploys reaches ${count} clusters at once (${names})`,
  'rules.hintBlastRadius':
    'let strategy RollingSync take them by a label such as env, the least important first',
  'rules.hubHoldsAdmin': 'no cluster holds credentials for all of another one',
  'rules.sayHubHoldsAdmin': ({ count, names }: Args<'count' | 'names'>, plural: Plural) =>
    `Argo CD holds credentials for all namespaces of ${plural(count, 'other cluster')} (${names}): whoever gets into it has them too`,
  'rules.hintHubHoldsAdmin':
    'limit the Secret by namespaces and clusterResources, or let an agent ask for its work (controlledBy: agent:<hub>)',
};

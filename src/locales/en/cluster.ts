import type { Args, Plural } from '../args.ts';

/** What a real API server says, and why it was not asked. */
export const cluster = {
  'cluster.absentNamespace': ({ namespace }: Args<'namespace'>) =>
    `the cluster has no namespace ${namespace} yet: its objects were judged as if they were in default`,
  'cluster.asked': (
    { context, version, apps, objects }: Args<'context' | 'version' | 'apps' | 'objects'>,
    plural: Plural,
  ) =>
    `${context} (Kubernetes ${version}) was asked about ${plural(apps, 'app')}, ${plural(objects, 'object')}: a dry run, nothing was stored`,
  'cluster.asking': 'asking the cluster',
  'cluster.askWithServer': 'ask the API server too, by a dry run through kubectl',
  'cluster.bringCrdFirst': 'have its CRD in the cluster, or in an app of this repository',
  'cluster.clusterDoesNotAnswer': ({ context, reason }: Args<'context' | 'reason'>) =>
    `no cluster: ${context} does not answer: ${reason}`,
  'cluster.clusterOrOffline': '--cluster asks a cluster, and --offline asks nobody',
  'cluster.contextWithoutCluster': '--context is for --cluster',
  'cluster.definitionComes': ({ apiVersion }: Args<'apiVersion'>) =>
    `the cluster does not know ${apiVersion} yet; this repository brings its CRD`,
  'cluster.giveRightsOfApply':
    'Give it the rights of the apply: patch, and create for what is new; or name another context with --context.',
  'cluster.giveOneOfBoth': 'Leave one of them out.',
  'cluster.installKubectl':
    'Install kubectl, or name it with SLIPWAY_KUBECTL; without --cluster none is needed.',
  'cluster.kubeconfigRelative': ({ file }: Args<'file'>) => `KUBECONFIG names ${file}, a relative path`,
  'cluster.logIn': 'Log in as kubectl does, or name another context with --context.',
  'cluster.lookAtContext': 'Try kubectl version with that context; --context names another one.',
  'cluster.mendWhatServerSays': 'correct what the API server refuses: the whole sync would fail',
  'cluster.nameContext': 'Name one with --context; kubectl config get-contexts lists them.',
  'cluster.nameKubeconfigFromTheRoot':
    'Give the whole path: a relative one could be a file of the repository.',
  'cluster.namespaceMadeByTheSync': 'nothing to do where the sync makes it; else list a Namespace',
  'cluster.noAnswer': ({ reason }: Args<'reason'>) => `no answer: ${reason}`,
  'cluster.noCluster': ({ reason }: Args<'reason'>) => `no cluster: ${reason}`,
  'cluster.noKubectl': ({ command }: Args<'command'>) => `no kubectl: ${command} is not on PATH`,
  'cluster.noRight': ({ reason }: Args<'reason'>) => `no right to ask: ${reason}`,
  'cluster.noCurrentContext': 'no cluster: your kubeconfig names no current context',
  'cluster.noSuchContext': ({ context }: Args<'context'>) =>
    `no cluster: your kubeconfig has no context ${context}`,
  'cluster.noRightToAnything': (
    { context, count, reason }: Args<'context' | 'count' | 'reason'>,
    plural: Plural,
  ) => `${context} may ask about none of ${plural(count, 'object')}: ${reason}`,
  'cluster.noRightInCluster': ({ context, reason }: Args<'context' | 'reason'>) =>
    `no right: ${context} does not let you in: ${reason}`,
  'cluster.notAsked': ({ count }: Args<'count'>, plural: Plural) =>
    `the cluster gave no verdict on ${plural(count, 'object')}`,
  'cluster.notDryRun': ({ name }: Args<'name'>) => `webhook ${name} takes no dry run`,
  'cluster.objectNotAsked': ({ kind, name, reason }: Args<'kind' | 'name' | 'reason'>) =>
    `${kind} ${name} was not judged by the cluster: ${reason}`,
  'cluster.objectsNotAsked': ({ kind, name, more, reason }: Args<'kind' | 'name' | 'more' | 'reason'>) =>
    `${kind} ${name} and ${more} more were not judged by the cluster: ${reason}`,
  'cluster.policySays': ({ kind, name, by, reason }: Args<'kind' | 'name' | 'by' | 'reason'>) =>
    `policy ${by} refuses ${kind} ${name}: ${reason}`,
  'cluster.replaced': 'it is replaced, not applied (Replace=true), and no dry run stands for that',
  'cluster.contextWithoutSchemas': '--context is for --schemas',
  'cluster.nameNewFolder': 'Name one that is new or empty.',
  'cluster.schemasFolderTaken': ({ folder }: Args<'folder'>) => `${folder} is not empty`,
  'cluster.schemasOrOffline': '--schemas asks a cluster, and --offline asks nobody',
  'cluster.schemasWritten': (
    { context, version, count }: Args<'context' | 'version' | 'count'>,
    plural: Plural,
  ) => `schemas of ${context} (Kubernetes ${version}): ${plural(count, 'file')} written`,
  'cluster.schemasWouldBeWritten': (
    { context, version, count }: Args<'context' | 'version' | 'count'>,
    plural: Plural,
  ) => `schemas of ${context} (Kubernetes ${version}): ${plural(count, 'file')} would be written`,
  'cluster.useSchemas': ({ place }: Args<'place'>) =>
    `set SLIPWAY_KUBECONFORM_SCHEMAS='${place}': check --render judges by them`,
  'cluster.whichContextSchemas': 'with --schemas: the context of your kubeconfig (default: the current one)',
  'cluster.writeSchemas': 'write the schemas of the cluster into a new folder, for kubeconform',
  'cluster.seeThatItIsAsked': 'see to it that the cluster can be asked, then run again',
  'cluster.secretField': ({ field, problem }: Args<'field' | 'problem'>) =>
    `${field}: ${problem} (the value is not shown)`,
  'cluster.secretReason': 'its words are not shown: they may repeat a value of the Secret',
  'cluster.serverSays': ({ kind, name, reason }: Args<'kind' | 'name' | 'reason'>) =>
    `the cluster refuses ${kind} ${name}: ${reason}`,
  'cluster.serverSaysOfMore': ({ kind, name, more, reason }: Args<'kind' | 'name' | 'more' | 'reason'>) =>
    `the cluster refuses ${kind} ${name} and ${more} more: ${reason}`,
  'cluster.syncDefinitionFirst': 'ask again once the sync has brought it',
  'cluster.takesRightsOfApply': 'a dry run takes the rights of the apply: patch, and create for what is new',
  'cluster.serverWarns': ({ reason }: Args<'reason'>) => `the cluster warns: ${reason}`,
  'cluster.readTheWarning': 'read it before the merge: nothing is refused',
  'cluster.webhookSays': ({ kind, name, by, reason }: Args<'kind' | 'name' | 'by' | 'reason'>) =>
    `webhook ${by} refuses ${kind} ${name}: ${reason}`,
  'cluster.webhookSilent': ({ name, reason }: Args<'name' | 'reason'>) =>
    `webhook ${name} does not answer: ${reason}`,
  'cluster.whichContext': 'with --cluster: the context of your kubeconfig (default: the current one)',
};

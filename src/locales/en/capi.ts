import type { Args } from '../args.ts';

/** `add cluster --capi`. */
export const capi = {
  'capi.cluster': 'a cluster of Cluster API, as an app',
  'capi.switch': 'add cluster: a cluster that Cluster API makes',
  'capi.name': 'the cluster’s name',
  'capi.class': 'the ClusterClass that the cluster is made of',
  'capi.template': 'output of clusterctl generate cluster, or a template with ${VARIABLES}',
  'capi.kubernetes': 'the version of Kubernetes, such as v1.35.1',
  'capi.controlPlane': 'how many machines the control plane has: 1, 3, 5',
  'capi.workers': 'a pool of workers and its size, such as md-0=3 (md-0:gpu=3 for another class)',
  'capi.variable': 'a variable of the class or the template',
  'capi.addons': 'what the cluster begins with: cilium or calico, argo-cd or flux; or none',
  'capi.given': 'given',
  'capi.usualAddons': 'a network, and what deploys here',
  'capi.chooseAnother': 'Choose another name or environment (--env).',
  'capi.noText': ({ name }: Args<'name'>) => `${name} is not text in UTF-8`,
  'capi.noVersion': ({ text }: Args<'text'>) => `${text} is not an exact version of Kubernetes`,
  'capi.versionForm': 'Write it as v1.35.1: Cluster API takes no range.',
  'capi.noOddCount': ({ text }: Args<'text'>) => `${text} is not an odd number of machines`,
  'capi.oddCountForm': 'Take 1, 3 or 5: etcd needs a majority.',
  'capi.noVariable': ({ text }: Args<'text'>) => `${text} is not a variable with a value`,
  'capi.variableForm': 'Write it as NAME=value.',
  'capi.noPool': ({ text }: Args<'text'>) => `${text} is not a pool of workers with its size`,
  'capi.poolForm': 'Write it as md-0=3, or md-0:gpu=3 for a class of its own.',
  'capi.noAddon': ({ word }: Args<'word'>) => `${word} is no add-on that slipway knows`,
  'capi.knownAddons': ({ words }: Args<'words'>) => `Known: ${words}.`,
  'capi.templateTooLarge': ({ name }: Args<'name'>) => `${name} is larger than any template of a cluster`,
  'capi.badBraces': ({ name, line, text }: Args<'name' | 'line' | 'text'>) =>
    `${name}:${line}: braces that are no variable: ${text}`,
  'capi.badBracesHint': 'Write ${NAME}, ${NAME:=default}, or $${…} for braces of a script.',
  'capi.variablesMissing': ({ names }: Args<'names'>) => `variables without a value: ${names}`,
  'capi.giveVariables': 'Give each with --var NAME=value; credentials are never asked for.',
  'capi.noObject': ({ name }: Args<'name'>) => `${name} holds something that is no Kubernetes object`,
  'capi.credentialWritten': ({ object, names }: Args<'object' | 'names'>) =>
    `${object} would hold a credential in plain text${names}`,
  'capi.credentialGiven': ({ name }: Args<'name'>) => `${name} is a credential, and is not written`,
  'capi.credentialHint':
    'Leave it out: keep it in a Secret that is sealed (slipway seal), and let the object refer to that.',
  'capi.classWithoutVersion': ({ className, version }: Args<'className' | 'version'>) =>
    `ClusterClass ${className} does not list ${version}`,
  'capi.classVersions': ({ versions }: Args<'versions'>) => `It lists ${versions}.`,
  'capi.classWithoutPool': ({ className, pool }: Args<'className' | 'pool'>) =>
    `ClusterClass ${className} has no class of workers ${pool}`,
  'capi.classPools': ({ name, pools }: Args<'name' | 'pools'>) =>
    `Write --workers ${name}:<class>=<count>; it has ${pools}.`,
  'capi.flagWithoutVariable': ({ flag, variable, title }: Args<'flag' | 'variable' | 'title'>) =>
    `--${flag} would be dropped: ${title} has no variable ${variable}`,
  'capi.editTemplate': 'Leave the flag out; the file says it already.',
  'capi.noSuchVariable': ({ name, title }: Args<'name' | 'title'>) => `${title} has no variable ${name}`,
  'capi.variablesOf': ({ names }: Args<'names'>) => `It has ${names}.`,
  'capi.noCluster': ({ title }: Args<'title'>) => `${title} holds no Cluster of Cluster API`,
  'capi.templateForm': 'Name the output of clusterctl generate cluster, or a cluster template.',
  'capi.otherName': ({ title, names }: Args<'title' | 'names'>) =>
    `the Cluster of ${title} is called ${names}`,
  'capi.takeItsName': ({ name }: Args<'name'>) => `Take its name: slipway add cluster ${name} --capi …`,
  'capi.providersElsewhere':
    'No provider is installed here (operator.cluster.x-k8s.io): Cluster API has to be in the management cluster before this app, in an earlier sync wave.',
  'capi.identityElsewhere':
    'No identity of a provider stands beside the cluster: where yours needs one that is not there yet, add it as resources/identity.yaml with Prune=false,Delete=false.',
  'capi.namespaceKept': ({ namespace }: Args<'namespace'>) =>
    `The namespace is ${namespace}, as the template says.`,
  'capi.endingApis': ({ old, instead }: Args<'old' | 'instead'>) =>
    `The template is written in API versions that Cluster API stops serving: ${old}; ${instead} takes their place. clusterctl of a newer release prints it so.`,
  'capi.syncIt': ({ folder }: Args<'folder'>) =>
    `The cluster is not made until then: list it there, or add an Application (with Flux a Kustomization) whose path is ${folder}.`,
  'capi.listsCluster': 'the app of the cluster',
  'capi.keepsNamespace': 'stays until it is deleted by hand',
  'capi.guardedCluster': 'the cluster; Argo CD asks before it deletes it',
  'capi.keepsIdentity': 'the provider’s identity stays until the cluster is gone',
  'capi.installsAddons': 'what the cluster begins with',
};

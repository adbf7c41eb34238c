import type { Args } from '../args.ts';

export const risks = {
  'risks.allowsEverything': 'allows every verb on every resource now',
  'risks.allowsMore': ({ grants }: Args<'grants'>) => `allows more: ${grants}`,
  'risks.boundTo': ({ role, who }: Args<'role' | 'who'>) => `gives ${role} to ${who}`,
  'risks.budgetBlocks': ({ value }: Args<'value'>) =>
    `lets no pod be evicted (${value}): nodes cannot be drained`,
  'risks.checkImage': 'make sure that the cluster may pull it and that its publisher is the one you trust',
  'risks.checkObjects': 'compare the objects of this kind in your repository with the new schema',
  'risks.claimGoes': 'the claim is removed, and its data with it unless the volume is retained',
  'risks.claimsDeleted': ({ field, before }: Args<'field' | 'before'>) =>
    `claims are deleted with their pods from now on (${field}: ${before} → Delete)`,
  'risks.classMustExpand':
    'the storage class must allow volume expansion, and the claim must be bound; it cannot shrink again',
  'risks.crdGoes': 'the definition is removed, and every object of its kind with it',
  'risks.externalAddresses': ({ addresses }: Args<'addresses'>) => `answers at ${addresses} from now on`,
  'risks.failsClosed': ({ names }: Args<'names'>) =>
    `requests are refused while the webhook does not answer (failurePolicy: Fail): ${names}`,
  'risks.fieldImmutable': ({ path, before, after }: Args<'path' | 'before' | 'after'>) =>
    `${path} cannot be changed: ${before} → ${after}`,
  'risks.hookChanged': ({ events }: Args<'events'>) => `a changed program runs at the sync (${events})`,
  'risks.hookNew': ({ events }: Args<'events'>) => `a new program runs at the sync (${events})`,
  'risks.hostsLost': ({ hosts }: Args<'hosts'>) => `no longer serves ${hosts}`,
  'risks.imageMoved': ({ before, after }: Args<'before' | 'after'>) =>
    `the image comes from elsewhere: ${before} → ${after}`,
  'risks.imageMutable': ({ image }: Args<'image'>) => `the tag of ${image} may mean another image tomorrow`,
  'risks.keepTheObject': ({ option }: Args<'option'>) =>
    `make sure that the data is saved; to keep the object, add argocd.argoproj.io/sync-options: ${option} to it first, in a change of its own`,
  'risks.keepThePolicy': 'write a policy of your own into resources/, or turn the chart’s on again',
  'risks.selectsNoPod': ({ labels }: Args<'labels'>) =>
    `selects no pod of the app any more (${labels}), and selected some before`,
  'risks.mendSelector': 'give the pods these labels, or the selector theirs',
  'risks.mountsGoneClaim': ({ name }: Args<'name'>) =>
    `still mounts the claim ${name}, which goes: its next pod does not start`,
  'risks.unmountFirst': 'keep the claim, or take the volume out of the pods first',
  'risks.hostTaken': ({ host, other }: Args<'host' | 'other'>) => `${host} is served by ${other} already`,
  'risks.chooseAnotherHost': 'choose another host name or path, or take it from the other route first',
  'risks.backendGone': ({ backend }: Args<'backend'>) =>
    `it leads to ${backend}, which the new version no longer serves`,
  'risks.nameNewBackend': 'name the Service and the port of the new version in the route, in the same commit',
  'risks.keepTheRoute': 'turn it on in the values, or add a route of your own: slipway add route',
  'risks.mendValues': 'mend it in the values or with a patch: the API server refuses the object as it is',
  'risks.mendOrReplace':
    'leave one of them in the values or with a patch; whoever replaces the object (Replace=true) is not stopped',
  'risks.migrateObjects':
    'move every object of this kind to a version that stays before the upgrade, and rewrite the stored ones',
  'risks.moreThanMost': ({ least, most }: Args<'least' | 'most'>) =>
    `minReplicas ${least} is more than maxReplicas ${most}`,
  'risks.moveTheData': 'keep the old value, or make a new claim and copy the data',
  'risks.namespaceGoes': 'the namespace is removed, and everything in it',
  'risks.noConversion': 'converts by a webhook and names none',
  'risks.keepSelector': 'keep the selector, or set the failure policy to Ignore',
  'risks.keepTheLabel': 'keep the label of the namespace',
  'risks.listenersLost': ({ names }: Args<'names'>) => `no longer has the listeners ${names}`,
  'risks.podSecurityLower': ({ before, after }: Args<'before' | 'after'>) =>
    `admits pods of the standard ${after}, and admitted ${before} only`,
  'risks.setSuspend': 'set suspend to false in the values',
  'risks.suspended': 'is suspended: its jobs are no longer started',
  'risks.webhookWider': ({ names }: Args<'names'>) =>
    `loses the selector that spared objects, and blocks them while it does not answer: ${names}`,
  'risks.noReplicas': ({ before }: Args<'before'>) => `runs no pod any more (replicas ${before} → 0)`,
  'risks.noSchema': ({ names }: Args<'names'>) => `has no schema for ${names}`,
  'risks.noVolume': ({ names }: Args<'names'>) => `mounts volumes that are not there: ${names}`,
  'risks.notPruned': ({ option }: Args<'option'>) =>
    `is no longer rendered; ${option} keeps it in the cluster`,
  'risks.oneWay': 'there is no way back once objects are stored in the new version',
  'risks.ownedByNobody':
    'nobody looks after it any more: remove it by hand when its data is no longer needed',
  'risks.pinImage': 'set a version or a digest in the values',
  'risks.podsMay': ({ powers }: Args<'powers'>) => `its pods get ${powers}`,
  'risks.policyGoes': 'the network policy is removed: its pods can be reached again',
  'risks.policyOpens': ({ ways }: Args<'ways'>) => `the network policy lets everything through: ${ways}`,
  'risks.portName': ({ names }: Args<'names'>) =>
    `port names have at most 15 lower-case letters, digits and single hyphens: ${names}`,
  'risks.portsUnnamed': 'has several ports, and not each has a name',
  'risks.probesGone': ({ probes }: Args<'probes'>) => `probes are removed: ${probes}`,
  'risks.readTheHook': 'read what it runs, with which rights',
  'risks.readTheRole': 'read the rules; narrow them with a patch if the app does not need them',
  'risks.recreate': ({ object }: Args<'object'>) =>
    `keep the old value, or delete it before the sync (kubectl delete ${object}): it is made anew`,
  'risks.recreateKeepingPods': ({ object }: Args<'object'>) =>
    `keep the old value, or delete it before the sync and leave its pods and claims (kubectl delete ${object} --cascade=orphan)`,
  'risks.recreates': 'stops every pod before a new one starts (strategy Recreate)',
  'risks.relaxBudget': 'set maxUnavailable to at least 1 in the values',
  'risks.replaceOnce':
    'sync this object once with Replace=true, or write the rolling update parameters in one step and change the strategy in the next',
  'risks.routeGoes': ({ hosts }: Args<'hosts'>) => `the route is removed: ${hosts}`,
  'risks.sameTwice': ({ place, keys }: Args<'place' | 'keys'>) =>
    `the same entry stands twice in ${place}: ${keys} (server-side apply refuses that)`,
  'risks.schemaNarrower': ({ name, changes }: Args<'name' | 'changes'>) =>
    `${name} takes less (- gone, ! required, ~ other type): ${changes}`,
  'risks.selectorUnmatched': ({ labels }: Args<'labels'>) =>
    `the selector does not match the pods’ ${labels}`,
  'risks.servedByOther': ({ before, after }: Args<'before' | 'after'>) =>
    `is served by another controller: ${before} → ${after}`,
  'risks.serviceType': ({ before, after }: Args<'before' | 'after'>) =>
    `can be reached from outside of the cluster: type ${before} → ${after}`,
  'risks.setIgnore': 'make sure that its pods run in several copies, or set failurePolicy: Ignore',
  'risks.setProbe': 'set the probe in the values again',
  'risks.setReplicas': 'set the number of replicas in the values',
  'risks.setRetain': 'set persistentVolumeClaimRetentionPolicy to Retain in the values',
  'risks.setStrategy': 'plan for the outage, or set the strategy in the values',
  'risks.setTheType': 'set it in the values if that is not wanted',
  'risks.sourceRanges': ({ before, after }: Args<'before' | 'after'>) =>
    `more addresses may call it: ${before} → ${after}`,
  'risks.statefulSetGoes': 'the StatefulSet is removed: its claims stay behind, and nothing reads them',
  'risks.storageMoves': ({ name }: Args<'name'>) => `objects are no longer stored as ${name}`,
  'risks.storedVersionGone': ({ name }: Args<'name'>) =>
    `${name}, in which objects are stored, is gone: the API server refuses that`,
  'risks.strategyRefused': ({ path }: Args<'path'>) =>
    `server-side apply refuses the new strategy beside ${path}, which the API server wrote`,
  'risks.trustTheImage': 'make sure that the app needs it; a patch can take it away',
  'risks.twoStored': ({ names }: Args<'names'>) => `has more than one storage version: ${names}`,
  'risks.versionNotServed': ({ name }: Args<'name'>) => `${name} is no longer served: its objects answer 404`,
  'risks.volumeGoes': 'the volume is removed',
  'risks.volumeGrows': ({ before, after }: Args<'before' | 'after'>) => `asks for more: ${before} → ${after}`,
  'risks.volumeShrinks': ({ before, after }: Args<'before' | 'after'>) =>
    `asks for less, which is refused: ${before} → ${after}`,
  'risks.zoneInSchedule': ({ schedule }: Args<'schedule'>) =>
    `the schedule holds a time zone, which has a field of its own: ${schedule}`,
  'risks.fieldMissing': ({ path }: Args<'path'>) => `${path} is missing`,
  'risks.valueRefused': ({ path, value, rule }: Args<'path' | 'value' | 'rule'>) =>
    `${path} is ${value}; the API server takes ${rule}`,
  'risks.oneOfThese': ({ path, names }: Args<'path' | 'names'>) =>
    `only one of these may stand in ${path}: ${names}`,
  'risks.aboveLimit': ({ path, value, limit }: Args<'path' | 'value' | 'limit'>) =>
    `${path} is ${value}, more than its limit ${limit}`,
  'risks.tooMany': ({ path, count, most }: Args<'path' | 'count' | 'most'>) =>
    `${path} has ${count} entries; at most ${most} are taken`,
  'risks.tooLong': ({ path, count, most }: Args<'path' | 'count' | 'most'>) =>
    `${path} has ${count} characters; at most ${most} are taken`,
  'risks.targetTwice': ({ path }: Args<'path'>) =>
    `${path} names an object that another entry names: each needs a sectionName of its own`,
  'risks.grpcMatch': ({ path }: Args<'path'>) => `${path}.method names neither a service nor a method`,
  'risks.redirectAndBackends': 'a rule that redirects has no backendRefs',
  'risks.rewriteOnePrefix':
    'replacing a prefix (ReplacePrefixMatch) takes exactly one match, of type PathPrefix',
  'risks.listenerTwice': ({ place }: Args<'place'>) =>
    `two listeners have the same port, protocol and hostname: ${place}`,
  'risks.noTlsHere': ({ path, protocol }: Args<'path' | 'protocol'>) =>
    `${path} stands at a listener of protocol ${protocol}, which has none`,
  'risks.ruleLabel': ({ most }: Args<'most'>) => `lower-case letters, digits and "-", at most ${most}`,
  'risks.ruleSubdomain': ({ most }: Args<'most'>) =>
    `lower-case letters, digits, "-" and ".", at most ${most}`,
  'risks.ruleLabelKey': 'at most 63 letters, digits, "-", "_" and ".", after a DNS name and "/" if need be',
  'risks.ruleLabelValue':
    'at most 63 letters, digits, "-", "_" and ".", with a letter or a digit at both ends',
  'risks.ruleDataKey': 'letters, digits, "-", "_" and "."',
  'risks.ruleRange': ({ least, most }: Args<'least' | 'most'>) => `${least} to ${most}`,
  'risks.ruleLeast': ({ least }: Args<'least'>) => `${least} or more`,
  'risks.ruleOne': '1',
  'risks.ruleOneOf': ({ choices }: Args<'choices'>) => `${choices}`,
  'risks.ruleAboveZero': 'more than 0',
  'risks.ruleQuantity': 'an amount such as 500m, 1.5 or 10Gi',
  'risks.ruleAbsolute': 'a path that begins with "/"',
  'risks.ruleSchedule': 'five fields (minute, hour, day, month, weekday), or @daily and its kin',
  'risks.definitionsJudged':
    'an admission policy judges changes of CRDs from here on: it may refuse the older CRDs, so that there is no way back',
  'risks.readThePolicy': 'read what it refuses before the merge; the way back may take its removal first',
  'risks.apiNotServed': ({ apiVersion, since, version }: Args<'apiVersion' | 'since' | 'version'>) =>
    `${apiVersion} is not served since ${since}; the cluster is ${version}`,
  'risks.useApi': ({ instead }: Args<'instead'>) =>
    `set the value that chooses the API version, or take a version of the chart that renders ${instead}`,
  'risks.apiWithoutSuccessor': 'turn the object off: nothing takes its place',
  'risks.noneOfThese': ({ path, names }: Args<'path' | 'names'>) =>
    `one of these must stand in ${path}: ${names}`,
  'risks.notHere': ({ path, because }: Args<'path' | 'because'>) => `${path} may not be set ${because}`,
  'risks.besideOperator': ({ operator }: Args<'operator'>) => `with operator ${operator}`,
  'risks.besideType': ({ type }: Args<'type'>) => `with type ${type}`,
  'risks.besideProtocol': ({ protocol }: Args<'protocol'>) => `with protocol ${protocol}`,
  'risks.besideName': 'with a port that is a name',
  'risks.inInitContainer': 'at an init container that ends',
  'risks.inReadiness': 'at a readiness probe',
  'risks.inKind': ({ kind }: Args<'kind'>) => `in a ${kind}`,
  'risks.inJob': 'in a Job, which makes its own',
  'risks.nameTwice': ({ name }: Args<'name'>) => `${name} stands twice`,
  'risks.noBase64': ({ path }: Args<'path'>) => `${path} is no base64`,
  'risks.noJson': ({ path }: Args<'path'>) => `${path} is no JSON`,
  'risks.noneStored': 'has no storage version',
  'risks.rollsNowhere': 'maxSurge and maxUnavailable are both 0: no pod could ever be replaced',
  'risks.ruleVariable': 'printable characters without "="',
  'risks.ruleField': 'a field such as metadata.name, spec.nodeName or status.podIP',
  'risks.ruleSegment': 'a name without "/" and "%"',
  'risks.rulePort': 'a port, or its name: at most 15 lower-case letters, digits and single hyphens',
  'risks.ruleHost': 'a DNS name in lower case, after "*." if need be',
  'risks.ruleShare': 'a number, or a part such as 25%',
  'risks.ruleAddress': 'an IP address',
  'risks.ruleAddresses': 'a range of addresses such as 10.0.0.0/8',
  'risks.ruleWithin': ({ range }: Args<'range'>) => `a part of ${range}`,
  'risks.ruleInside': 'a path without ".." that does not lead out',
  'risks.ruleZone': 'a time zone such as Europe/Berlin',
  'risks.ruleResource': 'cpu, memory, ephemeral-storage, or a device such as acme.example/gpu',
  'risks.ruleWhole': 'a whole number',
  'risks.rulePath': 'a path in plain form, without "//", "/..", "%2f" and characters to be escaped',
  'risks.ruleThreeParts': 'a DNS name of at least three parts',
  'risks.ruleHttps': 'an address that begins with https://',
  'risks.ruleHeader': 'a name of a header',
  'risks.ruleGrpc': 'letters, digits and "_", with dots in the name of a service',
  'risks.ruleDuration': 'a duration such as 10s, 1m30s or 500ms',
  'risks.ruleNotSystem': 'a name that does not begin with "system-"',
};

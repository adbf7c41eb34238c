import type { Args } from '../args.ts';

export const rules = {
  'rules.writeNewName': ({ newName }: Args<'newName'>) => `write newName: ${newName}`,
  'rules.releaseDoesNotRender': ({ subject, reason }: Args<'subject' | 'reason'>) =>
    `${subject} does not render: ${reason}`,
  'rules.releaseNotRendered': ({ subject, reason }: Args<'subject' | 'reason'>) =>
    `${subject} was not rendered: ${reason}`,
  'rules.releaseWithout': ({ subject, fact }: Args<'subject' | 'fact'>) =>
    `${subject} was rendered without some of its values: ${fact}`,
  'rules.releaseWithoutHint': 'Keep in mind that the cluster may get something else',
  'rules.remoteBaseIsPinned': 'a remote base names a tag or a commit',
  'rules.remoteBaseHasNoRef': ({ name }: Args<'name'>) =>
    `${name} is taken from its default branch, which changes by itself`,
  'rules.remoteBaseOfBranch': ({ name, ref }: Args<'name' | 'ref'>) =>
    `${name} is taken from ${ref}, a branch, which changes by itself`,
  'rules.nameTagOrCommit': 'name a tag or a commit, such as ?ref=v1.2.3',
  'rules.secretWaitsForValues': ({ name, named }: Args<'name' | 'named'>) =>
    `the Secret ${name} waits for its values: ${named}`,
  'rules.encryptThenFillIn':
    'encrypt it in place (sops --encrypt --in-place), then put the values in with sops',
  'rules.encryptedWithoutBlock':
    'it holds ENC[…] values, but no sops block with a mac, so nothing can decrypt it',
  'rules.encryptedKeepsPlain': ({ named }: Args<'named'>) =>
    `SOPS has encrypted this file, but ${named} is in it in plain text`,
  'rules.moveIntoEncryptedSecret':
    'move it into a Secret that SOPS encrypts and refer to that; then change it: history keeps the old one',
  'rules.aList': 'a list',
  'rules.aText': 'a text',
  'rules.accessToken': 'an access token',
  'rules.addBackendTlsPolicy': ({ name }: Args<'name'>) =>
    `use a plain port, or add a BackendTLSPolicy whose targetRefs name the Service ${name}`,
  'rules.addFileTakeOffList': 'add the file, or take it off the list',
  'rules.addGrant': ({ namespace, kind, own }: Args<'namespace' | 'kind' | 'own'>) =>
    `add a ReferenceGrant to ${namespace}: from ${kind} of ${own}, to Service; or route from ${namespace} itself`,
  'rules.addIfAppTakesOne':
    'add it; if the app takes one host only, keep the first domain and say so in a comment beside hostnames',
  'rules.addListenerFor': ({ kind }: Args<'kind'>) => `add a listener that takes ${kind}`,
  'rules.addNamespaceSayCommentWhy': ({ name }: Args<'name'>) =>
    `add namespace: ${name}, or say in a comment why not`,
  'rules.addService': 'add the Service',
  'rules.annotationOnlyCountsTrue': ({ deaf }: Args<'deaf'>) =>
    `the annotation ${deaf} only counts when it is "true"`,
  'rules.appConsistsPlainTextFiles': 'an app consists of plain text files, and values are maps',
  'rules.appFolderHasNameItself': 'an app folder has its name to itself',
  'rules.appHasNoService': ({ name }: Args<'name'>) => `the app has no Service ${name}`,
  'rules.appRenders': 'the app renders',
  'rules.applicationNameRefused': ({ name }: Args<'name'>) => `${name} cannot be the name of an Application`,
  'rules.argoCdKeepsApp': ({ what }: Args<'what'>) =>
    `${what}: Argo CD deletes nothing for that, and what the app made stays in the cluster`,
  'rules.argoCdWillDeleteApp': ({ what, lost }: Args<'what' | 'lost'>) =>
    `${what}: Argo CD will delete the app${lost}`,
  'rules.backVolumesUpKeepThem':
    'back volumes up or keep them (argocd.argoproj.io/sync-options: Prune=false,Delete=false) before this is synced',
  'rules.backendNamesNoPort': ({ name }: Args<'name'>) => `the backend ${name} names no port`,
  'rules.backendSpeaksTls': ({ name, port, what }: Args<'name' | 'port' | 'what'>) =>
    `port ${port}${what} of the Service ${name} speaks TLS, and the Gateway speaks plain HTTP to it`,
  'rules.buildRunsNoProgramStays': 'a build runs no program and stays in the repository',
  'rules.cannotRead': 'cannot be read',
  'rules.chartLooksUp': ({ warning }: Args<'warning'>) => `not as in the cluster: ${warning}`,
  'rules.chooseAnotherHostOtherPaths': 'choose another host, or other paths for one of the two',
  'rules.correctField': 'correct the field',
  'rules.cutShort': 'is cut short',
  'rules.deletedWithApp': ({ value, value2 }: Args<'value' | 'value2' | 'value3' | 'value4'>) =>
    `${value}${value2}`,
  'rules.deprecated': ({ key }: Args<'key'>) => `${key} is deprecated`,
  'rules.doesNotBeginKubesealWrites': 'does not begin as kubeseal writes',
  'rules.doesNotRender': ({ reason }: Args<'reason'>) => `does not render: ${reason}`,
  'rules.encryptSops':
    'encrypt it in place (sops --encrypt --in-place), and change the secret: history keeps the old one',
  'rules.everyNamespacedObjectHasNamespace': 'every namespaced object has a namespace',
  'rules.fileValidYaml': 'the file is valid YAML',
  'rules.folder': ({ value, value2 }: Args<'value' | 'value2' | 'value3'>) => `${value} is a folder${value2}`,
  'rules.hintArgoCdKeepsApp':
    'nothing to do if that is meant; else delete by hand what nobody manages any more',
  'rules.folderGone': 'the folder is gone',
  'rules.folderHasSecondKustomization': 'the folder has a second kustomization',
  'rules.folderNow': ({ renamedTo }: Args<'renamedTo'>) => `the folder is now ${renamedTo}`,
  'rules.foldersMakeApplicationNames': 'folders of apps make names that Applications can have',
  'rules.gatewayHasNoListener': ({ name, section }: Args<'name' | 'section'>) =>
    `the Gateway ${name} has no listener ${section}`,
  'rules.gatewayHasNoListenerPort': ({ name, port }: Args<'name' | 'port'>) =>
    `the Gateway ${name} has no such listener on port ${port}`,
  'rules.generatorTakesValuesFromPlain': ({ name }: Args<'name'>) =>
    `the generator of ${name} takes its values from plain text`,
  'rules.giveBothSameAnnotation': 'give both the same annotation',
  'rules.hasNoEncrypteddata': ({ name }: Args<'name'>) => `${name} has no encryptedData`,
  'rules.hasNoHost': ({ kind, name, named }: Args<'kind' | 'name' | 'named'>) =>
    `${kind} ${name} has no host ${named}`,
  'rules.hasNoParentrefs': ({ kind, name }: Args<'kind' | 'name'>) => `${kind} ${name} has no parentRefs`,
  'rules.hasSameNameSoBoth': ({ folder, name }: Args<'folder' | 'name'>) =>
    `${folder} has the same name, so both become the Application ${name}`,
  'rules.hashPassword': 'the hash of a password',
  'rules.holdsValuesNoMap': 'contains values that are not a map',
  'rules.hostNameLeadsOneApp': 'a host name leads to one app',
  'rules.hostsRoutesAreHostNames': 'the hosts of routes are host names',
  'rules.installWhatMissingRunOnce':
    'install what is missing, run once with the network, or keep a copy in the repository',
  'rules.isNoHostName': ({ host }: Args<'host'>) => `${host} is not a host name`,
  'rules.keepOneThem': 'keep one of them',
  'rules.keepWhatBuiltInside': 'keep what is built inside',
  'rules.kustomizationEmpty': 'the kustomization is empty',
  'rules.kustomizationHasFieldsKustomizeKnows': 'the kustomization has fields that kustomize knows',
  'rules.kustomizationHasNoNamespace': 'the kustomization has no namespace',
  'rules.kustomizationUsesNoDeprecatedField': 'the kustomization uses no deprecated field',
  'rules.kustomizationsNamespaceFoldersName': "the kustomization's namespace is the folder's name",
  'rules.kustomizeKnowsNoFieldHere': ({ key }: Args<'key'>) =>
    `kustomize does not know the field ${key} here`,
  'rules.leadsOutRepository': ({ value }: Args<'value'>) => `${value} leads out of the repository`,
  'rules.listFiles': 'list the files in it',
  'rules.listResourcesRemoveFolder': 'list its resources, or remove the folder',
  'rules.listThat': ({ moved }: Args<'moved'>) => `list ${moved}`,
  'rules.listUnderResourcesRemove': 'list it under resources, or remove it',
  'rules.listedLineAlready': ({ value, line }: Args<'value' | 'line'>) =>
    `${value} is already listed on line ${line}`,
  'rules.listenerTakesNoNamespace': ({
    which,
    gateway,
    namespace,
  }: Args<'which' | 'gateway' | 'namespace'>) =>
    `the listener ${which} of the Gateway ${gateway} takes no routes of the namespace ${namespace}`,
  'rules.listenerTakesOtherKind': ({
    which,
    gateway,
    takes,
    kind,
  }: Args<'which' | 'gateway' | 'takes' | 'kind'>) =>
    `the listener ${which} of the Gateway ${gateway} takes ${takes || 'no route'}, not ${kind}`,
  'rules.manifestsFolderListed': 'manifests in the folder are listed',
  'rules.map': 'a map',
  'rules.mendSyntax': 'fix the syntax',
  'rules.mendWhatToolSays': 'fix what the tool reports',
  'rules.moveIntoSealedsecretReferThen':
    'move it into a SealedSecret and refer to that; then change it: history keeps the old one',
  'rules.must': ({ key, words }: Args<'key' | 'words'>) => `${key} must be ${words}`,
  'rules.nameGateway': 'name the Gateway',
  'rules.nameOne': ({ names }: Args<'names'>) => `name one of ${names}`,
  'rules.nameOne3': ({ names }: Args<'names' | 'names2'>) => `name one of ${names}`,
  'rules.nameOneOfGateways': ({ known }: Args<'known' | 'known2'>) => `name one of ${known}`,
  'rules.nameSchemasCanReachedSlipway':
    'name schemas that can be reached in SLIPWAY_KUBECONFORM_SCHEMAS, or run with --offline',
  'rules.namedEncryptedIsPlain': 'the name says that SOPS has encrypted it, and it is plain text',
  'rules.namespaceOfOverlay': ({ namespace, name }: Args<'namespace' | 'name'>) =>
    `the namespace is ${namespace}, that of this overlay would be called ${name}`,
  'rules.namespaceFolder': ({ namespace, name }: Args<'namespace' | 'name'>) =>
    `the namespace is ${namespace}, the folder ${name}`,
  'rules.noBase64': 'is not base64',
  'rules.noGrant': ({ namespace, kind, own, name }: Args<'namespace' | 'kind' | 'own' | 'name'>) =>
    `no ReferenceGrant in ${namespace} lets ${kind}s of ${own} use the Service ${name}`,
  'rules.noKustomization': ({ objects }: Args<'objects'>) => `${objects} is not in any kustomization`,
  'rules.noListenerGatewayTakes': ({ name, host }: Args<'name' | 'host'>) =>
    `no listener of the Gateway ${name} takes ${host}`,
  'rules.noNamespace': ({ named, value }: Args<'named' | 'value' | 'value2'>) =>
    `no namespace in ${named}${value}`,
  'rules.noObjectUsesDeprecatedApi': 'no object uses a deprecated API version',
  'rules.noRegularFile': 'is not a regular file',
  'rules.noSecretsAmongPlainSettings': 'no secrets among plain settings',
  'rules.noText': 'is not text',
  'rules.noUtf8Text': 'is not UTF-8 text',
  'rules.noValidYaml': ({ reason }: Args<'reason'>) => `not valid YAML: ${reason}`,
  'rules.notCheckedAgainstSchemas': ({ reason }: Args<'reason'>) => `not checked against schemas: ${reason}`,
  'rules.notRendered': ({ reason }: Args<'reason'>) => `not rendered: ${reason}`,
  'rules.nothingDoHereAuthorCould':
    'nothing to do here; its author could put what it refers to into the schema',
  'rules.nothingDoIfMeant': 'nothing to do if that is meant',
  'rules.nothingListedTwice': 'nothing is listed twice',
  'rules.nothingSilenceNoHere': ({ code }: Args<'code'>) => `nothing to silence: no ${code} here`,
  'rules.objectsFollowTheirSchemaKubeconform': 'objects follow their schema (kubeconform)',
  'rules.oddFile': ({ kinds, detail }: Args<'kinds' | 'detail'>) => `${kinds}${detail}`,
  'rules.openListenerNamespace': ({ namespace }: Args<'namespace'>) =>
    `open it under allowedRoutes.namespaces of the listener (from: All, or a selector that takes ${namespace}); left out, only the namespace of the Gateway counts`,
  'rules.passwordKey': 'a password or key',
  'rules.passwordUrl': 'a password in a URL',
  'rules.plainText': ({ kinds, where }: Args<'kinds' | 'where'>) => `${kinds} in plain text${where}`,
  'rules.pointerGitLfsNotContent': 'is a pointer of Git LFS, not the content: git lfs pull fetches it',
  'rules.privateKey': 'a private key',
  'rules.putIntoStoreExternalSecret':
    'put the value into the store and an ExternalSecret into its place, as other apps here do; then change it: history keeps the old one',
  'rules.putPlainFilePlace': 'put a plain file in its place',
  'rules.putQuotes': 'put it in quotes',
  'rules.removeComment': 'remove the comment',
  'rules.removeEntry': 'remove this entry',
  'rules.removeField': 'remove it',
  'rules.removeNothingTakesPlace': 'remove it: nothing takes its place',
  'rules.removeWhatBuildTakesHas':
    'remove it; what a build takes has to lie in the repository as plain files',
  'rules.removedRenamedFolderTakesWhat': 'a removed or renamed folder takes what runs with it',
  'rules.renameFolderCollides': ({ own }: Args<'own'>) =>
    `rename ${own}, or give the template a part that differs`,
  'rules.renameOneExample': ({ name, environment }: Args<'name' | 'environment'>) =>
    `rename one, for example ${name}-${environment}`,
  'rules.routeHasHostUnderEvery': 'a route has a host under every domain',
  'rules.routesBackendServicePortApp': "a route's backend is a Service and port of the app",
  'rules.routesParentGatewayExists': "a route's parent is a Gateway that exists",
  'rules.schemaProblem': ({ kind, name, reason }: Args<'kind' | 'name' | 'reason'>) =>
    `${kind} ${name}: ${reason}`,
  'rules.sealAgain': ({ moved }: Args<'moved'>) => `seal it again for ${moved}`,
  'rules.sealNameComesOutScope': 'seal it for the name that comes out, or with the scope namespace-wide',
  'rules.sealSlipwaySeal': 'seal it with slipway seal',
  'rules.sealSlipwaySealRemovePlain':
    'seal it (slipway seal), remove the plain file, and change the secret: history keeps the old one',
  'rules.sealSlipwaySealThenList': 'seal it with slipway seal, then list it under resources',
  'rules.sealValueAgain': 'seal the value again',
  'rules.sealValuesUnderSpecEncrypteddata': 'seal its values under spec.encryptedData',
  'rules.sealedDataHasFormKubeseal': 'sealed data has the form that kubeseal writes',
  'rules.sealedNameWhichChangesNameprefix': ({ name, file }: Args<'name' | 'file'>) =>
    `${name} is sealed for its name, which ${file} changes by namePrefix or nameSuffix`,
  'rules.sealedNamespaceKustomizePutsInto': ({
    name,
    namespace,
    moved,
  }: Args<'name' | 'namespace' | 'moved'>) =>
    `${name} is sealed for the namespace ${namespace}, kustomize puts it into ${moved}`,
  'rules.sealedValueProblem': ({ name, key, problems, more }: Args<'name' | 'key' | 'problems' | 'more'>) =>
    `${name}: ${key} ${problems}${more}`,
  'rules.sealedsecretSealed': 'a SealedSecret is sealed',
  'rules.sealedsecretStaysWhereSealed': 'a SealedSecret stays where it was sealed for',
  'rules.secretKeepsPlainText': ({ name, named }: Args<'name' | 'named'>) =>
    `the Secret ${name} keeps ${named} in plain text`,
  'rules.secretsOnlyKeptSealed': 'Secrets are only kept sealed',
  'rules.serviceHasNoPort': ({ name, written }: Args<'name' | 'written'>) =>
    `the Service ${name} has no port ${written}`,
  'rules.setChartsNamespaceoverrideIfHas': ({ kinds, namespace }: Args<'kinds' | 'namespace'>) =>
    `set the chart's namespaceOverride if it has one, or patch target kind "${kinds}" with namespace ${namespace}`,
  'rules.setNamespaceOfApp': ({ name }: Args<'name'>) => `set namespace: ${name}`,
  'rules.setNamespaceRenameFolderBoth': ({ name }: Args<'name'>) =>
    `set namespace: ${name}, or rename the folder; both move what runs, so plan the move`,
  'rules.setValuesInstead':
    'compare with what the cluster has, or give the chart by its values what it looks for',
  'rules.slipwayIgnoreCommentNamesRule': 'a slipway-ignore comment names a rule and a reason',
  'rules.slipwayIgnoreCommentSilencesSomething': 'a slipway-ignore comment silences something',
  'rules.slipwayIgnoreGivesNoReason': ({ code }: Args<'code'>) => `slipway-ignore: ${code} gives no reason`,
  'rules.symbolicLink': 'is a symbolic link',
  'rules.taken': ({ host, other }: Args<'host' | 'other'>) => `${host} is already used by ${other}`,
  'rules.templateObjectControllerReadsObject': ({ inside, own }: Args<'inside' | 'own'>) =>
    `the template is ${inside}, the object ${own}: the controller reads the object`,
  'rules.templatesNotObjects': ({ field, other, own }: Args<'field' | 'other' | 'own'>) =>
    `the template's ${field} ${other} is not the object's ${own}`,
  'rules.thereNo': ({ value }: Args<'value'>) => `there is no ${value}`,
  'rules.thereNoGatewayNamespace': ({ name, namespace }: Args<'name' | 'namespace'>) =>
    `there is no Gateway ${name} in the namespace ${namespace}`,
  'rules.thereNoRule': ({ code }: Args<'code'>) => `unknown rule ${code}`,
  'rules.tooLargeRead': 'is too large to be read',
  'rules.trueFalse': 'true or false',
  'rules.use2': ({ ports }: Args<'ports' | 'ports2'>) => `use ${ports}`,
  'rules.useHostListenerHasAdd': 'use a host that a listener has, or add a listener',
  'rules.useInstead': ({ instead }: Args<'instead'>) => `use ${instead}`,
  'rules.useMostLowerCaseLetters': ({ max_length }: Args<'max_length'>) =>
    `use at most ${max_length} lower-case letters, digits and "-"`,
  'rules.usesSpecDataWhichController': ({ name }: Args<'name'>) =>
    `${name} uses spec.data, which the controller refuses`,
  'rules.usesWhichEnded': ({
    kind,
    name,
    apiVersion,
    since,
  }: Args<'kind' | 'name' | 'apiVersion' | 'since'>) =>
    `${kind} ${name} uses ${apiVersion}, which was removed in ${since}`,
  'rules.valuesSchema': "values follow the chart's own schema",
  'rules.valuesNotHeldWholeTheir': ({ reference }: Args<'reference'>) =>
    `values not checked against the whole of their schema: ${reference}`,
  'rules.waitsValues': ({ name, object }: Args<'name' | 'object'>) =>
    `${name} waits for its values: ${object}`,
  'rules.whatKustomizationListsExists': 'what the kustomization lists exists',
  'rules.write': ({ near }: Args<'near'>) => `write ${near}`,
  'rules.writeExpected': ({ words }: Args<'words'>) => `write ${words}`,
  'rules.writeHostName': 'write the name alone, in lower case: no scheme, no port, no path, no address',
  'rules.writeSlipwayIgnoreRuleReason': 'write # slipway-ignore: <rule> <reason>',
  'rules.writeTrueRemove': 'write "true", or remove it',
  'rules.writeValueOpenedObjectsOwn': ({ own, field }: Args<'own' | 'field'>) =>
    `write ${own}: the value is opened with the object's own ${field}`,
  'rules.writeValuesKeyValue': 'write values as key: value',
  'rules.kindNotServed': 'clusters serve the API version of every object',
  'rules.versionNotServed': ({
    kind,
    name,
    apiVersion,
    versions,
  }: Args<'kind' | 'name' | 'apiVersion' | 'versions'>) =>
    `${kind} ${name} uses ${apiVersion}; the CRDs of this repository serve ${versions}`,
  'rules.useServed': ({ newest }: Args<'newest'>) => `use ${newest}, or bring CRDs that serve this version`,
  'rules.objectRefused': 'the API server takes every object',
  'rules.serverRefuses': ({ kind, name, fact }: Args<'kind' | 'name' | 'fact'>) =>
    `the API server refuses ${kind} ${name}: ${fact}`,
  'rules.mendObject': 'mend it where it is written, or in the values or with a patch where a chart brings it',
  'rules.usesWhichReplaced': ({
    kind,
    name,
    apiVersion,
    since,
  }: Args<'kind' | 'name' | 'apiVersion' | 'since'>) =>
    `${kind} ${name} uses ${apiVersion}, which has had a successor since ${since}`,
  'rules.clusterTakesEveryObject':
    'the API server of the cluster takes every object (a dry run, with `--cluster`)',
  'rules.clusterJudgesEveryObject': 'the cluster that is asked judges every object (with `--cluster`)',
  'rules.generatorInvalid': 'a generator of the team’s own is well formed',
  'rules.generatorTestFails': 'a generator makes what its test cases expect',
  'rules.hintGeneratorInvalid': 'fix it; slipway new <name> refuses it until then',
  'rules.hintGeneratorTestFails': 'fix the template, or what expected/ holds',
};

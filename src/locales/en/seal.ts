import type { Args, Plural } from '../args.ts';

export const seal = {
  'seal.keptBySops': ({ evidence }: Args<'evidence'>) =>
    `secrets here are encrypted with SOPS (${evidence}), and nothing opens a SealedSecret`,
  'seal.keptInStore': ({ evidence }: Args<'evidence'>) =>
    `secrets here come from a store by ExternalSecrets (${evidence}), and nothing opens a SealedSecret`,
  'seal.encryptWithSops': ({ file }: Args<'file'>) =>
    `sops --encrypt --in-place ${file} encrypts a file, sops ${file} opens one; to seal all the same, name a certificate with --cert.`,
  'seal.addExternalSecret': ({ store }: Args<'store'>) =>
    `Put the value into ${store}; slipway add secret <app> writes the ExternalSecret. To seal all the same, name a certificate with --cert.`,
  'seal.anotherKey': 'another key',
  'seal.askControllerCertificateThroughKubectl': 'ask the controller for the certificate, through kubectl',
  'seal.cancelled': 'cancelled',
  'seal.certificate': 'certificate',
  'seal.certificateDefaultSealedSecretsCert':
    'the certificate (default: SEALED_SECRETS_CERT, then sealing.certificate of the configuration)',
  'seal.checkStdoutDoNotGo': '--check and --stdout do not go together',
  'seal.controllerNotNamespaceName': ({ values }: Args<'values'>) =>
    `--controller ${values} is not <namespace>/<name>`,
  'seal.daysOld': ({ ageDays }: Args<'ageDays'>, plural: Plural) => `${plural(ageDays, 'day')} old`,
  'seal.default': ({ default_controller }: Args<'default_controller'>) =>
    `The default is ${default_controller}.`,
  'seal.dropNewlineEndValueOne': 'drop the newline at the end of a value of one line',
  'seal.empty': 'It is empty.',
  'seal.emptyValuesNoneAllMeant': 'empty values, or none at all, are meant',
  'seal.fromFile': 'from a file',
  'seal.giveFromFilePathStandard': ({ keys }: Args<'keys'>) =>
    `Give --from-file ${keys}=<path> (- is standard input) or --generate ${keys}.`,
  'seal.giveManifestStandardInputFrom': ({ key }: Args<'key'>) =>
    `Give a manifest (- is standard input), --from-file ${key}=<path> or --generate ${key}.`,
  'seal.giveName': 'Give --name.',
  'seal.givePath': 'Give a path.',
  'seal.iTypePasteHidden': 'I type or paste it (hidden)',
  'seal.intoTakesOneSecretThere': ({ count }: Args<'count'>) =>
    `--into takes one Secret, and there are ${count}`,
  'seal.judgeFormSealedsecretsAllApps':
    'judge the form of SealedSecrets, of all apps or of the files named; needs no key',
  'seal.keyGivenTwice': ({ twice }: Args<'twice'>) => `the key ${twice} is given twice`,
  'seal.keyWhoseValueAskedHidden': 'a key whose value is asked for, hidden',
  'seal.keysSeparatedCommas': 'Keys, separated by commas',
  'seal.leaveIntoOutEachGoes': 'Leave --into out: each goes into the app of its namespace.',
  'seal.leaveLater': 'leave it for later',
  'seal.makeRandomOne32Characters': 'make a random one of 32 characters',
  'seal.manifestSingleKeysCannotSealed': 'a manifest and single keys cannot be sealed in one run',
  'seal.nameMissingSecretNeedsOne': '--name is missing: the Secret needs one',
  'seal.nameNewSecret': 'name of a new Secret',
  'seal.namespaceIfNoKustomizationSays': 'its namespace, if no kustomization says it',
  'seal.noYamlFileRepository': ({ given }: Args<'given'>) => `${given} is not a YAML file of the repository`,
  'seal.nothingNamedSeal': ({ keys }: Args<'keys'>) => `nothing to seal was named${keys}`,
  'seal.nowPinned': ({ configuration_file }: Args<'configuration_file'>) =>
    `now pinned in ${configuration_file}`,
  'seal.pathFile': 'Path of the file',
  'seal.pinned': 'as pinned',
  'seal.printResultWriteNothing': 'print the result, write nothing',
  'seal.randomValue32SoMany': 'a random value of 32 or so many characters',
  'seal.runOnceEach': 'Run once for each.',
  'seal.sealed': ({ what }: Args<'what'>) => `sealed ${what}`,
  'seal.sealedsecretPutValuesIntoMade': 'the SealedSecret to put the values into; made if it is not there',
  'seal.sealedsecretsErrorsWellFormedWhether': (
    { checked, errors, value }: Args<'checked' | 'errors' | 'value' | 'value2'>,
    plural: Plural,
  ) =>
    `${plural(checked, 'SealedSecret')}, ${plural(errors, 'error')}: ${value} well-formed (whether they can be opened only the cluster knows)`,
  'seal.standardInputOneValueTwo': 'standard input is one value, and two keys want it',
  'seal.takeCertificateOtherThanPinned': 'take a certificate other than the pinned one: its SHA-256',
  'seal.typeNewSecretSuchKubernetes': 'type of a new Secret, such as kubernetes.io/tls (default Opaque)',
  'seal.validUntil': ({ until }: Args<'until'>) => `valid until ${until}`,
  'seal.value': ({ key }: Args<'key'>) => `Value of ${key}`,
  'seal.valueFromFileKeyReads': 'a value from a file; <key>=- reads standard input',
  'seal.valuesMissingNobodyCanAsked': ({ keys }: Args<'keys'>) =>
    `values are missing and nobody can be asked: ${keys}`,
  'seal.valuesSecretGoIntoSealedsecret': ({ from, to }: Args<'from' | 'to'>) =>
    `the values of the Secret ${from} go into the SealedSecret ${to}, as --into says`,
  'seal.waitsSoNotListedUnder': ({ keys }: Args<'keys'>) =>
    `It waits for ${keys}, so it is not listed under resources yet:`,
  'seal.whereControllerDefaultKubeSystem':
    'where the controller is (default kube-system/sealed-secrets-controller)',
  'seal.whereDoesValueComeFrom': ({ key }: Args<'key'>) => `${key}: where does the value come from?`,
  'seal.whichOneWaitsValues': 'Which one waits for its values?',
  'seal.whichValueNew': 'Which value is new?',
  'seal.whoMayOpenNameNamespace':
    'who may open it: this name, this namespace, or anybody in the cluster (default strict)',
  'seal.wouldSeal': ({ what }: Args<'what'>) => `would seal ${what}`,
  'seal.filesOfNoApp': ({ count, first }: Args<'count' | 'first'>, plural: Plural) =>
    `not looked at: ${plural(count, 'file')} with SealedSecrets that belong to no app (first: ${first}); name them to check them`,
  'seal.keySizeNotCompared': 'the size of the key was not compared: there is no certificate here',
  'seal.nothingChecked': 'nothing was checked: no SealedSecret was found',
};

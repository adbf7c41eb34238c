import type { CommandInput } from '../../cli/command.ts';
import type { FlagTable } from '../../cli/flags.ts';
import { say } from '../../locales/say.ts';

/** The flags that say where values come from; `add secret` has the same. */
const VALUE_FLAGS = {
  key: {
    value: '<key>',
    repeatable: true,
    help: say('seal.keyWhoseValueAskedHidden'),
  },
  'from-file': {
    value: '<key=path>',
    repeatable: true,
    help: say('seal.valueFromFileKeyReads'),
  },
  generate: {
    value: '<key[:length]>',
    repeatable: true,
    help: say('seal.randomValue32SoMany'),
  },
  'trim-newline': {
    help: say('seal.dropNewlineEndValueOne'),
  },
  'allow-empty': { help: say('seal.emptyValuesNoneAllMeant') },
  type: {
    value: '<type>',
    help: say('seal.typeNewSecretSuchKubernetes'),
  },
  scope: {
    value: '<strict|namespace-wide|cluster-wide>',
    help: say('seal.whoMayOpenNameNamespace'),
  },
} as const satisfies FlagTable;

/** The flags that say which certificate to seal with. */
const CERTIFICATE_FLAGS = {
  cert: {
    value: '<file|https://…>',
    help: say('seal.certificateDefaultSealedSecretsCert'),
  },
  'from-cluster': {
    help: say('seal.askControllerCertificateThroughKubectl'),
  },
  controller: {
    value: '<namespace/name>',
    help: say('seal.whereControllerDefaultKubeSystem'),
  },
  'trust-new-cert': {
    value: '<fingerprint>',
    help: say('seal.takeCertificateOtherThanPinned'),
  },
} as const satisfies FlagTable;

/** The flags of `slipway seal`. */
export const FLAGS = {
  into: {
    value: '<file>',
    help: say('seal.sealedsecretPutValuesIntoMade'),
  },
  name: { value: '<name>', help: say('seal.nameNewSecret') },
  namespace: {
    value: '<namespace>',
    help: say('seal.namespaceIfNoKustomizationSays'),
  },
  ...VALUE_FLAGS,
  ...CERTIFICATE_FLAGS,
  stdout: { help: say('seal.printResultWriteNothing') },
  check: {
    help: say('seal.judgeFormSealedsecretsAllApps'),
  },
} as const satisfies FlagTable;

export type SealInput = CommandInput<typeof FLAGS>;

import type { FlagTable } from '../../cli/flags.ts';
import type { Command } from '../../cli/command.ts';
import { say } from '../../locales/say.ts';

/** The flags that say where values come from; `add secret` has the same. */
export const VALUE_FLAGS = {
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
export const CERTIFICATE_FLAGS = {
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

export const command: Command = {
  usage: '[file…]',
  maxPositionals: 100,
  flags: {
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
  },
  examples: [
    'slipway seal --into production/grafana/resources/grafana-sealedsecret.yaml',
    'slipway seal secret.yaml --cert sealing.pem',
    'kubectl create secret generic db --dry-run=client -o yaml --from-file=password | slipway seal - --namespace wiki',
    'slipway seal --into production/wiki/resources/db-sealedsecret.yaml --generate password:24 --from-file ca.crt=ca.pem',
    'slipway seal --check',
  ],
  async run(session, input) {
    if (input.switches.has('check')) {
      const { runSealCheck } = await import('./run-check.ts');
      return runSealCheck(session, input);
    }
    const { runSeal } = await import('./run.ts');
    return runSeal(session, input);
  },
};

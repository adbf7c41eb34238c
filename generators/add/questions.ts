import {
  parseHost,
  parseNamespace,
  parseObjectName,
  parseSecret,
  parseServicePort,
  parseStorage,
} from '../../src/repository/names.ts';
import { UserError } from '../../src/errors.ts';
import { APP_QUESTIONS } from '../new-app/questions.ts';
import type { Question } from '../question.ts';
import { say } from '../../src/locales/say.ts';

export const ACCESS_MODES = ['ReadWriteOnce', 'ReadWriteMany', 'ReadOnlyMany', 'ReadWriteOncePod'];

/** What only `add` asks, or asks in other words than `new-app`. */
export const ADD_QUESTIONS = {
  app: {
    flag: 'app',
    value: '<app>',
    positional: true,
    help: say('add.appExists'),
    message: say('add.whichApp'),
  },
  kind: {
    flag: 'kind',
    value: '<http|grpc|tls>',
    help: say('add.httprouteGrpcrouteTlsrouteTlsPassthrough'),
    message: say('add.whichKindRoute'),
    parse: text => oneOf('kind', text, ['http', 'grpc', 'tls']),
  },
  name: {
    flag: 'name',
    value: '<name>',
    help: say('add.nameNewObject'),
    message: say('add.name'),
    parse: parseObjectName,
  },
  storage: {
    ...APP_QUESTIONS.storage,
    help: say('add.volumeClaimSuchCephBlock'),
    message: say('add.storageClassSize'),
    parse: text => (parseStorage(text), text),
  },
  access: {
    flag: 'access',
    value: '<mode>',
    help: say('add.readwriteonceReadwritemanyReadonlymanyReadwriteoncepod'),
    message: say('add.accessMode'),
    parse: text => oneOf('access', text, ACCESS_MODES),
  },
  secret: {
    ...APP_QUESTIONS.secret,
    repeatable: false,
    help: say('add.nameKeysSuchDbPassword'),
    message: say('add.secretNameKeyKey'),
    parse: text => (parseSecret(text), text),
  },
  service: {
    flag: 'service',
    value: '<name[:port]>',
    help: say('add.servicePortBehindRouteCertificate'),
    message: say('add.serviceCertificate'),
    parse: text => parseServicePort(`${text}:1`).service,
  },
  object: {
    flag: 'object',
    value: '<kind/name>',
    help: say('add.certificateSealedsecretSecretConfigmapCopy'),
    message: say('add.whatCopied'),
  },
  to: {
    flag: 'to',
    value: '<namespace>',
    repeatable: true,
    help: say('add.namespaceCopy'),
    message: say('add.namespacesCopySeparatedCommas'),
    parse: text => parseNamespaces(text).join(','),
  },
  target: {
    flag: 'target',
    value: '<service.namespace.svc.cluster.local>',
    help: say('add.servicePodsReachUnderHost'),
    message: say('add.servicePodsShallReach'),
    parse: parseHost,
  },
} as const satisfies Record<string, Question>;

/** @throws UserError E_NAME, E_VALUE */
export function parseNamespaces(text: string): string[] {
  const names = text.split(/[\s,]+/).filter(name => name !== '');
  if (names.length === 0) throw new UserError('E_VALUE', say('add.noNamespaceNamed'));
  return names.map(parseNamespace);
}

function oneOf(flag: string, text: string, known: readonly string[]): string {
  if (known.includes(text)) return text;
  throw new UserError('E_VALUE', say('add.none', { flag, text, known: known.join(', ') }));
}

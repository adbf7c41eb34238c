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

export const ACCESS_MODES = ['ReadWriteOnce', 'ReadWriteMany', 'ReadOnlyMany', 'ReadWriteOncePod'];

/** What only `add` asks, or asks in other words than `new-app`. */
export const ADD_QUESTIONS = {
  app: {
    flag: 'app',
    value: '<app>',
    positional: true,
    help: { en: 'an app that exists', 'zh-CN': '已有的应用' },
    message: { en: 'Which app?', 'zh-CN': '哪个应用？' },
  },
  kind: {
    flag: 'kind',
    value: '<http|grpc|tls>',
    help: {
      en: 'HTTPRoute, GRPCRoute, or TLSRoute for TLS passthrough',
      'zh-CN': 'HTTPRoute、GRPCRoute，或用于 TLS 透传的 TLSRoute',
    },
    message: { en: 'Which kind of route?', 'zh-CN': '哪种路由？' },
    parse: text => oneOf('kind', text, ['http', 'grpc', 'tls']),
  },
  name: {
    flag: 'name',
    value: '<name>',
    help: { en: 'name of the new object', 'zh-CN': '新对象的名称' },
    message: { en: 'Name', 'zh-CN': '名称' },
    parse: parseObjectName,
  },
  storage: {
    ...APP_QUESTIONS.storage,
    help: { en: 'a volume claim, such as ceph-block:10Gi', 'zh-CN': '存储卷声明，例如 ceph-block:10Gi' },
    message: { en: 'Storage, class:size', 'zh-CN': '存储，class:size' },
    parse: text => (parseStorage(text), text),
  },
  access: {
    flag: 'access',
    value: '<mode>',
    help: {
      en: 'ReadWriteOnce, ReadWriteMany, ReadOnlyMany or ReadWriteOncePod',
      'zh-CN': 'ReadWriteOnce、ReadWriteMany、ReadOnlyMany 或 ReadWriteOncePod',
    },
    message: { en: 'Access mode', 'zh-CN': '访问模式' },
    parse: text => oneOf('access', text, ACCESS_MODES),
  },
  secret: {
    ...APP_QUESTIONS.secret,
    repeatable: false,
    help: { en: 'name and keys, such as db:password,user', 'zh-CN': '名称和键，例如 db:password,user' },
    message: { en: 'Secret, name:key,key', 'zh-CN': 'Secret，name:key,key' },
    parse: text => (parseSecret(text), text),
  },
  service: {
    flag: 'service',
    value: '<name[:port]>',
    help: {
      en: 'Service and port behind a route; for a certificate, the Service alone',
      'zh-CN': '路由指向的 Service 和端口；证书只需 Service 名',
    },
    message: { en: 'Service that the certificate is for', 'zh-CN': '证书对应的 Service' },
    parse: text => parseServicePort(`${text}:1`).service,
  },
  object: {
    flag: 'object',
    value: '<kind/name>',
    help: {
      en: 'the Certificate, SealedSecret, Secret or ConfigMap to copy',
      'zh-CN': '要同步的 Certificate、SealedSecret、Secret 或 ConfigMap',
    },
    message: { en: 'What is copied?', 'zh-CN': '同步哪个对象？' },
  },
  to: {
    flag: 'to',
    value: '<namespace>',
    repeatable: true,
    help: { en: 'a namespace to copy it to', 'zh-CN': '同步到的命名空间' },
    message: {
      en: 'Namespaces to copy it to, separated by commas',
      'zh-CN': '同步到哪些命名空间，以逗号分隔',
    },
    parse: text => parseNamespaces(text).join(','),
  },
  target: {
    flag: 'target',
    value: '<service.namespace.svc.cluster.local>',
    help: {
      en: 'the Service that pods reach under the host name',
      'zh-CN': 'Pod 通过该主机名访问的 Service',
    },
    message: { en: 'Service that pods shall reach', 'zh-CN': 'Pod 应访问的 Service' },
    parse: parseHost,
  },
} as const satisfies Record<string, Question>;

/** @throws UserError E_NAME, E_VALUE */
export function parseNamespaces(text: string): string[] {
  const names = text.split(/[\s,]+/).filter(name => name !== '');
  if (names.length === 0) throw new UserError('E_VALUE', 'no namespace is named');
  return names.map(parseNamespace);
}

function oneOf(flag: string, text: string, known: readonly string[]): string {
  if (known.includes(text)) return text;
  throw new UserError('E_VALUE', `--${flag} ${text} is none of ${known.join(', ')}`);
}

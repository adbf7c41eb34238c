import type { FlagTable } from '../../cli/flags.ts';
import type { Command } from '../../cli/command.ts';

/** The flags that say where values come from; `add secret` has the same. */
export const VALUE_FLAGS = {
  key: {
    value: '<key>',
    repeatable: true,
    help: { en: 'a key whose value is asked for, hidden', 'zh-CN': '以隐藏方式询问其值的键' },
  },
  'from-file': {
    value: '<key=path>',
    repeatable: true,
    help: {
      en: 'a value from a file; <key>=- reads standard input',
      'zh-CN': '从文件读取值；<key>=- 从标准输入读取',
    },
  },
  generate: {
    value: '<key[:length]>',
    repeatable: true,
    help: { en: 'a random value of 32 or so many characters', 'zh-CN': '随机值，默认 32 个字符，或指定长度' },
  },
  'trim-newline': {
    help: { en: 'drop the newline at the end of a value of one line', 'zh-CN': '去掉单行值末尾的换行' },
  },
  'allow-empty': { help: { en: 'empty values, or none at all, are meant', 'zh-CN': '允许空值或没有值' } },
  type: {
    value: '<type>',
    help: {
      en: 'type of a new Secret, such as kubernetes.io/tls (default Opaque)',
      'zh-CN': '新 Secret 的类型，例如 kubernetes.io/tls（默认 Opaque）',
    },
  },
  scope: {
    value: '<strict|namespace-wide|cluster-wide>',
    help: {
      en: 'who may open it: this name, this namespace, or anybody in the cluster (default strict)',
      'zh-CN': '可解密范围：仅此名称、此命名空间或整个集群（默认 strict）',
    },
  },
} as const satisfies FlagTable;

/** The flags that say which certificate to seal with. */
export const CERTIFICATE_FLAGS = {
  cert: {
    value: '<file|https://…>',
    help: {
      en: 'the certificate (default: SEALED_SECRETS_CERT, then sealing.certificate of the configuration)',
      'zh-CN': '证书（默认：SEALED_SECRETS_CERT，其次为配置中的 sealing.certificate）',
    },
  },
  'from-cluster': {
    help: {
      en: 'ask the controller for the certificate, through kubectl',
      'zh-CN': '通过 kubectl 向控制器获取证书',
    },
  },
  controller: {
    value: '<namespace/name>',
    help: {
      en: 'where the controller is (default kube-system/sealed-secrets-controller)',
      'zh-CN': '控制器所在（默认 kube-system/sealed-secrets-controller）',
    },
  },
  'trust-new-cert': {
    value: '<fingerprint>',
    help: {
      en: 'take a certificate other than the pinned one: its SHA-256',
      'zh-CN': '信任与固定证书不同的新证书：其 SHA-256 指纹',
    },
  },
} as const satisfies FlagTable;

export const command: Command = {
  usage: '[file…]',
  maxPositionals: 100,
  flags: {
    into: {
      value: '<file>',
      help: {
        en: 'the SealedSecret to put the values into; made if it is not there',
        'zh-CN': '写入的 SealedSecret 文件；不存在则创建',
      },
    },
    name: { value: '<name>', help: { en: 'name of a new Secret', 'zh-CN': '新 Secret 的名称' } },
    namespace: {
      value: '<namespace>',
      help: {
        en: 'its namespace, if no kustomization says it',
        'zh-CN': '其命名空间（若 kustomization 未指定）',
      },
    },
    ...VALUE_FLAGS,
    ...CERTIFICATE_FLAGS,
    stdout: { help: { en: 'print the result, write nothing', 'zh-CN': '只输出结果，不写文件' } },
    check: {
      help: {
        en: 'judge the form of SealedSecrets, of all apps or of the files named; needs no key',
        'zh-CN': '检查 SealedSecret 的形式（所有应用或指定文件）；无需密钥',
      },
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

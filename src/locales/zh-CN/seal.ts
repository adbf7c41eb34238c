import type { Args, Translated } from '../args.ts';
import type { seal as en } from '../en/seal.ts';

export const seal = {
  'seal.keptBySops': ({ evidence }: Args<'evidence'>) =>
    `这里的 Secret 由 SOPS 加密（${evidence}），没有组件能打开 SealedSecret`,
  'seal.keptInStore': ({ evidence }: Args<'evidence'>) =>
    `这里的 Secret 通过 ExternalSecret 取自外部存储（${evidence}），没有组件能打开 SealedSecret`,
  'seal.encryptWithSops': ({ file }: Args<'file'>) =>
    `用 sops --encrypt --in-place ${file} 加密，用 sops ${file} 打开；若仍要密封，请用 --cert 指定证书。`,
  'seal.addExternalSecret': ({ store }: Args<'store'>) =>
    `请把值放入 ${store}；slipway add secret <app> 会写出 ExternalSecret。若仍要密封，请用 --cert 指定证书。`,
  'seal.anotherKey': '其他键',
  'seal.askControllerCertificateThroughKubectl': '通过 kubectl 向控制器获取证书',
  'seal.cancelled': '已取消',
  'seal.certificate': '证书',
  'seal.certificateDefaultSealedSecretsCert':
    '证书（默认：SEALED_SECRETS_CERT，其次为配置中的 sealing.certificate）',
  'seal.checkStdoutDoNotGo': '--check 与 --stdout 不能同时使用',
  'seal.controllerNotNamespaceName': ({ values }: Args<'values'>) =>
    `--controller ${values} 不是 <namespace>/<name> 的形式`,
  'seal.daysOld': ({ ageDays }: Args<'ageDays'>) => `已有 ${ageDays} 天`,
  'seal.default': ({ default_controller }: Args<'default_controller'>) => `默认为 ${default_controller}。`,
  'seal.dropNewlineEndValueOne': '去掉单行值末尾的换行',
  'seal.empty': '值为空。',
  'seal.emptyValuesNoneAllMeant': '允许空值或没有值',
  'seal.fromFile': '从文件读取',
  'seal.giveFromFilePathStandard': ({ keys }: Args<'keys'>) =>
    `请指定 --from-file ${keys}=<path>（- 表示标准输入）或 --generate ${keys}。`,
  'seal.giveManifestStandardInputFrom': ({ key }: Args<'key'>) =>
    `请给出清单（- 表示标准输入）、--from-file ${key}=<path> 或 --generate ${key}。`,
  'seal.giveName': '请指定 --name。',
  'seal.givePath': '请输入路径。',
  'seal.iTypePasteHidden': '由我输入或粘贴（不显示）',
  'seal.intoTakesOneSecretThere': ({ count }: Args<'count'>) =>
    `--into 只接受一个 Secret，这里有 ${count} 个`,
  'seal.judgeFormSealedsecretsAllApps': '检查 SealedSecret 的形式（所有应用或指定文件）；无需密钥',
  'seal.keyGivenTwice': ({ twice }: Args<'twice'>) => `键 ${twice} 指定了两次`,
  'seal.keyWhoseValueAskedHidden': '以隐藏方式询问其值的键',
  'seal.keysSeparatedCommas': '键名，以逗号分隔',
  'seal.leaveIntoOutEachGoes': '请去掉 --into：每个 Secret 会进入其命名空间对应的应用。',
  'seal.leaveLater': '以后再说',
  'seal.makeRandomOne32Characters': '随机生成 32 个字符',
  'seal.manifestSingleKeysCannotSealed': '清单和单个键不能在同一次运行中加密',
  'seal.nameMissingSecretNeedsOne': '缺少 --name：Secret 需要名称',
  'seal.nameNewSecret': '新 Secret 的名称',
  'seal.namespaceIfNoKustomizationSays': '其命名空间（若 kustomization 未指定）',
  'seal.noYamlFileRepository': ({ given }: Args<'given'>) => `${given} 不是仓库中的 YAML 文件`,
  'seal.nothingNamedSeal': ({ keys }: Args<'keys'>) => `未指定要加密的内容${keys}`,
  'seal.nowPinned': ({ configuration_file }: Args<'configuration_file'>) =>
    `现已固定在 ${configuration_file}`,
  'seal.pathFile': '文件路径',
  'seal.pinned': '与固定的一致',
  'seal.printResultWriteNothing': '只输出结果，不写文件',
  'seal.randomValue32SoMany': '随机值，默认 32 个字符，或指定长度',
  'seal.runOnceEach': '请逐个分别运行。',
  'seal.sealed': ({ what }: Args<'what'>) => `已加密 ${what}`,
  'seal.sealedsecretPutValuesIntoMade': '写入的 SealedSecret 文件；不存在则创建',
  'seal.sealedsecretsErrorsWellFormedWhether': ({
    checked,
    errors,
    value2,
  }: Args<'checked' | 'errors' | 'value' | 'value2'>) =>
    `${checked} 个 SealedSecret，${errors} 个错误：${value2}形式正确（能否解密只有集群知道）`,
  'seal.standardInputOneValueTwo': '标准输入只能提供一个值，而有两个键要用它',
  'seal.takeCertificateOtherThanPinned': '信任与固定证书不同的新证书：其 SHA-256 指纹',
  'seal.typeNewSecretSuchKubernetes': '新 Secret 的类型，例如 kubernetes.io/tls（默认 Opaque）',
  'seal.validUntil': ({ until }: Args<'until'>) => `有效期至 ${until}`,
  'seal.value': ({ key }: Args<'key'>) => `${key} 的值`,
  'seal.valueFromFileKeyReads': '从文件读取值；<key>=- 从标准输入读取',
  'seal.valuesMissingNobodyCanAsked': ({ keys }: Args<'keys'>) => `缺少以下值，且无法交互询问：${keys}`,
  'seal.valuesSecretGoIntoSealedsecret': ({ from, to }: Args<'from' | 'to'>) =>
    `按 --into 的指定，Secret ${from} 的值写入 SealedSecret ${to}`,
  'seal.waitsSoNotListedUnder': ({ keys }: Args<'keys'>) => `${keys} 尚待填写，因此还未列入 resources：`,
  'seal.whereControllerDefaultKubeSystem': '控制器所在（默认 kube-system/sealed-secrets-controller）',
  'seal.whereDoesValueComeFrom': ({ key }: Args<'key'>) => `${key}：值从哪里来？`,
  'seal.whichOneWaitsValues': '为哪一个填写值？',
  'seal.whichValueNew': '哪个值要更新？',
  'seal.whoMayOpenNameNamespace': '可解密范围：仅此名称、此命名空间或整个集群（默认 strict）',
  'seal.wouldSeal': ({ what }: Args<'what'>) => `将加密 ${what}`,
  'seal.filesOfNoApp': ({ count, first }: Args<'count' | 'first'>) =>
    `未检查：${count} 个含 SealedSecret 的文件不属于任何应用（首个：${first}）；指定文件即可检查`,
  'seal.keySizeNotCompared': '未比较密钥长度：这里没有证书',
  'seal.nothingChecked': '未检查任何内容：没有找到 SealedSecret',
} satisfies Translated<typeof en>;

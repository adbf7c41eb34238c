import type { Args, Translated } from '../args.ts';
import type { sealing as en } from '../en/sealing.ts';

export const sealing = {
  'sealing.allowEmpty': '如果确需如此，请加上 --allow-empty。',
  'sealing.cannotReadUrl': ({ from }: Args<'from'>) => `${from} 不是有效的 URL`,
  'sealing.certificateNotThePinnedOne': ({ fingerprint, expected }: Args<'fingerprint' | 'expected'>) =>
    `加密证书是 ${fingerprint}，而仓库固定的是 ${expected}`,
  'sealing.certificateNotTheTrustedOne': ({ fingerprint }: Args<'fingerprint'>) =>
    `证书是 ${fingerprint}，不是 --trust-new-cert 指定的那个`,
  'sealing.changeValuesWhereTheyUsed': ({ given }: Args<'given'>) =>
    `请先在使用处更换这些值，然后执行 git rm --cached ${given}，再加密新值。`,
  'sealing.checkClock': '请检查本机时钟。',
  'sealing.chooseOneName': '请用 --name 选择一个。',
  'sealing.compareBothWithCluster': '请将两者与集群中的证书核对。',
  'sealing.compareFingerprintThenTrust': ({ fingerprint }: Args<'fingerprint'>) =>
    `控制器每 30 天生成新密钥。请与集群中的指纹核对，然后：--trust-new-cert ${fingerprint}`,
  'sealing.convertDerToPem': '可用 openssl x509 -inform der -in <file> -out cert.pem 转换为 PEM。',
  'sealing.correctNamespaceChooseAnotherFile': '请更正命名空间，或用 --into 选择其他文件。',
  'sealing.expiredOn': ({ day }: Args<'day'>) => `已于 ${day} 过期`,
  'sealing.fetchRightCertificate':
    '请获取正确的证书：kubeseal --fetch-cert > cert.pem，或 slipway seal --from-cluster。',
  'sealing.fromFileNotKeyPath': ({ input }: Args<'input'>) => `--from-file ${input} 不是 <key>=<path> 的形式`,
  'sealing.generateNotKeyLength': ({ input }: Args<'input'>) =>
    `--generate ${input} 不是 <key>[:<length>] 的形式`,
  'sealing.gitClearWhoeverCanRead': ({ given }: Args<'given'>) =>
    `${given} 以明文存在于 git 中：任何能读取历史的人都已得到这些值`,
  'sealing.give': ({ flag }: Args<'flag'>) => `请指定 ${flag}。`,
  'sealing.giveAllValuesOneRun': '请在一次运行中给出它的所有值。',
  'sealing.giveCertFileHttpsFrom':
    '请指定 --cert <file|https://…>、--from-cluster，或在 .slipway/config.yaml 中设置 sealing.certificate。',
  'sealing.giveHttpsUrlFile': '请给出 https URL 或文件。',
  'sealing.giveKeyPathKeyReads': '请写成 <key>=<path>；<key>=- 表示从标准输入读取。',
  'sealing.giveLengthFrom8Such': ({ max_length }: Args<'max_length'>) =>
    `请给出 8 到 ${max_length} 之间的长度，例如 password:24。`,
  'sealing.hasKeyOfOtherType': ({ type }: Args<'type'>) => `的密钥类型是 ${type}；Sealed Secrets 使用 RSA`,
  'sealing.hasShortKey': ({ bits, least }: Args<'bits' | 'least'>) =>
    `的 RSA 密钥只有 ${bits} 位，少于 ${least} 位`,
  'sealing.holds': ({ names }: Args<'names'>) => `其中有：${names}。`,
  'sealing.holdsNoCertificate': '中没有证书',
  'sealing.holdsNoSealedSecret': ({ name }: Args<'name'>) => `中没有 SealedSecret${name}`,
  'sealing.holdsNoSecret': ({ file }: Args<'file'>) => `${file} 中没有 Secret`,
  'sealing.holdsPrivateKey': '含有私钥',
  'sealing.holdsSeveralCertificatesFirstUsed': ({ name }: Args<'name'>) =>
    `${name} 含多个证书；与 kubeseal 一样，使用第一个`,
  'sealing.holdsSeveralSealedSecrets': ({ names }: Args<'names'>) => `含有多个 SealedSecret：${names}`,
  'sealing.holdsUnreadableCertificate': '含有无法读取的证书',
  'sealing.ifMeantAddScope': ({ annotated }: Args<'annotated'>) =>
    `如果确需如此，请加上 --scope ${annotated}。`,
  'sealing.isBarePublicKey': '只是公钥，没有有效期信息',
  'sealing.isDerCertificate': '是 DER 格式的证书',
  'sealing.isEmpty': '为空',
  'sealing.isNotCertificateBut': ({ label }: Args<'label'>) => `不是证书，而是 ${label}`,
  'sealing.isNotValidBefore': ({ day }: Args<'day'>) => `在 ${day} 之前无效`,
  'sealing.isWebPage': '是网页，不是证书',
  'sealing.missing': ({ flag, why }: Args<'flag' | 'why'>) => `缺少 ${flag}：${why}`,
  'sealing.nameFileIntoPrintResult': '请用 --into 指定文件，或用 --stdout 输出结果。',
  'sealing.nameFileOne': '请指定其中一个应用的文件。',
  'sealing.newFileNeedsName': ({ file }: Args<'file'>) => `${file} 是新文件，因此 Secret 需要名称`,
  'sealing.noAppRepositoryHasNamespace': ({ namespace }: Args<'namespace'>) =>
    `仓库中没有使用命名空间 ${namespace} 的应用`,
  'sealing.noHttpsUrlSoAnybody': ({ from }: Args<'from'>) =>
    `${from} 不是 https URL，途中任何人都可能替换证书`,
  'sealing.noSha256Fingerprint': ({ input }: Args<'input'>) => `"${input}" 不是 SHA-256 指纹`,
  'sealing.noText': ({ where }: Args<'where'>) => `${where} 不是文本`,
  'sealing.noYamlJsonCanRead': ({ place }: Args<'place'>) => `${place}：不是可读取的 YAML 或 JSON`,
  'sealing.not': ({ file, scope, scope2 }: Args<'file' | 'scope' | 'scope2'>) =>
    `${file} 的作用域是 ${scope}，不是 ${scope2}`,
  'sealing.notBase64': ({ where }: Args<'where'>) => `${where} 不是 base64`,
  'sealing.notSecret': ({ place, what }: Args<'place' | 'what'>) => `${place} 是 ${what}，不是 Secret`,
  'sealing.openWhereValuesGo': '尚不清楚值应写到哪里',
  'sealing.opensslX509CertPemNoout': '可用 openssl x509 -in cert.pem -noout -fingerprint -sha256 输出指纹。',
  'sealing.pinsSealingCertificate': '固定加密证书',
  'sealing.putQuotes': '请加上引号。',
  'sealing.putTextUnderStringdataInstead': '文本请改放在 stringData 下。',
  'sealing.rotateKey': '持有它的人能解密所有 Secret：请在集群中轮换密钥。',
  'sealing.scopeNone': ({ input, scopes }: Args<'input' | 'scopes'>) =>
    `--scope ${input} 不在可选值 ${scopes} 之中`,
  'sealing.scopeWouldNotOpen': ({ file, scope, scope2, left }: Args<'file' | 'scope' | 'scope2' | 'left'>) =>
    `${file} 的作用域是 ${scope}；使用 --scope ${scope2} 时无法解密 ${left}`,
  'sealing.sealAllValuesAgainOne': '请在一次运行中重新加密其所有值，或去掉 --scope。',
  'sealing.sealed': ({ names }: Args<'names'>) => `已加密：${names}`,
  'sealing.sealedNowMustSealedAgain': ({
    file,
    namespace,
    name,
    namespace2,
    name2,
    left,
  }: Args<'file' | 'namespace' | 'name' | 'namespace2' | 'name2' | 'left'>) =>
    `${file} 原为 ${namespace}/${name} 加密，现为 ${namespace2}/${name2}：${left} 也必须重新加密`,
  'sealing.sealingCertificateDaysOldController': ({ ageDays }: Args<'ageDays'>) =>
    `加密证书已有 ${ageDays} 天，控制器之后已生成更新的证书；它仍然可用`,
  'sealing.secretAnnotatedWhichLetsMore': ({ annotated }: Args<'annotated'>) =>
    `Secret 带有注解 ${annotated}，这样不止一处能够解密它`,
  'sealing.secretBoundToNamespace': ({ scope }: Args<'scope'>) =>
    `作用域为 ${scope} 的 Secret 绑定到命名空间，而没有 kustomization 设置它`,
  'sealing.secretHasNoMetadataName': ({ place }: Args<'place'>) => `${place}：Secret 缺少 metadata.name`,
  'sealing.secretHasNoValues': 'Secret 中没有值',
  'sealing.secretNamesNoNamespace': ({ name }: Args<'name'>) => `Secret ${name} 未指明命名空间`,
  'sealing.secretNamespaceButLands': ({ given, file, placed }: Args<'given' | 'file' | 'placed'>) =>
    `Secret 属于命名空间 ${given}，但 ${file} 会部署到 ${placed}`,
  'sealing.severalAppsHaveNamespace': ({ namespace, apps }: Args<'namespace' | 'apps'>) =>
    `多个应用使用命名空间 ${namespace}：${apps}`,
  'sealing.splitIntoSeveralSecrets': '请拆分为多个 Secret。',
  'sealing.takeAnnotationsOutHandObject':
    '请手动移除对象本身及 spec.template 上的作用域注解，然后重新加密其所有值。',
  'sealing.thereNoCertificateSeal': '没有可用于加密的证书',
  'sealing.valueEmpty': ({ empty }: Args<'empty'>) => `${empty} 的值为空`,
  'sealing.valueEndsNewlineWhichKept': ({ names }: Args<'names'>) =>
    `${names} 的值以换行结尾，已保留（--trim-newline 可去掉）`,
  'sealing.valuesBytesTogetherMoreThan': ({ bytes }: Args<'bytes'>) =>
    `这些值共 ${bytes} 字节，超过 Secret 的 1 MiB 上限`,
} satisfies Translated<typeof en>;

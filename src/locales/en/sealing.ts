import type { Args, Plural } from '../args.ts';

export const sealing = {
  'sealing.allowEmpty': 'If that is meant, add --allow-empty.',
  'sealing.cannotReadUrl': ({ from }: Args<'from'>) => `${from} cannot be read as a URL`,
  'sealing.certificateNotThePinnedOne': ({ fingerprint, expected }: Args<'fingerprint' | 'expected'>) =>
    `the sealing certificate is ${fingerprint}, but the repository pins ${expected}`,
  'sealing.certificateNotTheTrustedOne': ({ fingerprint }: Args<'fingerprint'>) =>
    `the certificate is ${fingerprint}, not the one that --trust-new-cert names`,
  'sealing.changeValuesWhereTheyUsed': ({ given }: Args<'given'>) =>
    `Change the values where they are used, then git rm --cached ${given}, and seal the new ones.`,
  'sealing.checkClock': 'Check the clock of this machine.',
  'sealing.chooseOneName': 'Choose one with --name.',
  'sealing.compareBothWithCluster': 'Compare both with the certificate of the cluster.',
  'sealing.compareFingerprintThenTrust': ({ fingerprint }: Args<'fingerprint'>) =>
    `The controller makes a new key every 30 days. Compare the fingerprint with the cluster's, then: --trust-new-cert ${fingerprint}`,
  'sealing.convertDerToPem': 'Convert it to PEM with openssl x509 -inform der -in <file> -out cert.pem.',
  'sealing.correctNamespaceChooseAnotherFile': 'Correct the namespace, or choose another file with --into.',
  'sealing.expiredOn': ({ day }: Args<'day'>) => `expired on ${day}`,
  'sealing.fetchRightCertificate':
    'Get the right one: kubeseal --fetch-cert > cert.pem, or slipway seal --from-cluster.',
  'sealing.fromFileNotKeyPath': ({ input }: Args<'input'>) => `--from-file ${input} is not <key>=<path>`,
  'sealing.generateNotKeyLength': ({ input }: Args<'input'>) => `--generate ${input} is not <key>[:<length>]`,
  'sealing.gitClearWhoeverCanRead': ({ given }: Args<'given'>) =>
    `${given} is in git in plaintext: whoever can read the history has its values`,
  'sealing.give': ({ flag }: Args<'flag'>) => `Give ${flag}.`,
  'sealing.giveAllValuesOneRun': 'Give all of its values in one run.',
  'sealing.giveCertFileHttpsFrom':
    'Give --cert <file|https://…>, --from-cluster, or set sealing.certificate in .slipway/config.yaml.',
  'sealing.giveHttpsUrlFile': 'Give an https URL or a file.',
  'sealing.giveKeyPathKeyReads': 'Give <key>=<path>; <key>=- reads stdin.',
  'sealing.giveLengthFrom8Such': ({ max_length }: Args<'max_length'>) =>
    `Give a length from 8 to ${max_length}, such as password:24.`,
  'sealing.hasKeyOfOtherType': ({ type }: Args<'type'>) =>
    `has a key of type ${type}; Sealed Secrets uses RSA`,
  'sealing.hasShortKey': ({ bits, least }: Args<'bits' | 'least'>) =>
    `has an RSA key of ${bits} bits, fewer than ${least}`,
  'sealing.holds': ({ names }: Args<'names'>) => `It contains ${names}.`,
  'sealing.holdsNoCertificate': 'holds no certificate',
  'sealing.holdsNoSealedSecret': ({ name }: Args<'name'>) => `holds no SealedSecret${name}`,
  'sealing.holdsNoSecret': ({ file }: Args<'file'>) => `${file} contains no Secret`,
  'sealing.holdsPrivateKey': 'holds a private key',
  'sealing.holdsSeveralCertificatesFirstUsed': ({ name }: Args<'name'>) =>
    `${name} holds several certificates; the first is used, as kubeseal does`,
  'sealing.holdsSeveralSealedSecrets': ({ names }: Args<'names'>) => `holds several SealedSecrets: ${names}`,
  'sealing.holdsUnreadableCertificate': 'holds a certificate that cannot be read',
  'sealing.ifMeantAddScope': ({ annotated }: Args<'annotated'>) =>
    `If that is meant, add --scope ${annotated}.`,
  'sealing.isBarePublicKey': 'is a bare public key, which says nothing about its validity',
  'sealing.isDerCertificate': 'is a certificate in DER form',
  'sealing.isEmpty': 'is empty',
  'sealing.isNotCertificateBut': ({ label }: Args<'label'>) => `is not a certificate but a ${label}`,
  'sealing.isNotValidBefore': ({ day }: Args<'day'>) => `is not valid before ${day}`,
  'sealing.isWebPage': 'is a web page, not a certificate',
  'sealing.missing': ({ flag, why }: Args<'flag' | 'why'>) => `${flag} is missing: ${why}`,
  'sealing.nameFileIntoPrintResult': 'Name a file with --into, or print the result with --stdout.',
  'sealing.nameFileOne': 'Name the file of one.',
  'sealing.newFileNeedsName': ({ file }: Args<'file'>) => `${file} is new, so the Secret needs a name`,
  'sealing.noAppRepositoryHasNamespace': ({ namespace }: Args<'namespace'>) =>
    `no app of the repository has the namespace ${namespace}`,
  'sealing.noHttpsUrlSoAnybody': ({ from }: Args<'from'>) =>
    `${from} is not an https URL, so anybody on the way could swap the certificate`,
  'sealing.noSha256Fingerprint': ({ input }: Args<'input'>) => `"${input}" is not a SHA-256 fingerprint`,
  'sealing.noText': ({ where }: Args<'where'>) => `${where} is not text`,
  'sealing.noYamlJsonCanRead': ({ place }: Args<'place'>) => `${place}: not readable as YAML or JSON`,
  'sealing.not': ({ file, scope, scope2 }: Args<'file' | 'scope' | 'scope2'>) =>
    `${file} is ${scope}, not ${scope2}`,
  'sealing.notBase64': ({ where }: Args<'where'>) => `${where} is not base64`,
  'sealing.notSecret': ({ place, what }: Args<'place' | 'what'>) => `${place} is ${what}, not a Secret`,
  'sealing.openWhereValuesGo': 'it is open where the values go',
  'sealing.opensslX509CertPemNoout': 'Print one with openssl x509 -in cert.pem -noout -fingerprint -sha256.',
  'sealing.pinsSealingCertificate': 'pins the sealing certificate',
  'sealing.putQuotes': 'Put it in quotes.',
  'sealing.putTextUnderStringdataInstead': 'Put text under stringData instead.',
  'sealing.rotateKey': 'Whoever has it opens every secret: rotate the key in the cluster.',
  'sealing.scopeNone': ({ input, scopes }: Args<'input' | 'scopes'>) =>
    `--scope ${input} is not one of ${scopes}`,
  'sealing.scopeWouldNotOpen': ({ file, scope, scope2, left }: Args<'file' | 'scope' | 'scope2' | 'left'>) =>
    `${file} is ${scope}; with --scope ${scope2} it would not open ${left}`,
  'sealing.sealAllValuesAgainOne': 'Seal all of its values again in one run, or leave --scope out.',
  'sealing.sealed': ({ names }: Args<'names'>) => `sealed: ${names}`,
  'sealing.sealedNowMustSealedAgain': ({
    file,
    namespace,
    name,
    namespace2,
    name2,
    left,
  }: Args<'file' | 'namespace' | 'name' | 'namespace2' | 'name2' | 'left'>) =>
    `${file} was sealed for ${namespace}/${name} and is now ${namespace2}/${name2}: ${left} must be sealed again too`,
  'sealing.sealingCertificateDaysOldController': ({ ageDays }: Args<'ageDays'>, plural: Plural) =>
    `the sealing certificate is ${plural(ageDays, 'day')} old, and the controller has made newer ones since; it still works`,
  'sealing.secretAnnotatedWhichLetsMore': ({ annotated }: Args<'annotated'>) =>
    `the Secret is annotated ${annotated}, which lets more than one place open it`,
  'sealing.secretBoundToNamespace': ({ scope }: Args<'scope'>) =>
    `a ${scope} Secret is bound to one, and no kustomization sets it`,
  'sealing.secretHasNoMetadataName': ({ place }: Args<'place'>) =>
    `${place}: the Secret has no metadata.name`,
  'sealing.secretHasNoValues': 'the Secret has no values',
  'sealing.secretNamesNoNamespace': ({ name }: Args<'name'>) => `the Secret ${name} names no namespace`,
  'sealing.secretNamespaceButLands': ({ given, file, placed }: Args<'given' | 'file' | 'placed'>) =>
    `the Secret is for the namespace ${given}, but ${file} lands in ${placed}`,
  'sealing.severalAppsHaveNamespace': ({ namespace, apps }: Args<'namespace' | 'apps'>) =>
    `several apps have the namespace ${namespace}: ${apps}`,
  'sealing.splitIntoSeveralSecrets': 'Split it into several Secrets.',
  'sealing.takeAnnotationsOutHandObject':
    'Remove its annotations by hand, on the object and on spec.template, then seal all of its values again.',
  'sealing.thereNoCertificateSeal': 'there is no certificate to seal with',
  'sealing.valueEmpty': ({ empty }: Args<'empty'>) => `the value of ${empty} is empty`,
  'sealing.valueEndsNewlineWhichKept': ({ names }: Args<'names'>) =>
    `the value of ${names} ends with a newline, which is kept (--trim-newline drops it)`,
  'sealing.valuesBytesTogetherMoreThan': ({ bytes }: Args<'bytes'>) =>
    `the values are ${bytes} bytes together, more than the 1 MiB that a Secret holds`,
};

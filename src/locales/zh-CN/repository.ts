import type { Args, Translated } from '../args.ts';
import type { repository as en } from '../en/repository.ts';

export const repository = {
  'repository.didYouMeanApp': ({ near }: Args<'near'>) => `是否想输入 ${near}？`,
  'repository.absolutePath': '是绝对路径',
  'repository.cannot': ({ input, what, problem }: Args<'input' | 'what' | 'problem'>) =>
    `"${input}" cannot be ${what}: it ${problem}`,
  'repository.cannot2': ({ input, what }: Args<'input' | 'what'>) => `"${input}" cannot be ${what}`,
  'repository.cannotReadUrl': '无法解析为 URL',
  'repository.didYouMean': ({ near }: Args<'near'>) => `Did you mean ${near}?`,
  'repository.doesNotBeginHttpsHttp': '不是以 https://、http:// 或 oci:// 加主机名开头',
  'repository.fetchContentGitLfsPull': 'Fetch the content with git lfs pull.',
  'repository.fetchContentGitLfsPull2':
    'Fetch the content with git lfs pull, or keep values files out of Git LFS.',
  'repository.give': ({ rule }: Args<'rule'>) => `Give ${rule}.`,
  'repository.giveRegistryRepositoryTagSha256':
    'Give [registry/]repository[:tag][@sha256:…], the repository in lower case.',
  'repository.giveValuesFileChart': 'Give the values file of a chart.',
  'repository.holdsCharactersNoPathShould': '含有路径不应有的字符',
  'repository.holdsLoginWhichEverybodyWho': '含有登录信息，能读取本仓库的人都会看到',
  'repository.holdsSpaceAnotherCharacterNo': '含有空格或地址中不允许的字符',
  'repository.ifOverrideUnderSlipwayTemplates':
    'If it is an override under .slipway/templates/, mend or remove it.',
  'repository.knownHere': ({ known }: Args<'known'>) => `Known here: ${known}.`,
  'repository.kustomizationMap': ({ path }: Args<'path'>) => `${path}: a kustomization is a map`,
  'repository.leadsOutRepository': '指向仓库之外',
  'repository.lists': ({ item }: Args<'item'>) => `列入 ${item}`,
  'repository.longerThanCharacters': ({ max_length }: Args<'max_length'>) => `超过 ${max_length} 个字符`,
  'repository.must': ({
    configuration_file,
    where,
    expected,
  }: Args<'configuration_file' | 'where' | 'expected'>) =>
    `${configuration_file}: ${where} must be ${expected}`,
  'repository.nameOneEnvironmentApp': 'Name one as <environment>/<app>.',
  'repository.noPathFileRepository': '不是仓库内文件的路径',
  'repository.noSettingRepository': ({ configuration_file, where }: Args<'configuration_file' | 'where'>) =>
    `${configuration_file}: ${where} is no setting of a repository`,
  'repository.notContainerImage': ({ input }: Args<'input'>) => `"${input}" is not a container image`,
  'repository.pointerGitLfsNotKustomization': ({ path }: Args<'path'>) =>
    `${path} is a pointer of Git LFS, not a kustomization`,
  'repository.pointerGitLfsNotValues': ({ name }: Args<'name'>) =>
    `${name} is a pointer of Git LFS, not the values themselves`,
  'repository.repositoryNoAddress': ({ chart, problem }: Args<'chart' | 'problem'>) =>
    `the repository of ${chart} is no address: ${problem}`,
  'repository.severalAppsNamed': ({ word, byName }: Args<'word' | 'byName'>) =>
    `several apps are named ${word}: ${byName}`,
  'repository.startApiversionKind': 'Start it with apiVersion and kind.',
  'repository.template': ({ name, reason }: Args<'name' | 'reason'>) => `template ${name}: ${reason}`,
  'repository.thereNoApp': ({ word }: Args<'word'>) => `there is no app ${word}`,
  'repository.valuesMustMap': ({ name }: Args<'name'>) => `${name}: values must be a map`,
  'repository.writeHttpsHostPathOci':
    'Write https://HOST/PATH or oci://HOST/PATH; a login belongs to helm repo add or helm registry login.',
} satisfies Translated<typeof en>;

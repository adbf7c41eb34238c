import type { Args, Translated } from '../args.ts';
import type { repository as en } from '../en/repository.ts';

export const repository = {
  'repository.absolutePath': '是绝对路径',
  'repository.cannot': ({ input, what, problem }: Args<'input' | 'what' | 'problem'>) =>
    `"${input}" 不能用作${what}：${problem}`,
  'repository.cannot2': ({ input, what }: Args<'input' | 'what'>) => `"${input}" 不能用作${what}`,
  'repository.cannotReadUrl': '无法解析为 URL',
  'repository.didYouMean': ({ near }: Args<'near'>) => `是否想输入 ${near}？`,
  'repository.doesNotBeginHttpsHttp': '不是以 https://、http:// 或 oci:// 加主机名开头',
  'repository.fetchContentGitLfsPull': '请用 git lfs pull 获取内容。',
  'repository.fetchContentGitLfsPull2': '请用 git lfs pull 获取内容，或不要用 Git LFS 存放 values 文件。',
  'repository.give': ({ rule }: Args<'rule'>) => `请给出${rule}。`,
  'repository.giveRegistryRepositoryTagSha256':
    '请写成 [registry/]repository[:tag][@sha256:…]，其中 repository 用小写。',
  'repository.giveValuesFileChart': '请给出 chart 的 values 文件。',
  'repository.holdsCharactersNoPathShould': '含有路径不应有的字符',
  'repository.holdsLoginWhichEverybodyWho': '含有登录信息，能读取本仓库的人都会看到',
  'repository.holdsSpaceAnotherCharacterNo': '含有空格或地址中不允许的字符',
  'repository.ifOverrideUnderSlipwayTemplates':
    '如果它是 .slipway/templates/ 下的自定义模板，请修复或删除它。',
  'repository.knownHere': ({ known }: Args<'known'>) => `这里已知：${known}。`,
  'repository.kustomizationMap': ({ path }: Args<'path'>) => `${path}：kustomization 必须是映射`,
  'repository.leadsOutRepository': '指向仓库之外',
  'repository.lists': ({ item }: Args<'item'>) => `列入 ${item}`,
  'repository.longerThanCharacters': ({ max_length }: Args<'max_length'>) => `超过 ${max_length} 个字符`,
  'repository.must': ({
    configuration_file,
    where,
    expected,
  }: Args<'configuration_file' | 'where' | 'expected'>) =>
    `${configuration_file}：${where} 必须是${expected}`,
  'repository.nameOneEnvironmentApp': '请以 <environment>/<app> 的形式指定一个。',
  'repository.noPathFileRepository': '不是仓库内文件的路径',
  'repository.noSettingRepository': ({ configuration_file, where }: Args<'configuration_file' | 'where'>) =>
    `${configuration_file}：${where} 不是仓库的配置项`,
  'repository.notContainerImage': ({ input }: Args<'input'>) => `"${input}" 不是容器镜像`,
  'repository.pointerGitLfsNotKustomization': ({ path }: Args<'path'>) =>
    `${path} 是 Git LFS 指针文件，不是 kustomization`,
  'repository.pointerGitLfsNotValues': ({ name }: Args<'name'>) =>
    `${name} 是 Git LFS 指针文件，不是 values 本身`,
  'repository.repositoryNoAddress': ({ chart, problem }: Args<'chart' | 'problem'>) =>
    `${chart} 的仓库不是有效地址：${problem}`,
  'repository.severalAppsNamed': ({ word, byName }: Args<'word' | 'byName'>) =>
    `有多个名为 ${word} 的应用：${byName}`,
  'repository.startApiversionKind': '请以 apiVersion 和 kind 开头。',
  'repository.template': ({ name, reason }: Args<'name' | 'reason'>) => `模板 ${name}：${reason}`,
  'repository.thereNoApp': ({ word }: Args<'word'>) => `没有应用 ${word}`,
  'repository.valuesMustMap': ({ name }: Args<'name'>) => `${name}：values 必须是映射`,
  'repository.writeHttpsHostPathOci':
    '请写成 https://HOST/PATH 或 oci://HOST/PATH；登录信息请用 helm repo add 或 helm registry login 提供。',
} satisfies Translated<typeof en>;

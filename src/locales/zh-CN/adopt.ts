import type { Args, Translated } from '../args.ts';
import type { adopt as en } from '../en/adopt.ts';

export const adopt = {
  'adopt.summary': '把覆盖值变为默认值的完整副本，渲染结果不变',
  'adopt.usage': '<应用…> [参数]',
  'adopt.noChart': ({ app }: Args<'app'>) => `${app} 没有使用任何 chart`,
  'adopt.noFile': ({ name, place }: Args<'name' | 'place'>) =>
    `${name} 的 values 最低一层位于 ${place}，由其交付方式保存在那里，放不下完整副本`,
  'adopt.giveFile':
    '请为该 release 在其下提供一个 values 文件（由文件生成的 ConfigMap，或 `valueFiles`），或保留覆盖值。',
  'adopt.saysOther': ({ name, path }: Args<'name' | 'path'>) => `${name} 的完整副本在 ${path} 处的含义会不同`,
  'adopt.nameTaken': ({ file }: Args<'file'>) => `${file} 已存在，且不是该 chart 的 values 文件`,
  'adopt.moveAway': '请将其移走或改名，然后重新运行。',
  'adopt.copy': '默认值的完整副本',
  'adopt.foldedIn': '已并入完整副本',
  'adopt.pointsThere': '指向完整副本',
  'adopt.foldedFrom': ({ chart, file, places }: Args<'chart' | 'file' | 'places'>) =>
    `${chart}：${file} 是完整副本，来自 ${places}`,
  'adopt.plainDefaults': ({ chart, file }: Args<'chart' | 'file'>) =>
    `${chart}：${file} 是默认值的完整副本，没有任何差异`,
  'adopt.stays': ({ places }: Args<'places'>) => `保留在交付方式存放的位置，覆盖在副本之上：${places}`,
  'adopt.done': '完整副本已写入。',
  'adopt.would': '将写入完整副本。',
  'adopt.nothing': '无需更改：每个 values 文件都已是完整副本。',
  'minimize.summary': '把完整副本精简为与默认值不同的部分，渲染结果不变',
  'minimize.prove': '同时去掉不影响渲染结果的值（每个 chart 最多渲染 200 次）',
  'minimize.overridesOnly': '仅保留与默认值不同的部分',
  'minimize.linesNow': ({ chart, file, before, after }: Args<'chart' | 'file' | 'before' | 'after'>) =>
    `${chart}：${file}，${before} → ${after} 行`,
  'minimize.dropped': ({ paths }: Args<'paths'>) => `已去掉，因为不影响渲染结果：${paths}`,
  'minimize.done': '现在只剩与默认值不同的部分。',
  'minimize.would': '将只剩与默认值不同的部分。',
  'minimize.nothing': '无需更改：values 只包含与默认值不同的部分。',
  'adopt.release': '正在运行的 Helm release 的名称：据此创建一个应用',
  'adopt.values': '其 values，即 `helm get values <release> -o yaml` 的输出；- 表示读取标准输入',
  'adopt.chart': '安装它所用的 chart',
  'adopt.version': '正在运行的确切版本',
  'adopt.namespace': '它所在的命名空间，也就是应用的名称',
  'adopt.audit': '指出每个副本实际源自哪个已发布版本；不写入任何内容',
  'adopt.releaseNeeds': ({ flags }: Args<'flags'>) => `release 需要 ${flags}`,
  'adopt.getValues': ({ release }: Args<'release'>) =>
    `helm list 会显示 chart 与版本；helm get values ${release} -o yaml > values.yaml 可导出其 values。`,
  'adopt.namespaceIsName': ({ name, namespace }: Args<'name' | 'namespace'>) =>
    `应用 ${name} 将运行在命名空间 ${name}，而该 release 运行在 ${namespace}`,
  'adopt.nameAppAsNamespace': ({ namespace }: Args<'namespace'>) =>
    `请用命名空间的名称命名应用：slipway adopt ${namespace} --release …`,
  'adopt.adoptByName': ({ app }: Args<'app'>) => `仓库中已有的应用请按名称处理：slipway adopt ${app}`,
  'adopt.stemsRight': ({ name, version, file }: Args<'name' | 'version' | 'file'>) =>
    `${file} 与 ${name} ${version} 的默认值最接近，符合预期`,
  'adopt.stemsOther': ({
    name,
    version,
    file,
    nearest,
    count,
  }: Args<'name' | 'version' | 'file' | 'nearest' | 'count'>) =>
    `${file} 源自 ${name} ${nearest}（有 ${count} 个自有值），而固定的版本是 ${version}`,
  'adopt.isNoCopy': ({ name, file }: Args<'name' | 'file'>) => `${file} 不是 ${name} 的完整副本，而是覆盖值`,
  'adopt.lookedAt': ({ versions, of }: Args<'versions' | 'of'>) =>
    `查看了 ${of} 个版本中与固定版本相邻的 ${versions} 个`,
  'adopt.mergeFromThere':
    '请从其源自的版本更新此类副本：用 slipway merge-values，并以该版本的默认值作为 --base。',
} satisfies Translated<typeof en>;

import type { schema as en } from '../en/schema.ts';
import type { Translated } from '../args.ts';

export const schema: Translated<typeof en> = {
  'schema.andMore': ({ count }) => `；另有 ${count} 处`,
  'schema.broken': ({ path, rule }) => `${path} ${rule}`,
  'schema.brokenAt': ({ place, path, rule }) => `${place}：${path} ${rule}`,
  'schema.brokenDefault': ({ path, rule }) => `chart 自带的默认值 ${path} ${rule}`,
  'schema.isMissing': '缺失，而该 chart 要求必须有',
  'schema.keepTo': '请遵守该 chart 的 values.schema.json，否则 helm 拒绝渲染。',
  'schema.must': ({ keyword, value }) => `不满足 "${keyword}"：${value}`,
  'schema.mustBeOneOf': ({ value }) => `必须是 ${value} 之一`,
  'schema.mustBeOfType': ({ value }) => `类型必须是 ${value}`,
  'schema.mustEqual': ({ value }) => `必须等于 ${value}`,
  'schema.mustMatch': ({ value }) => `必须匹配模式 ${value}`,
  'schema.notAllowed': '不是该 chart 在此处允许的键',
  'schema.notJudged': ({ file, reason }) => `未按 ${file} 校验：${reason}`,
  'schema.notWhole': ({ file, reason }) => `未按完整的 ${file} 校验：${reason}`,
  'schema.reasonChart': ({ reason }) => `其中的某个 chart 无法读取（${reason}）`,
  'schema.reasonLimit': '所需的时间或内存超出了 schema 的上限',
  'schema.reasonOpaque': ({ what }) => `此处没有 ${what}`,
  'schema.reasonOutside': ({ reference }) => `它引用了 ${reference}，而这里不下载任何内容`,
  'schema.reasonPattern': ({ pattern }) => `它的模式 ${pattern} 无法读取`,
  'schema.reasonRecursion': '它无休止地引用自身',
  'schema.reasonSize': '它超出了 schema 的大小上限',
  'schema.reasonSwitchedOff': '该 release 关闭了 schema 校验',
  'schema.reasonUnusable': '它不是可用的 JSON Schema',
  'schema.refused': ({ chart, broken, more }) => `${chart} 的 schema 拒绝这些值：${broken}${more}`,
};

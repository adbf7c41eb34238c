import type { Args, Translated } from '../args.ts';
import type { text as en } from '../en/text.ts';

export const text = {
  'text.aboutSubject': ({ subject, problem }: Args<'subject' | 'problem'>) => `${subject}：${problem}`,
  'text.containsNul': '含有 NUL 字符',
  'text.endsWithDotOrSpace': '以点或空格结尾，Windows 会将其去掉',
  'text.hasForbiddenCharacter': '含有 Windows 禁止的字符',
  'text.hasInvisibleCharacters': '含有不可见字符',
  'text.hasSlash': '含有斜杠',
  'text.isDeviceName': '是 Windows 的设备名',
  'text.isEmpty': '为空',
  'text.isGitFolder': '是 git 自身的文件夹',
  'text.isLongerThan': ({ bytes }: Args<'bytes'>) => `超过 ${bytes} 字节`,
  'text.isNotUnicode': '不是有效的 Unicode',
  'text.isNotUtf8': '不是 UTF-8 文本',
  'text.isSlipwayFolder': '是 slipway 自身的文件夹',
  'text.isUtf16': '编码为 UTF-16',
  'text.leadsIntoGitFolder': '指向 git 自身的文件夹',
  'text.leadsOutsideRepository': '指向仓库之外',
  'text.pointsToFolder': '指向文件夹本身，而不是其中的内容',
  'text.saveUtf8': '请保存为 UTF-8。',
  'text.subjectWithPredicate': ({ subject, predicate }: Args<'subject' | 'predicate'>) =>
    `${subject} ${predicate}`,
} satisfies Translated<typeof en>;

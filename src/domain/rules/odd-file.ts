import type { OddFile } from '../check/app-facts.ts';
import type { AppRule } from '../check/rule.ts';
import type { Text } from '../language.ts';

const KINDS = {
  link: {
    en: 'is a symbolic link',
    'zh-CN': '是符号链接',
  },
  special: { en: 'is no regular file', 'zh-CN': '不是普通文件' },
  'too-big': { en: 'is too large to be read', 'zh-CN': '过大，无法读取' },
  'not-text': { en: 'is no UTF-8 text', 'zh-CN': '不是 UTF-8 文本' },
} as const satisfies Record<OddFile['kind'], Text>;

/** Argo CD refuses links that lead out of a repository; slipway follows none. */
export const oddFile: AppRule = {
  scope: 'app',
  severity: 'error',
  title: { en: 'an app consists of plain text files', 'zh-CN': '应用目录只能包含普通文本文件' },
  check: ({ oddFiles }) =>
    oddFiles.map(({ file, kind, detail }) => ({
      file,
      line: 1,
      column: 1,
      message: { en: `${KINDS[kind].en}${detail}`, 'zh-CN': `${KINDS[kind]['zh-CN']}${detail}` },
      hint: { en: 'put a plain file in its place', 'zh-CN': '换成普通文件' },
    })),
};

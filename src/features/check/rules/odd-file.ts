import type { AppFacts, OddFile } from '../facts/app-facts.ts';
import type { Remark } from '../finding.ts';
import type { AppRule } from '../rule.ts';
import { isRecord } from '../../../data/fields.ts';
import type { Text } from '../../../text/language.ts';

const KINDS = {
  link: {
    en: 'is a symbolic link',
    'zh-CN': '是符号链接',
  },
  special: { en: 'is no regular file', 'zh-CN': '不是普通文件' },
  'too-big': { en: 'is too large to be read', 'zh-CN': '过大，无法读取' },
  unreadable: { en: 'cannot be read', 'zh-CN': '无法读取' },
  'lfs-pointer': {
    en: 'is a pointer of Git LFS, not the content: git lfs pull fetches it',
    'zh-CN': '是 Git LFS 指针而非内容：用 git lfs pull 获取',
  },
  'not-text': { en: 'is no UTF-8 text', 'zh-CN': '不是 UTF-8 文本' },
} as const satisfies Record<OddFile['kind'], Text>;

/** Argo CD refuses links that lead out of a repository; slipway follows none. */
export const oddFile: AppRule = {
  scope: 'app',
  severity: 'error',
  title: {
    en: 'an app consists of plain text files, and values are maps',
    'zh-CN': '应用目录只能包含普通文本文件，values 是映射',
  },
  check: facts => [...facts.oddFiles.map(oddRemark), ...valuesFilesThatAreNoMap(facts)],
};

function oddRemark({ file, kind, detail }: OddFile): Remark {
  return {
    file,
    line: 1,
    column: 1,
    message: { en: `${KINDS[kind].en}${detail}`, 'zh-CN': `${KINDS[kind]['zh-CN']}${detail}` },
    hint: { en: 'put a plain file in its place', 'zh-CN': '换成普通文件' },
  };
}

/** Helm refuses these, and kustomize may take the chart's defaults instead. */
function valuesFilesThatAreNoMap({ valuesFiles, yaml }: AppFacts): Remark[] {
  return [...valuesFiles].flatMap(file => {
    const root = yaml(file)?.documents[0];
    if (root === undefined || root === null || isRecord(root)) return [];
    return [
      {
        file,
        line: 1,
        column: 1,
        message: { en: 'holds values that are no map', 'zh-CN': '其中的值不是映射' },
        hint: { en: 'write values as key: value', 'zh-CN': '以“键: 值”书写' },
      },
    ];
  });
}

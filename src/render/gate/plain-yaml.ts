import { isUtf8 } from 'node:buffer';
import { type LocatedYaml, readLocated } from '../../yaml/read.ts';
import type { Text } from '../../text/language.ts';

export type PlainYaml = { yaml: LocatedYaml; problem?: undefined } | { yaml?: undefined; problem: Text };

/** Merge keys, whose order parsers disagree about; as a key only, since `cat <<EOF` is none. */
const MERGE_KEY = /(?:^|[\s{,?[])<<\s*:(?:\s|$)|\?\s*<<\s*(?:$|\n)|!!merge/m;
/** Line ends to YAML 1.1, which kustomize reads, and none to YAML 1.2. */
const OLD_LINE_END = /[\u0085\u2028\u2029]/;
const DIRECTIVE = /^%/m;

/**
 * YAML that every parser reads the same way: what is judged here is what kustomize will do.
 */
export function readPlainYaml(bytes: Uint8Array): PlainYaml {
  if (!isUtf8(bytes)) return refused('is not UTF-8 text', '不是 UTF-8 文本');
  const text = Buffer.from(bytes).toString('utf8');
  if (MERGE_KEY.test(text)) return refused('has a merge key (<<)', '含有合并键（<<）');
  if (OLD_LINE_END.test(text)) return refused('has line ends of YAML 1.1', '含有 YAML 1.1 的换行符');
  if (DIRECTIVE.test(text)) return refused('has a YAML directive', '含有 YAML 指令');
  const result = readLocated(text);
  const problem = result.status === 'read' ? result.yaml.dataProblem : result.problem;
  if (result.status === 'read' && !problem) return { yaml: result.yaml };
  return refused(`cannot be read: ${problem?.reason.en}`, `无法读取：${problem?.reason['zh-CN']}`);
}

function refused(en: string, zh: string): PlainYaml {
  return { problem: { en, 'zh-CN': zh } };
}

import { lineColumn } from '../../yaml/read.ts';
import type { Finding } from './finding.ts';
import type { SourceLocation } from '../../repository/source-location.ts';

/** A `# slipway-ignore: <code> <reason>` in a file. */
export type Suppression = {
  place: SourceLocation;
  code: string;
  /** Empty where none is given: then it silences nothing. */
  reason: string;
  /** The line that it stands for; undefined at the top of a file, where it stands for all of it. */
  line: number | undefined;
};

/** A suppression after the run. */
export type JudgedSuppression = Suppression & {
  isKnown: boolean;
  isUsed: boolean;
  /** The rule ran: one that did not cannot tell. */
  mayBeUsed: boolean;
};

const MARK = 'slipway-ignore:';
const COMMENT = /#[ \t]*slipway-ignore:([^\n]*)/g;

/** Every suppression of a text. The comment stands behind what it silences, or on lines of its own right above. */
export function suppressionsIn(file: string, text: string): Suppression[] {
  if (!text.includes(MARK)) return [];
  const lines = text.split('\n');
  const firstContent = lines.findIndex(line => !isCommentOrBlank(line));
  return [...text.matchAll(COMMENT)].map(({ index, 1: rest = '' }) => {
    const words = rest.trim();
    const code = /^[\w-]*/.exec(words)?.[0] ?? '';
    const place = { file, ...lineColumn(text, index) };
    const isAlone = text.slice(text.lastIndexOf('\n', index) + 1, index).trim() === '';
    const isTop = isAlone && (firstContent < 0 || place.line <= firstContent);
    const line = isTop ? undefined : isAlone ? nextContent(lines, place.line) : place.line;
    return { place, code, reason: words.slice(code.length).trim(), line };
  });
}

function isCommentOrBlank(line: string): boolean {
  return /^\ufeff?\s*(?:#|$|---)/.test(line);
}

/** The first line below, from 1, that is more than a comment. */
function nextContent(lines: readonly string[], from: number): number {
  const offset = lines.slice(from).findIndex(line => !isCommentOrBlank(line));
  return offset < 0 ? from : from + offset + 1;
}

/** What a comment may silence. */
type Found = Pick<Finding, 'file' | 'line' | 'code'>;

export type Suppressed<Each extends Found = Finding> = {
  findings: Each[];
  suppressed: number;
  used: ReadonlySet<Suppression>;
};

/** Takes out what is silenced. Without a reason nothing is. */
export function suppress<Each extends Found>(
  findings: readonly Each[],
  suppressions: readonly Suppression[],
): Suppressed<Each> {
  const used = new Set<Suppression>();
  const left = findings.filter(finding => {
    const own = suppressions.filter(each => each.reason !== '' && silences(each, finding));
    for (const each of own) used.add(each);
    return own.length === 0;
  });
  return { findings: left, suppressed: findings.length - left.length, used };
}

function silences({ place, code, line }: Suppression, finding: Found): boolean {
  return (
    place.file === finding.file && code === finding.code && (line === undefined || line === finding.line)
  );
}

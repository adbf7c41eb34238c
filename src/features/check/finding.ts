import { displayLine } from '../../text/display.ts';
import { DEFAULT_STYLE, type KustomizationStyle } from '../../repository/conventions/style.ts';
import type { Text } from '../../text/language.ts';
import type { Edit } from '../../yaml/text.ts';
import type { Severity } from '../../repository/rule-level.ts';
import type { SourceLocation } from '../../repository/source-location.ts';

/** What fixes a fault: edits of a file by byte range, or a new file. */
export type Fix =
  { kind: 'edit'; file: string; edits: readonly Edit[] } | { kind: 'create'; file: string; content: string };

/** What a rule has to say of one place. */
export type Diagnostic = SourceLocation & {
  message: Text;
  /** How to fix it, as an imperative. */
  hint: Text;
  /** The rule's own unless given. */
  severity?: Severity;
  /** Only where the right text is certain; nothing where it finds that it cannot, whatever the style. */
  fix?: (style: KustomizationStyle) => readonly Fix[];
  /** The fix cannot change an object of the build, so that it needs no proof. */
  inert?: boolean;
};

/** One fault, as people and programs see it. */
export type Finding = SourceLocation & {
  code: string;
  severity: Severity;
  message: Text;
  hint: Text;
  fixable: boolean;
};

/** A finding about several apps, with the folder of the one that hears of it; empty for what is of none. */
export type Across = { folder: string; finding: Finding };

/** Names and values from a person's files are made safe to show here, once for all rules. */
export function toFinding(code: string, severity: Severity, diagnostic: Diagnostic): Finding {
  return {
    code,
    severity: diagnostic.severity ?? severity,
    file: diagnostic.file,
    line: diagnostic.line,
    column: diagnostic.column,
    message: shown(diagnostic.message),
    hint: shown(diagnostic.hint),
    fixable: (diagnostic.fix?.(DEFAULT_STYLE) ?? []).length > 0,
  };
}

/** The reason of a renderer or server ends with what matters: the address and what it answered. */
const MAX_MESSAGE = 1000;

function shown(text: Text): Text {
  return { en: displayLine(text.en, MAX_MESSAGE), 'zh-CN': displayLine(text['zh-CN'], MAX_MESSAGE) };
}

/** By file, then by place, then by code: the order in which people read, whoever found it first. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    compareText(a.file, b.file) ||
    a.line - b.line ||
    a.column - b.column ||
    compareText(a.code, b.code) ||
    compareText(a.message.en, b.message.en)
  );
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

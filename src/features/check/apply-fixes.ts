import type { Style } from '../../repository/conventions/style.ts';
import { readLocated } from '../../yaml/read.ts';
import { applyEdits, type Edit } from '../../yaml/text.ts';
import { type AppFacts, isYaml } from './facts/app-facts.ts';
import { remarksOn } from './evaluate-app.ts';
import type { Fix, Remark } from './finding.ts';
import { isOff, type RuleSettings } from './rule-settings.ts';
import { suppress, suppressionsIn } from './suppression.ts';

/** The new content of a file, and the rules that asked for it. */
export type FixedFile = { text: string; codes: readonly string[] };

/** Whether what mends a remark may be tried. */
export type IsWanted = (remark: Remark, code: string) => boolean;
export type FixOptions = { style: Style; settings: RuleSettings; isWanted: IsWanted };

type Accepted = { fixes: { code: string; edits: readonly Edit[]; content?: string }[] };

/**
 * One round of mending an app: every fix that does not get in the way of an earlier one. Empty when there is nothing left to
 * mend. Rounds follow each other on the new texts, since a fix may move what the next one is about.
 */
export function applyFixes(
  facts: AppFacts,
  { style, settings, isWanted }: FixOptions,
): ReadonlyMap<string, FixedFile> {
  const suppressions = facts.files.flatMap(file => suppressionsIn(file, facts.text(file) ?? ''));
  const accepted = new Map<string, Accepted>();
  for (const { code, remark } of remarksOn(facts)) {
    const isSilenced = suppress([{ code, ...remark }], suppressions).suppressed > 0;
    if (!remark.fix || isSilenced || isOff(settings, code) || !isWanted(remark, code)) continue;
    for (const fix of remark.fix(style)) accept(accepted, fix, code);
  }
  const mended = new Map<string, FixedFile>();
  for (const [file, { fixes }] of accepted) {
    const before = facts.text(file);
    const all = { text: mendedText(before, fixes), codes: fixes.map(({ code }) => code) };
    const result = isStillYaml(file, all.text) ? all : firstOf(before, fixes);
    if (result.text !== before) mended.set(file, result);
  }
  return mended;
}

function mendedText(before: string | undefined, fixes: Accepted['fixes']): string {
  const edits = fixes.flatMap(fix => fix.edits);
  return fixes[0]?.content ?? applyEdits(before ?? '', edits);
}

/** Each fix by itself leads to YAML; where several together do not, the others wait for their round. */
function firstOf(before: string | undefined, fixes: Accepted['fixes']): FixedFile {
  const first = fixes.slice(0, 1);
  return { text: mendedText(before, first), codes: first.map(({ code }) => code) };
}

function accept(accepted: Map<string, Accepted>, fix: Fix, code: string): void {
  const known = accepted.get(fix.file) ?? { fixes: [] };
  const isFree = known.fixes.length === 0 || (fix.kind === 'edit' && known.fixes[0]?.content === undefined);
  if (!isFree) return;
  const edits = known.fixes.flatMap(other => other.edits);
  if (fix.kind === 'edit' && fix.edits.some(edit => edits.some(other => touches(edit, other)))) return;
  known.fixes.push({
    code,
    ...(fix.kind === 'edit' ? { edits: fix.edits } : { edits: [], content: fix.content }),
  });
  accepted.set(fix.file, known);
}

/** Two insertions at one point would come out in an order that nobody chose. */
function touches(a: Edit, b: Edit): boolean {
  return a.start <= b.end && b.start <= a.end;
}

/** What was YAML stays YAML. */
function isStillYaml(file: string, text: string): boolean {
  return !isYaml(file) || readLocated(text).status === 'read';
}

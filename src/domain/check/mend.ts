import type { Style } from '../conventions/style.ts';
import { readLocated } from '../located-yaml.ts';
import { applyEdits, type Edit } from '../yaml/edit.ts';
import { type AppFacts, isYaml } from './app-facts.ts';
import { remarksOn } from './evaluate-app.ts';
import { type Fix, toFinding } from './finding.ts';
import { isOff, type RuleSettings } from './rule-settings.ts';
import { suppress, suppressionsIn } from './suppression.ts';

/** The new content of a file, and the rules that asked for it. */
export type Mended = { text: string; codes: readonly string[] };

/**
 * One round of mending an app: every fix that does not get in the way of an earlier one. Empty when there is nothing left to
 * mend. Rounds follow each other on the new texts, since a fix may move what the next one is about.
 */
export function mendOnce(facts: AppFacts, style: Style, settings: RuleSettings): ReadonlyMap<string, Mended> {
  const suppressions = facts.files.flatMap(file => suppressionsIn(file, facts.text(file) ?? ''));
  const accepted = new Map<string, { edits: Edit[]; content: string | undefined; codes: string[] }>();
  for (const { code, rule, remark } of remarksOn(facts)) {
    const isSilenced = suppress([toFinding(code, rule.severity, remark)], suppressions).suppressed > 0;
    if (!remark.fix || isSilenced || isOff(settings, code)) continue;
    for (const fix of remark.fix(style)) accept(accepted, fix, code);
  }
  const mended = new Map<string, Mended>();
  for (const [file, { edits, content, codes }] of accepted) {
    const before = facts.text(file);
    const text = content ?? applyEdits(before ?? '', edits);
    if (text !== before && isStillYaml(file, text)) mended.set(file, { text, codes });
  }
  return mended;
}

type Accepted = Map<string, { edits: Edit[]; content: string | undefined; codes: string[] }>;

function accept(accepted: Accepted, fix: Fix, code: string): void {
  const known = accepted.get(fix.file) ?? { edits: [], content: undefined, codes: [] };
  const isFree = known.content === undefined && (fix.kind === 'edit' || known.edits.length === 0);
  if (!isFree) return;
  if (fix.kind === 'edit') {
    if (fix.edits.some(edit => known.edits.some(other => touches(edit, other)))) return;
    known.edits.push(...fix.edits);
  } else known.content = fix.content;
  known.codes.push(code);
  accepted.set(fix.file, known);
}

/** Two insertions at one point would come out in an order that nobody chose. */
function touches(a: Edit, b: Edit): boolean {
  return a.start <= b.end && b.start <= a.end;
}

/** A last look: what was YAML stays YAML. */
function isStillYaml(file: string, text: string): boolean {
  return !isYaml(file) || readLocated(text).status === 'read';
}

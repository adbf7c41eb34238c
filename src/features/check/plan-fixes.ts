import { append } from '../../data/append.ts';
import { appFacts, type AppFacts, isYaml } from './facts/app-facts.ts';
import { type RuleSettings, isOff } from './rule-settings.ts';
import { type ChangeSet, createFile, joinAll, updateFile } from '../../change-set.ts';
import { learnStyle, type Style } from '../../repository/conventions/style.ts';
import { parseRepository } from '../../repository/model.ts';
import type { Sources } from './incremental/recorded-inputs.ts';
import { gatherApp, type GatherContext } from './facts/gather-app.ts';
import type { AppPlace } from './facts/app-place.ts';
import type { Snapshot } from './incremental/snapshot.ts';
import type { RepositorySurvey } from './facts/survey-repository.ts';
import { readLocated } from '../../yaml/located-yaml.ts';
import { applyEdits, type Edit } from '../../yaml/text.ts';
import { remarksOn } from './evaluate-app.ts';
import type { Fix } from './finding.ts';
import { suppress, suppressionsIn } from './suppression.ts';

export type FixContext = Omit<GatherContext, 'rendered'> & {
  rendered: (folder: string) => GatherContext['rendered'];
  /** What is off is not mended. */
  rules: RuleSettings;
};

/** More siblings than this tell nothing new about how a team writes. */
const SAMPLE = 60;
/** Every fix of an app might need a round of its own. */
const MAX_ROUNDS = 200;

/** What mends these apps, as changes of their files. */
export async function planFixes(context: FixContext, apps: readonly AppPlace[]): Promise<ChangeSet> {
  const style = await readStyle(context.sources.snapshot, context.survey);
  const sets: ChangeSet[] = [];
  for (const app of apps) {
    const mended = await mendApp(context, app, style);
    append(sets, await toChanges(context.sources, mended));
  }
  return joinAll(sets);
}

async function mendApp(
  context: FixContext,
  app: AppPlace,
  style: Style,
): Promise<ReadonlyMap<string, FixedFile>> {
  const { facts } = await gatherApp({ ...context, rendered: context.rendered(app.folder) }, app);
  const mended = new Map<string, FixedFile>();
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const files = [...new Set([...app.files, ...mended.keys()])].toSorted();
    const now = appFacts({
      ...facts,
      files,
      text: file => mended.get(file)?.text ?? facts.text(file),
      kindOf: path => (mended.has(path) ? 'file' : facts.kindOf(path)),
      // What is committed does not change with the text that is being mended.
      committed: file => facts.committed(file),
    });
    const next = applyFixes(now, style, context.rules);
    if (next.size === 0) return mended;
    for (const [file, { text, codes }] of next)
      mended.set(file, { text, codes: [...(mended.get(file)?.codes ?? []), ...codes] });
  }
  throw new Error(`check --fix: ${app.folder} is not mended after ${MAX_ROUNDS} rounds`);
}

async function toChanges(
  { snapshot }: Sources,
  mended: ReadonlyMap<string, FixedFile>,
): Promise<ChangeSet[]> {
  const before = await snapshot.read([...mended.keys()]);
  return [...mended].map(([path, { text, codes }]) => {
    const why = [...new Set(codes)].join(', ');
    const old = before.get(path);
    return old
      ? updateFile({ path, content: text, before: old, why })
      : createFile({ path, content: text, why });
  });
}

/** How the team writes, from some of its kustomizations. */
async function readStyle(snapshot: Snapshot, survey: RepositorySurvey): Promise<Style> {
  const files = survey.apps
    .slice(0, SAMPLE)
    .flatMap(({ folder }) =>
      ['kustomization.yaml', 'kustomization.yml', '.gitignore'].map(name => `${folder}/${name}`),
    )
    .filter(file => snapshot.files.has(file));
  const contents = await snapshot.read(files);
  const text = new Map([...contents].map(([file, content]) => [file, content.toString('utf8')]));
  return learnStyle(parseRepository(text, survey.environments));
}

/** The new content of a file, and the rules that asked for it. */
type FixedFile = { text: string; codes: readonly string[] };

type Accepted = { fixes: { code: string; edits: readonly Edit[]; content?: string }[] };

/**
 * One round of mending an app: every fix that does not get in the way of an earlier one. Empty when there is nothing left to
 * mend. Rounds follow each other on the new texts, since a fix may move what the next one is about.
 */
function applyFixes(facts: AppFacts, style: Style, settings: RuleSettings): ReadonlyMap<string, FixedFile> {
  const suppressions = facts.files.flatMap(file => suppressionsIn(file, facts.text(file) ?? ''));
  const accepted = new Map<string, Accepted>();
  for (const { code, remark } of remarksOn(facts)) {
    const isSilenced = suppress([{ code, ...remark }], suppressions).suppressed > 0;
    if (!remark.fix || isSilenced || isOff(settings, code)) continue;
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

import { append } from '../../data/append.ts';
import { type AppFacts, appFacts, isYaml } from './facts/app-facts.ts';
import { say } from '../../locales/say.ts';
import type { Text } from '../../text/language.ts';
import { type RuleSettings, isOff } from './rule-settings.ts';
import { type ChangeSet, createFile, joinAll, updateFile } from '../../change-set.ts';
import { learnStyle, type KustomizationStyle } from '../../repository/conventions/style.ts';
import { parseRepository } from '../../repository/parse-repository.ts';
import type { CheckSources } from './incremental/recorded-inputs.ts';
import { gatherApp, type GatherContext } from './facts/gather-app.ts';
import type { AppPlace } from './facts/app-place.ts';
import type { Snapshot } from './incremental/snapshot.ts';
import type { RepositorySummary } from './facts/repository-summary.ts';
import { readLocated } from '../../yaml/read.ts';
import { applyEdits, type Edit } from '../../yaml/text.ts';
import { diagnosticsOn } from './evaluate-app.ts';
import type { Fix, Diagnostic } from './finding.ts';
import { suppress, suppressionsIn } from './suppression.ts';

export type FixContext = Omit<GatherContext, 'rendered'> & {
  rendered: (folder: string) => GatherContext['rendered'];
  /** What is off is not fixed. */
  rules: RuleSettings;
  /** Without it every fix is planned. */
  prove?: Prove;
};

/** More siblings than this tell nothing new about how a team writes. */
const SAMPLE = 60;
/** Every fix of an app might need a round of its own. */
const MAX_ROUNDS = 200;

export type FileTexts = ReadonlyMap<string, string>;

/** What the fixes are about: the only difference that a build may show. */
export type FixIntent = {
  /** The prefix that images get, where a fix is about images. */
  mirror: string | undefined;
  dockerHub: string;
  /** Whether routes get hosts. */
  hosts: boolean;
};

/** Why two states of an app do not build to the same objects but for what is intended; undefined where they do. */
export type Prove = (trial: {
  app: AppPlace;
  before: FileTexts;
  after: FileTexts;
  intent: FixIntent;
}) => Promise<Text | undefined>;

/** A fix that is not made, and why. */
type OfferedFix = { file: string; reason: Text };

export type PlannedFixes = ChangeSet & { offered: readonly OfferedFix[] };

/** What fixes these apps, as changes of their files; and what might change more than it should. */
export async function planFixes(context: FixContext, apps: readonly AppPlace[]): Promise<PlannedFixes> {
  const style = await readStyle(context.sources.snapshot, context.summary);
  const sets: ChangeSet[] = [];
  const offered: OfferedFix[] = [];
  for (const app of apps) {
    const { facts } = await gatherApp({ ...context, rendered: context.rendered(app.folder) }, app);
    const proved = await proveFixes({ context, app, facts, style });
    append(offered, proved.offered);
    append(sets, await toChanges(context.sources, proved.fixed));
  }
  return { ...joinAll(sets), offered };
}

type FixJob = { context: FixContext; app: AppPlace; facts: AppFacts; style: KustomizationStyle };
type FixedFiles = ReadonlyMap<string, FixedFile>;

/** What cannot change an object is made; of the rest, rule by rule, what a build proves. */
async function proveFixes(fixing: FixJob): Promise<{ fixed: FixedFiles; offered: OfferedFix[] }> {
  const { context } = fixing;
  const all = fixApp(fixing, () => true);
  if (!context.prove || all.size === 0) return { fixed: all, offered: [] };
  const inert = fixApp(fixing, ({ inert: isInert }) => isInert === true);
  const before = textsOf(inert);
  if (isSame(textsOf(all), before)) return { fixed: all, offered: [] };
  if ((await prove(fixing, before, all)) === undefined) return { fixed: all, offered: [] };
  const proved = new Set<string>();
  const offered: OfferedFix[] = [];
  for (const code of codesOf(all)) {
    const trial = fixApp(
      fixing,
      (diagnostic, own) => diagnostic.inert === true || own === code || proved.has(own),
    );
    const reason = isSame(textsOf(trial), before) ? undefined : await prove(fixing, before, trial);
    if (reason === undefined) proved.add(code);
    else append(offered, offer(trial, code, reason));
  }
  return {
    fixed: fixApp(fixing, (diagnostic, code) => diagnostic.inert === true || proved.has(code)),
    offered,
  };
}

async function prove({ context, app, facts }: FixJob, before: FileTexts, after: FixedFiles) {
  const codes = new Set(codesOf(after));
  const { imagePrefix, dockerHub } = facts.conventions;
  const isOfImages = codes.has('image-name-short') || codes.has('image-prefix-missing');
  const mirror = isOfImages ? imagePrefix?.mirror : undefined;
  const intent = { mirror, dockerHub, hosts: codes.has('route-domains') };
  return context.prove?.({ app, before, after: textsOf(after), intent });
}

function offer(fixed: FixedFiles, code: string, reason: Text): OfferedFix[] {
  return [...fixed]
    .filter(([, { codes }]) => codes.includes(code))
    .map(([file]) => ({ file, reason: say('check.fixNotProved', { code, reason }) }));
}

function codesOf(fixed: FixedFiles): string[] {
  return [...new Set([...fixed.values()].flatMap(({ codes }) => codes))];
}

function textsOf(fixed: FixedFiles): FileTexts {
  return new Map([...fixed].map(([file, { text }]) => [file, text]));
}

function isSame(a: FileTexts, b: FileTexts): boolean {
  return a.size === b.size && [...a].every(([file, text]) => b.get(file) === text);
}

function fixApp({ context, app, facts, style }: FixJob, isWanted: IsWanted): FixedFiles {
  const fixed = new Map<string, FixedFile>();
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const files = [...new Set([...app.files, ...fixed.keys()])].toSorted();
    const now = appFacts({
      ...facts,
      files,
      text: file => fixed.get(file)?.text ?? facts.text(file),
      kindOf: path => (fixed.has(path) ? 'file' : facts.kindOf(path)),
      // What is committed does not change with the text that is being fixed.
      committed: file => facts.committed(file),
    });
    const next = applyFixes(now, { style, settings: context.rules, isWanted });
    if (next.size === 0) return fixed;
    for (const [file, { text, codes }] of next)
      fixed.set(file, { text, codes: [...(fixed.get(file)?.codes ?? []), ...codes] });
  }
  throw new Error(`check --fix: ${app.folder} is not fixed after ${MAX_ROUNDS} rounds`);
}

async function toChanges(
  { snapshot }: CheckSources,
  fixed: ReadonlyMap<string, FixedFile>,
): Promise<ChangeSet[]> {
  const before = await snapshot.read([...fixed.keys()]);
  return [...fixed].map(([path, { text, codes }]) => {
    const why = [...new Set(codes)].join(', ');
    const old = before.get(path);
    return old
      ? updateFile({ path, content: text, before: old, why })
      : createFile({ path, content: text, why });
  });
}

/** How the team writes, from some of its kustomizations. */
async function readStyle(snapshot: Snapshot, summary: RepositorySummary): Promise<KustomizationStyle> {
  const files = summary.apps
    .slice(0, SAMPLE)
    .flatMap(({ folder }) =>
      ['kustomization.yaml', 'kustomization.yml', '.gitignore'].map(name => `${folder}/${name}`),
    )
    .filter(file => snapshot.files.has(file));
  const contents = await snapshot.read(files);
  const text = new Map([...contents].map(([file, content]) => [file, content.toString('utf8')]));
  return learnStyle(parseRepository(text, summary.environments));
}

/** The new content of a file, and the rules that asked for it. */
type FixedFile = { text: string; codes: readonly string[] };

/** Whether what fixes a diagnostic may be tried. */
type IsWanted = (diagnostic: Diagnostic, code: string) => boolean;
type FixOptions = { style: KustomizationStyle; settings: RuleSettings; isWanted: IsWanted };

type Accepted = { fixes: { code: string; edits: readonly Edit[]; content?: string }[] };

/**
 * One round of fixing an app: every fix that does not get in the way of an earlier one. Empty when there is nothing left to
 * fix. Rounds follow each other on the new texts, since a fix may move what the next one is about.
 */
function applyFixes(
  facts: AppFacts,
  { style, settings, isWanted }: FixOptions,
): ReadonlyMap<string, FixedFile> {
  const suppressions = facts.files.flatMap(file => suppressionsIn(file, facts.text(file) ?? ''));
  const accepted = new Map<string, Accepted>();
  for (const { code, diagnostic } of diagnosticsOn(facts)) {
    const isSilenced = suppress([{ code, ...diagnostic }], suppressions).suppressed > 0;
    if (!diagnostic.fix || isSilenced || isOff(settings, code) || !isWanted(diagnostic, code)) continue;
    for (const fix of diagnostic.fix(style)) accept(accepted, fix, code);
  }
  const fixed = new Map<string, FixedFile>();
  for (const [file, { fixes }] of accepted) {
    const before = facts.text(file);
    const all = { text: fixedText(before, fixes), codes: fixes.map(({ code }) => code) };
    const result = isStillYaml(file, all.text) ? all : firstOf(before, fixes);
    if (result.text !== before) fixed.set(file, result);
  }
  return fixed;
}

function fixedText(before: string | undefined, fixes: Accepted['fixes']): string {
  const edits = fixes.flatMap(fix => fix.edits);
  return fixes[0]?.content ?? applyEdits(before ?? '', edits);
}

/** Each fix by itself leads to YAML; where several together do not, the others wait for their round. */
function firstOf(before: string | undefined, fixes: Accepted['fixes']): FixedFile {
  const first = fixes.slice(0, 1);
  return { text: fixedText(before, first), codes: first.map(({ code }) => code) };
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

import { append } from '../../data/append.ts';
import { type AppFacts, appFacts } from './facts/app-facts.ts';
import { type FixedFile, type IsWanted, applyFixes } from './apply-fixes.ts';
import { say } from '../../locales/say.ts';
import type { Text } from '../../text/language.ts';
import type { RuleSettings } from './rule-settings.ts';
import { type ChangeSet, createFile, joinAll, updateFile } from '../../change-set.ts';
import { learnStyle, type Style } from '../../repository/conventions/style.ts';
import { parseRepository } from '../../repository/model.ts';
import type { Sources } from './incremental/recorded-inputs.ts';
import { gatherApp, type GatherContext } from './facts/gather-app.ts';
import { type AppPlace } from './facts/app-place.ts';
import type { Snapshot } from './incremental/snapshot.ts';
import type { RepositorySurvey } from './facts/survey-repository.ts';

export type FixContext = Omit<GatherContext, 'rendered'> & {
  rendered: (folder: string) => GatherContext['rendered'];
  /** What is off is not mended. */
  rules: RuleSettings;
  /** Without it every fix is planned. */
  prove?: Prove;
};

/** More siblings than this tell nothing new about how a team writes. */
const SAMPLE = 60;
/** Every fix of an app might need a round of its own. */
const MAX_ROUNDS = 200;

export type Texts = ReadonlyMap<string, string>;

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
  before: Texts;
  after: Texts;
  intent: FixIntent;
}) => Promise<Text | undefined>;

/** A fix that is not made, and why. */
type OfferedFix = { file: string; reason: Text };

export type PlannedFixes = ChangeSet & { offered: readonly OfferedFix[] };

/** What mends these apps, as changes of their files; and what might change more than it should. */
export async function planFixes(context: FixContext, apps: readonly AppPlace[]): Promise<PlannedFixes> {
  const style = await readStyle(context.sources.snapshot, context.survey);
  const sets: ChangeSet[] = [];
  const offered: OfferedFix[] = [];
  for (const app of apps) {
    const { facts } = await gatherApp({ ...context, rendered: context.rendered(app.folder) }, app);
    const proved = await proveFixes({ context, app, facts, style });
    append(offered, proved.offered);
    append(sets, await toChanges(context.sources, proved.mended));
  }
  return { ...joinAll(sets), offered };
}

type Mending = { context: FixContext; app: AppPlace; facts: AppFacts; style: Style };
type Mended = ReadonlyMap<string, FixedFile>;

/** What cannot change an object is made; of the rest, rule by rule, what a build proves. */
async function proveFixes(mending: Mending): Promise<{ mended: Mended; offered: OfferedFix[] }> {
  const { context } = mending;
  const all = mendApp(mending, () => true);
  if (!context.prove || all.size === 0) return { mended: all, offered: [] };
  const inert = mendApp(mending, ({ inert: isInert }) => isInert === true);
  const before = textsOf(inert);
  if (isSame(textsOf(all), before)) return { mended: all, offered: [] };
  if ((await prove(mending, before, all)) === undefined) return { mended: all, offered: [] };
  const proved = new Set<string>();
  const offered: OfferedFix[] = [];
  for (const code of codesOf(all)) {
    const trial = mendApp(mending, (remark, own) => remark.inert === true || own === code || proved.has(own));
    const reason = isSame(textsOf(trial), before) ? undefined : await prove(mending, before, trial);
    if (reason === undefined) proved.add(code);
    else offered.push(...offer(trial, code, reason));
  }
  return {
    mended: mendApp(mending, (remark, code) => remark.inert === true || proved.has(code)),
    offered,
  };
}

async function prove({ context, app, facts }: Mending, before: Texts, after: Mended) {
  const codes = new Set(codesOf(after));
  const { imagePrefix, dockerHub } = facts.conventions;
  const isOfImages = codes.has('image-name-short') || codes.has('image-prefix-missing');
  const mirror = isOfImages ? imagePrefix?.mirror : undefined;
  const intent = { mirror, dockerHub, hosts: codes.has('route-domains') };
  return context.prove?.({ app, before, after: textsOf(after), intent });
}

function offer(mended: Mended, code: string, reason: Text): OfferedFix[] {
  return [...mended]
    .filter(([, { codes }]) => codes.includes(code))
    .map(([file]) => ({ file, reason: say('check.fixNotProved', { code, reason }) }));
}

function codesOf(mended: Mended): string[] {
  return [...new Set([...mended.values()].flatMap(({ codes }) => codes))];
}

function textsOf(mended: Mended): Texts {
  return new Map([...mended].map(([file, { text }]) => [file, text]));
}

function isSame(a: Texts, b: Texts): boolean {
  return a.size === b.size && [...a].every(([file, text]) => b.get(file) === text);
}

function mendApp({ context, app, facts, style }: Mending, isWanted: IsWanted): Mended {
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
    const next = applyFixes(now, { style, settings: context.rules, isWanted });
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

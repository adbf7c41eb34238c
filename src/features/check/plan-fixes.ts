import { append } from '../../data/append.ts';
import { appFacts } from './facts/app-facts.ts';
import { type FixedFile, applyFixes } from './apply-fixes.ts';
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

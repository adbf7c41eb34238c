import { availableParallelism } from 'node:os';
import path from 'node:path';
import { openContext, type CommandContext } from '../../cli/command-context.ts';
import type { Session } from '../../cli/context.ts';
import { readBudget } from '../../cli/read-budget.ts';
import { sameAgain } from '../../cli/repeat-line.ts';
import { showProgress } from '../../cli/show-progress.ts';
import { withRecentPulls } from '../../charts/recent-pulls.ts';
import { inParallel } from '../../data/in-parallel.ts';
import { digestOfJson } from '../../data/digest.ts';
import { toJson } from '../../data/json.ts';
import { EXIT, type ExitCode, UserError } from '../../errors.ts';
import { decidingFlags, shardPart } from '../../cli/open-shards.ts';
import { isInShard, readMatrix, readShard, type Shard, shardMatrix } from '../../cli/shard.ts';
import { say } from '../../locales/say.ts';
import { resourceFetcher } from '../../render/fetch-resources.ts';
import { unitsNamed } from '../../render/render-units.ts';
import { requireNamedPlace, writeNamedFile } from '../../system/files/named-files.ts';
import { display } from '../../text/display.ts';
import { type AffectedUnit, affectedUnits } from './affected-units.ts';
import type { PreviewContext } from './compare-app.ts';
import { type AppPreview, byPile, countObjects, exitOfPreview, type Preview } from './facts.ts';
import type { PreviewInput } from './flags.ts';
import { cautionsOfAll } from './judge-app.ts';
import { openSides, type Sides } from '../../cli/open-sides.ts';
import { previewPage } from './terminal-view.ts';
import { previewJson } from './view.ts';

/** Shows what a branch changes in what is rendered; resolves to the exit of the run. */
export async function runPreview(given: Session, input: PreviewInput): Promise<number> {
  const of = readMatrix(input);
  if (of !== undefined) return printMatrix(given, of);
  const shard = readShard(input);
  const isAsked = input.switches.has('exit-code');
  const targets = await targetsOf(given, input);
  const budget = readBudget(input);
  const context = await openContext(given, input, 'read');
  try {
    const { session } = context;
    const sides = await sidesOf(context, input);
    const { preview, rests } = await previewOf(context, sides, { words: input.positionals, budget, shard });
    await writeTargets(preview, targets, session);
    if (isStdoutTaken(targets)) return exitOfPreview(preview, isAsked);
    const part = shard && partOfShard(context, input, { shard, preview, rests });
    const command = sameAgain(session, 'preview', input);
    if (session.json) session.terminal.data(previewJson(preview, command, part));
    else session.terminal.result(previewPage(preview, session));
    return exitOfPreview(preview, isAsked);
  } finally {
    await context.close();
  }
}

function printMatrix({ terminal }: Session, of: number): ExitCode {
  terminal.data(toJson(shardMatrix(of)));
  return EXIT.done;
}

/** The flags that decide what is compared. */
const DECIDING = ['base', 'head', 'prove', 'budget', 'exit-code'];

type EndedShard = { shard: Shard; preview: Preview; rests: string };

/** What the document of a shard carries. */
function partOfShard(
  { session, gitops }: CommandContext,
  input: PreviewInput,
  { shard, preview, rests }: EndedShard,
): object {
  const { cautions: _, ...compared } = preview;
  const { language } = gitops.configuration;
  const isAsked = input.switches.has('exit-code');
  const facts = { ...compared, isAsked, ...(language === undefined ? {} : { language }) };
  const commits = [preview.base, preview.head].flatMap(({ commit }) => commit ?? []);
  const run = { command: 'preview', slipway: session.version, commits, rests };
  return shardPart({ ...run, flags: decidingFlags(input, DECIDING) }, shard, facts);
}

/** Of the demo there is a branch to look at, unless somebody names another one. */
async function sidesOf(context: CommandContext, { values }: PreviewInput): Promise<Sides> {
  const { base, head } = values;
  if (!context.demo || base !== undefined || head !== undefined) return openSides(context, { base, head });
  const { openDemoSides } = await import('./open-demo-sides.ts');
  return openDemoSides(context);
}

/** Stdout, as the name of a file. */
const STDOUT = '-';

type Targets = { html: string | undefined; markdown: string | undefined };

/**
 * Where the files go, before anything is rendered.
 * @throws UserError E_USAGE where more than one thing would go to stdout; E_VALUE, E_SYMLINK, E_NOT_A_FILE
 */
async function targetsOf({ cwd, json }: Session, { values }: PreviewInput): Promise<Targets> {
  const named = [values['html'], values['markdown']];
  if (named.filter(file => file === STDOUT).length + (json ? 1 : 0) > 1)
    throw new UserError('E_USAGE', say('preview.oneToStdout'), { hint: say('preview.nameAFile') });
  const [html, markdown] = named.map(file => (file && file !== STDOUT ? path.resolve(cwd, file) : file));
  for (const file of [html, markdown]) if (file && file !== STDOUT) await requireNamedPlace(file);
  return { html, markdown };
}

function isStdoutTaken({ html, markdown }: Targets): boolean {
  return html === STDOUT || markdown === STDOUT;
}

async function writeTargets(preview: Preview, { html, markdown }: Targets, session: Session): Promise<void> {
  if (html !== undefined) {
    const { renderPage } = await import('./page.ts');
    await write(html, renderPage(preview, session.language), session);
  }
  if (markdown !== undefined) {
    const { renderMarkdown } = await import('./markdown.ts');
    await write(markdown, renderMarkdown(preview, session), session);
  }
}

async function write(file: string, text: string, { dryRun, terminal, t }: Session): Promise<void> {
  if (file === STDOUT) return terminal.content(text);
  if (dryRun) return;
  await writeNamedFile(file, text);
  terminal.say(t(say('preview.wrote', { file: display(file) })));
}

/** Renders what may differ on both sides. */
async function previewOf(
  context: CommandContext,
  sides: Sides,
  {
    words,
    budget,
    shard,
  }: { words: readonly string[]; budget: number | undefined; shard: Shard | undefined },
): Promise<{ preview: Preview; rests: string }> {
  const { before, after, base, head, changed } = sides;
  const { affected, untouched } = await affectedUnits(before, after, changed);
  const asked = chooseUnits(affected, sides, words);
  const chosen = shard ? asked.filter(({ unit }) => isInShard(shard, unit.path)) : asked;
  const apps = sorted(await compareAll(context, sides, { units: chosen, budget }));
  const { added, removed, changed: others } = countObjects(apps);
  const cautions = cautionsOfAll(apps, added + removed + others);
  const rests = digestOfJson([context.gitops.configuration, asked.map(({ unit }) => unit.path), untouched]);
  return { preview: { base, head, apps, untouched, cautions }, rests };
}

function sorted(apps: readonly AppPreview[]): AppPreview[] {
  return byPile(apps).flatMap(([, own]) => own);
}

/** @throws UserError E_VALUE for a word that names no app on either side */
function chooseUnits(
  affected: readonly AffectedUnit[],
  { before, after }: Sides,
  words: readonly string[],
): AffectedUnit[] {
  if (words.length === 0) return [...affected];
  const named = words.flatMap(word => {
    try {
      return unitsNamed(after.repository, [word]);
    } catch (error) {
      // An app that the branch removes.
      if (error instanceof UserError && error.code === 'E_VALUE')
        return unitsNamed(before.repository, [word]);
      throw error;
    }
  });
  const paths = new Set(named.map(unit => unit.path));
  return affected.filter(({ unit }) => paths.has(unit.path));
}

async function compareAll(
  context: CommandContext,
  sides: Sides,
  { units, budget }: { units: readonly AffectedUnit[]; budget: number | undefined },
): Promise<AppPreview[]> {
  const { session, renderers, conventions } = context;
  if (units.length > 0) await requireRenderers(context);
  const jobs = session.jobs ?? availableParallelism();
  const fetch = resourceFetcher(async () => context);
  const { compareApp } = await import('./compare-app.ts');
  const shown = showProgress(session, say('preview.rendering'));
  const proof = budget === undefined ? undefined : { renderers, budget, tick: shown.tick };
  const { offline } = session;
  // Both sides of an app, and its values, mostly take the same archives.
  const charts = withRecentPulls(context.charts, 2 * jobs);
  const rendering: PreviewContext = { renderers, charts, conventions, fetch, jobs, offline, proof };
  const done = new Map<AffectedUnit, AppPreview>();
  await inParallel([...units], jobs, async unit => {
    done.set(unit, await compareApp(rendering, sides, unit));
    shown.progress(done.size, units.length);
  }).finally(shown.end);
  return units.flatMap(unit => done.get(unit) ?? []);
}

/** @throws UserError E_TOOL where nothing can render */
async function requireRenderers({ renderers }: CommandContext): Promise<void> {
  if (await renderers.versions()) return;
  throw new UserError('E_TOOL', say('render.kustomizeNotInstalled'), { hint: say('preview.needsRenderer') });
}

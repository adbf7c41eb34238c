import { availableParallelism } from 'node:os';
import path from 'node:path';
import { openContext, type CommandContext } from '../../cli/command-context.ts';
import type { Session } from '../../cli/context.ts';
import { readBudget } from '../../cli/read-budget.ts';
import { sameAgain } from '../../cli/repeat-line.ts';
import { showProgress } from '../../cli/show-progress.ts';
import { withRecentPulls } from '../../charts/recent-pulls.ts';
import { inParallel } from '../../data/in-parallel.ts';
import { EXIT, type ExitCode, UserError, worst } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { resourceFetcher } from '../../render/fetch-resources.ts';
import { unitsNamed } from '../../render/render-units.ts';
import { requireNamedPlace, writeNamedFile } from '../../system/files/named-files.ts';
import { display } from '../../text/display.ts';
import { type AffectedUnit, affectedUnits } from './affected-units.ts';
import type { PreviewContext } from './compare-app.ts';
import { type AppPreview, byPile, countObjects, type Preview } from './facts.ts';
import type { PreviewInput } from './flags.ts';
import { cautionsOfAll } from './judge-app.ts';
import { openSides, type Sides } from '../../cli/open-sides.ts';
import { previewPage } from './terminal-view.ts';
import { previewJson } from './view.ts';

/** Shows what a branch changes in what is rendered; resolves to the exit of the run. */
export async function runPreview(given: Session, input: PreviewInput): Promise<number> {
  const targets = await targetsOf(given, input);
  const budget = readBudget(input);
  const context = await openContext(given, input, 'read');
  try {
    const { session } = context;
    const sides = await sidesOf(context, input);
    const preview = await previewOf(context, sides, { words: input.positionals, budget });
    await writeTargets(preview, targets, session);
    if (isStdoutTaken(targets)) return exitOf(preview, input.switches.has('exit-code'));
    if (session.json) session.terminal.data(previewJson(preview, sameAgain(session, 'preview', input)));
    else session.terminal.result(previewPage(preview, session));
    return exitOf(preview, input.switches.has('exit-code'));
  } finally {
    await context.close();
  }
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
  { words, budget }: { words: readonly string[]; budget: number | undefined },
): Promise<Preview> {
  const { before, after, base, head, changed } = sides;
  const { affected, untouched } = await affectedUnits(before, after, changed);
  const chosen = chooseUnits(affected, sides, words);
  const apps = sorted(await compareAll(context, sides, { units: chosen, budget }));
  const { added, removed, changed: others } = countObjects(apps);
  const cautions = cautionsOfAll(apps, added + removed + others);
  return { base, head, apps, untouched, cautions };
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

/** An app that no longer builds is an error whoever asks; what differs is a finding only where `--exit-code` asks. */
function exitOf({ apps }: Preview, isAsked: boolean): ExitCode {
  const codes = apps.map(({ pile }): ExitCode => {
    if (pile === 'failure') return EXIT.upstream;
    if (!isAsked || pile === 'unchanged') return EXIT.done;
    return pile === 'decision' ? EXIT.decisions : EXIT.findings;
  });
  return worst(codes);
}

import type { AskedRepository } from '../../../generators/init/generator.ts';
import { type ChangeSet, changesJson } from '../../change-set.ts';
import { firstStart } from './first-start.ts';
import { untranslated, type Text } from '../../text/language.ts';
import type { InitInput } from './flags.ts';
import type { InitPart } from './plan.ts';
import { commandLine } from '../../cli/command-line.ts';
import { repeatLine } from '../../cli/repeat-line.ts';
import type { OpenedInit } from './open.ts';
import { renderTree } from '../../output/preview.ts';
import { wrapBlock } from '../../output/wrap.ts';
import { toJson } from '../../data/json.ts';
import { say } from '../../locales/say.ts';

type Done = { changes: ChangeSet; input: InitInput };

/** Ends a run: what was made, left alone and decided, the next steps, and the line that repeats it. */
export function showInit(opened: OpenedInit, asked: AskedRepository, done: Done): void {
  const { session } = opened;
  const { terminal } = session;
  terminal.result(session.json ? toJson(resultJson(opened, asked, done)) : resultText(opened, asked, done));
}

/** Evidence and notes in English whatever the language: programs compare them. */
function resultJson(opened: OpenedInit, asked: AskedRepository, done: Done) {
  const { session, root, context } = opened;
  return {
    schemaVersion: 2,
    root,
    dryRun: session.dryRun,
    changes: changesJson(done.changes),
    kept: keptFiles(asked, done),
    parts: asked.plan.parts,
    answers: context.facts.ask.answers.map(({ flag, value, from, why }) => ({
      flag,
      value,
      from,
      why: why.en,
    })),
    notes: asked.plan.notes.map(({ en }) => en),
    next: nextSteps(opened, asked, done).map(({ en }) => en),
    command: repeatInit(opened, done),
  };
}

function resultText(opened: OpenedInit, asked: AskedRepository, done: Done): string {
  const { session, root, context } = opened;
  const { terminal, t } = session;
  const { changes } = done.changes;
  const own = context.facts.ask.answers.filter(({ from, value }) => from === 'slipway' && value !== '');
  const tree =
    terminal.interactive || changes.length === 0 ? [] : [...renderTree(done.changes, terminal), ''];
  return [
    ...tree,
    ...own.map(({ flag, value, why }) =>
      wrapBlock(`${flag}: ${value} ${terminal.style(`(${t(why)})`, 'dim')}`, terminal.columns),
    ),
    ...asked.plan.parts.map(part => `${part.name}: ${t(PARTS[part.status])} (${part.where})`),
    ...asked.plan.notes.map(note => terminal.style(`${t(say('init.note'))}: ${t(note)}`, 'yellow')),
    ...keptFiles(asked, done).map(file => `${file}: ${t(KEPT)}`),
    terminal.style(`${t(headline(opened, changes.length))} ${root}`, 'green'),
    ...nextLines(opened, asked, done),
    `${t(say('init.sameAgain'))}:`,
    `  ${repeatInit(opened, done)}`,
  ].join('\n');
}

const KEPT = say('init.thereAlreadyDifferentLeftForce');

function headline({ session }: OpenedInit, count: number): Text {
  if (count === 0) return say('init.nothingMissing');
  return session.dryRun ? say('init.wouldMake') : say('init.made');
}

const PARTS = {
  added: say('init.chart'),
  'without-chart': say('init.withoutChartRunSlipwayInit'),
  present: say('init.thereAlready'),
} as const satisfies Record<InitPart['status'], Text>;

/** What differs and was not agreed to. */
function keptFiles({ plan }: AskedRepository, { changes }: Done): string[] {
  const made = new Set(changes.changes.map(({ path }) => path));
  return plan.overwrites.changes
    .filter(({ path, action }) => action === 'update' && !made.has(path))
    .map(({ path }) => path);
}

function nextLines(opened: OpenedInit, asked: AskedRepository, done: Done): string[] {
  const { t } = opened.session;
  const steps = nextSteps(opened, asked, done);
  if (steps.length === 0) return [];
  return [`${t(say('init.next'))}:`, ...steps.map(step => `  ${t(step)}`)];
}

/** README.md tells the same to whoever comes later. */
function nextSteps(
  { root, session }: OpenedInit,
  { request, plan }: AskedRepository,
  { changes, input }: Done,
): Text[] {
  if (changes.changes.length === 0) return [];
  const bare = plan.parts.filter(({ status }) => status === 'without-chart').map(({ name }) => name);
  const again = say('init.slipwayInitAddsChartsOnce', { bare: bare.join(', '), bare2: bare.join('、') });
  const runs = plan.parts.some(({ name, status }) => name === 'argo-cd' && status === 'present');
  const starts = firstStart(request).flatMap(({ text, commands }) => [
    text,
    ...commands.map(line => untranslated(line)),
  ]);
  const isThere = root === session.cwd && input.values['cwd'] === undefined;
  const goThere = isThere ? [] : [untranslated(commandLine(['cd', root]))];
  return [...goThere, ...(bare.length > 0 ? [again] : []), ...(runs ? [COMMIT] : starts)];
}

const COMMIT = untranslated('git add --all && git commit -m "feat: slipway init"');

function repeatInit({ context, root, session }: OpenedInit, { input }: Done): string {
  const answers = context.facts.ask.answers.flatMap(({ flag, value }) => [`--${flag}`, value]);
  const dir = root === session.cwd ? [] : [root];
  const given = input.given.filter(({ name }) => name === 'charts-from' || name === 'package');
  const switches = ['no-charts', 'force'] as const;
  return repeatLine(['init', ...dir, ...answers], { ...input, given }, { switches });
}

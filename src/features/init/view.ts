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
import { answerLines, closingLines, jsonDocument, type RunEnd } from '../../cli/run-end.ts';
import { say } from '../../locales/say.ts';

type Done = { changes: ChangeSet; input: InitInput };

/** Ends a run: what was made, left alone and decided, the next steps, and the line that repeats it. */
export function showInit(opened: OpenedInit, asked: AskedRepository, done: Done): void {
  const { session } = opened;
  const end = {
    answers: opened.context.facts.ask.answers,
    notes: asked.plan.notes,
    next: nextSteps(opened, asked, done),
    command: repeatInit(opened, done),
  };
  if (session.json) session.terminal.result(jsonDocument(2, bodyOf(opened, asked, done), end));
  else session.terminal.result(resultText(opened, asked, done, end));
}

function bodyOf({ session, root }: OpenedInit, asked: AskedRepository, done: Done): object {
  return {
    root,
    dryRun: session.dryRun,
    changes: changesJson(done.changes),
    kept: keptFiles(asked, done),
    parts: asked.plan.parts,
  };
}

function resultText(opened: OpenedInit, asked: AskedRepository, done: Done, end: RunEnd): string {
  const { session, root } = opened;
  const { terminal, t } = session;
  const { changes } = done.changes;
  const tree =
    terminal.interactive || changes.length === 0 ? [] : [...renderTree(done.changes, terminal), ''];
  return [
    ...tree,
    ...answerLines(session, end),
    ...asked.plan.parts.map(part => `${part.name}: ${t(PARTS[part.status])} (${part.where})`),
    ...asked.plan.notes.map(note => terminal.style(`${t(say('init.note'))}: ${t(note)}`, 'yellow')),
    ...keptFiles(asked, done).map(file => `${file}: ${t(KEPT)}`),
    terminal.style(`${t(headline(opened, changes.length))} ${root}`, 'green'),
    ...closingLines(session, end),
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

import type { AskedRepository } from '../../../generators/init/generator.ts';
import { type ChangeSet, changesJson, joinAll } from '../../change-set.ts';
import { isFluxInstance } from '../../deliveries/flux/flux-kustomizations.ts';
import { readDeliveries } from '../../deliveries/read-deliveries.ts';
import { firstStart } from './first-start.ts';
import type { Text } from '../../text/language.ts';
import type { InitInput } from './flags.ts';
import type { InitPart } from './init-plan.ts';
import { commitStep, goThere, type NextStep, withoutSwitch } from '../../cli/next-steps.ts';
import { buildWords, hasKubectl, ownWords } from '../../cli/open-programs.ts';
import type { InitRequest } from './init-request.ts';
import { repeatLine } from '../../cli/repeat-line.ts';
import type { OpenedInit } from './open.ts';
import type { Line } from '../../output/lay-out.ts';
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
  if (session.json) session.terminal.data(jsonDocument(2, bodyOf(opened, asked, done), end));
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

function resultText(opened: OpenedInit, asked: AskedRepository, done: Done, end: RunEnd): Line[] {
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
  ];
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
  return joinAll(plan.overwrites)
    .changes.filter(({ path, action }) => action === 'update' && !made.has(path))
    .map(({ path }) => path);
}

/** README.md tells the same to whoever comes later. */
function nextSteps(opened: OpenedInit, { request, plan }: AskedRepository, done: Done): NextStep[] {
  const { root, session, git } = opened;
  const { changes, input } = done;
  if (changes.changes.length === 0) return [];
  if (session.dryRun) return [{ line: repeatInit(opened, { input: withoutSwitch(input, 'dry-run') }) }];
  const bare = plan.parts.filter(({ status }) => status === 'without-chart').map(({ name }) => name);
  const again = say('init.slipwayInitAddsChartsOnce', { bare: bare.join(', '), bare2: bare.join('、') });
  // Without charts there is nothing to start yet.
  if (bare.length > 0)
    return [
      ...goThere(session, input, root),
      { text: again, line: repeatInit(opened, { input: withoutSwitch(input, 'no-charts') }) },
    ];
  const runs = plan.parts.some(({ name, status }) => name === 'argo-cd' && status === 'present');
  const paths = changes.changes.map(({ path }) => path);
  const steps = runs
    ? commitStep({ isInGit: git.isGit }, paths, 'feat: slipway init')
    : startSteps(opened, request);
  return [...goThere(session, input, root), ...steps];
}

function startSteps({ session, context, git }: OpenedInit, request: InitRequest): NextStep[] {
  const { configuration, repository } = context.facts.gitops;
  const build = hasKubectl(session.env) ? buildWords(session.env, configuration) : undefined;
  const synced = readDeliveries(repository).flux.flatMap(({ object, folder }) =>
    isFluxInstance(object) ? [folder.replace(/^clusters\//, '')] : [],
  );
  const steps = firstStart(request, { slipway: ownWords(session.env), build, ...git, synced });
  return steps.flatMap(({ text, commands }) => [{ text }, ...commands.map(line => ({ line }))]);
}

function repeatInit({ context, root, session }: OpenedInit, { input }: Omit<Done, 'changes'>): string {
  const answers = context.facts.ask.answers.map(({ flag, value }) => ({ name: flag, value }));
  const dir = root === session.cwd && input.values['cwd'] === undefined ? [] : [root];
  const asked = new Set([...answers.map(({ name }) => name), 'cwd', 'lang']);
  const given = [...answers, ...input.given.filter(({ name }) => !asked.has(name))];
  return repeatLine(session, { words: ['init', ...dir], given, switches: input.switches });
}

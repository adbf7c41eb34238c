import type { Asker } from '../../../generators/asker.ts';
import { isRepeated, placeWords } from '../../../generators/new-app/repeat-command.ts';
import { type ChangeSet, changesJson, pathsForGit, textsAfter } from '../../change-set.ts';
import { buildLines, buildsJson, type SeenBuild } from '../../cli/build-before-writing.ts';
import { buildLine } from '../../cli/build-line.ts';
import type { CommandContext } from '../../cli/command-context.ts';
import { flagWords, slipwayLine } from '../../cli/command-line.ts';
import type { Session } from '../../cli/context.ts';
import { commitStep, goThere, type NextStep, withoutSwitch } from '../../cli/next-steps.ts';
import { repeatedGlobals, sameAgain } from '../../cli/repeat-line.ts';
import { answerLines, closingLines, jsonDocument, type RunEnd } from '../../cli/run-end.ts';
import { say } from '../../locales/say.ts';
import type { Line } from '../../output/lay-out.ts';
import { renderTree } from '../../output/preview.ts';
import { renderTable } from '../../output/table.ts';
import { ignoredIn } from '../../repository/gitignore.ts';
import type { StoredGenerator } from '../../repository/generators/read.ts';
import type { MadeTree } from '../../repository/generators/render.ts';
import type { NewInput } from './flags.ts';
import type { DescribedGenerator } from './open-flags.ts';

type NewRun = {
  session: Session;
  input: NewInput;
  lookups: CommandContext;
  ask: Asker;
  generator: StoredGenerator;
};

type Outcome = { made: MadeTree; changes: ChangeSet; builds: readonly SeenBuild[] };

/** The generators that there are, for a person or a program. */
export function showGenerators(
  session: Session,
  input: NewInput,
  found: readonly DescribedGenerator[],
): void {
  const { terminal, json, t } = session;
  const end = { next: [], command: sameAgain(session, 'new', input) };
  if (json) return terminal.data(jsonDocument(1, { generators: found.map(generatorJson) }, end));
  if (found.length === 0)
    return terminal.result([t(say('generators.noneHere')), t(say('generators.makeOne'))]);
  const rows = found.map(({ name, summary }): [string, string] => [name, t(summary)]);
  terminal.result([`${t(say('generators.listed'))}:`, ...renderTable(rows, { ...terminal, indent: '  ' })]);
}

function generatorJson({ name, summary, generator }: DescribedGenerator): object {
  if (!generator) return { name, problem: summary.en, questions: [] };
  const questions = generator.questions.map(({ name: flag, type, ask, optional, choices }) => ({
    flag,
    type,
    ask: ask.en,
    optional,
    ...(Array.isArray(choices) ? { choices } : {}),
  }));
  return { name, description: summary.en, questions };
}

/** Ends a run of a generator: what it made, the next steps, and the line that repeats it. */
export function showGenerated(run: NewRun, outcome: Outcome): void {
  const { session, ask } = run;
  const end = { answers: ask.answers, notes: [], next: nextSteps(run, outcome), command: repeatNew(run) };
  if (session.json) session.terminal.data(jsonDocument(1, bodyOf(run, outcome), end));
  else session.terminal.result(resultText(run, outcome, end));
}

function bodyOf({ session, generator, lookups }: NewRun, { made, changes, builds }: Outcome): object {
  return {
    generator: generator.name,
    app: made.app,
    root: lookups.files.root,
    dryRun: session.dryRun,
    changes: changesJson(changes),
    builds: buildsJson(builds),
  };
}

function resultText(
  { session, generator: { name } }: NewRun,
  { made, changes, builds }: Outcome,
  end: RunEnd,
): Line[] {
  const { terminal, t, dryRun } = session;
  const where = made.app;
  if (changes.changes.length === 0) return [t(say('generators.nothingNew', { where }))];
  const line = dryRun
    ? say('generators.wouldMakeHere', { name, where })
    : say('generators.made', { name, where });
  return [
    ...(terminal.interactive ? [] : [...renderTree(changes, terminal), '']),
    ...answerLines(session, end),
    terminal.style(t(line), 'green'),
    ...buildLines(builds, session),
    ...closingLines(session, end),
  ];
}

function nextSteps(run: NewRun, { made, changes, builds }: Outcome): NextStep[] {
  const { session, input, lookups, generator } = run;
  const { files, gitops, renderers } = lookups;
  const { configuration } = gitops;
  const paths = pathsForGit(changes, ignoredIn(textsAfter(gitops.repository.text, changes)));
  if (paths.length === 0) return [];
  if (session.dryRun) return [{ line: repeatNew({ ...run, input: withoutSwitch(input, 'dry-run') }) }];
  const subject = `feat(${made.app.split('/').at(-1) ?? ''}): new ${generator.name}`;
  return [
    ...goThere(session, input, files.root),
    ...builds.map(({ app }) => ({ line: buildLine({ session, configuration, renderers }, app) })),
    ...commitStep(files, paths, subject),
  ];
}

function repeatNew({ session, input, ask, generator }: NewRun): string {
  return slipwayLine(session, [
    'new',
    generator.name,
    ...placeWords({ session, input }),
    ...ask.answers.filter(isRepeated).flatMap(({ flag, value }) => flagWords({ name: flag, value })),
    ...repeatedGlobals(input),
  ]);
}

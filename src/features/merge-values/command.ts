import path from 'node:path';
import { defineCommand, type CommandInput } from '../../cli/command.ts';
import { renderSummary } from '../../values/summary.ts';
import { EXIT, UserError } from '../../errors.ts';
import { readNamedFile, writeNamedFile } from '../../system/files/named-files.ts';
import { keepYoungGenerationSmall } from '../../system/tools/tune-heap.ts';
import type { Session } from '../../cli/context.ts';
import { warnUnused } from '../../cli/unused-answers.ts';
import { sameAgain } from '../../cli/repeat-line.ts';
import { jsonDocument, type RunEnd } from '../../cli/run-end.ts';
import { display } from '../../text/display.ts';
import { readAnswers } from '../../values/read-answers.ts';
import { markDecisions, withoutMarks } from '../../values/marks.ts';
import { openDecisions, unusedAnswers } from '../../values/decisions.ts';
import { mergeAnswered, WITHOUT_SCOPES } from '../../values/merge-answered.ts';
import { mergeValues, type Migration } from '../../values/merge-values.ts';
import { say } from '../../locales/say.ts';
import type { FlagTable } from '../../cli/flags.ts';

/** The flags of `slipway merge-values`. */
const FLAGS = {
  base: { value: '<file>', help: say('mergeValues.chartsOldDefaultValues') },
  ours: { value: '<file>', help: say('mergeValues.teamsEditedCopyThem') },
  theirs: { value: '<file>', help: say('mergeValues.chartsNewDefaultValues') },
  decisions: {
    value: '<file>',
    help: say('mergeValues.answersDecisionsYamlMapId'),
  },
  into: {
    value: '<file>',
    help: say('mergeValues.writeResultHereNotStdout'),
  },
  mark: {
    help: say('mergeValues.commentAboveEachOpenDecision'),
  },
} as const satisfies FlagTable;

export const command = defineCommand({
  usage: say('cli.usageMergeValues'),
  maxPositionals: 0,
  flags: FLAGS,
  examples: [
    'slipway merge-values --base old.yaml --ours values.yaml --theirs new.yaml > merged.yaml',
    'slipway merge-values --base %O --ours %A --theirs %B --into %A',
  ],
  async run(session, input) {
    keepYoungGenerationSmall();
    const request = { paths: pathsOf(session, input), mark: input.switches.has('mark') };
    const migration = await mergeValuesFiles(filesOf(session), request);
    if (session.json) session.terminal.data(migrationJson(migration, endOf(session, input, migration)));
    else {
      warnUnused(session, migration.unusedAnswers);
      if (request.paths.into === undefined) session.terminal.content(migration.text);
      session.terminal.say(renderSummary(migration, session.t));
    }
    return openDecisions(migration.decisions).length > 0 ? EXIT.decisions : EXIT.done;
  },
});

/** With decisions open, the line takes the file of answers that whoever reads this writes first. */
function endOf(session: Session, input: MergeInput, { decisions }: MergedFiles): RunEnd {
  const open = openDecisions(decisions).length > 0;
  const given = input.given.filter(({ name }) => name !== 'decisions');
  const decided = { ...input, given: [...given, { name: 'decisions', value: DECISION_FILE }] };
  return {
    command: sameAgain(session, 'merge-values', input),
    next: open ? [{ line: sameAgain(session, 'merge-values', decided) }] : [],
  };
}

const DECISION_FILE = 'decisions.yaml';

function migrationJson({ text, outcomes, decisions, proof, ...answers }: MergedFiles, end: RunEnd): string {
  const unused = answers.unusedAnswers.length > 0 ? { unusedAnswers: answers.unusedAnswers } : {};
  return jsonDocument(1, { text, outcomes, decisions, proof, ...unused }, end);
}

function filesOf({ dryRun }: Session): ValuesFiles {
  return { read: readNamedFile, write: dryRun ? async () => undefined : writeNamedFile };
}

type PathFlag = 'base' | 'ours' | 'theirs' | 'decisions' | 'into';

function pathsOf({ cwd }: Session, { values }: MergeInput): ValuesPaths {
  const missing = (['base', 'ours', 'theirs'] as const).filter(name => !values[name]);
  if (missing.length > 0)
    throw new UserError(
      'E_MISSING',
      say('mergeValues.missing', { missing: missing.map(name => `--${name}`).join(', ') }),
      {
        hint: say('mergeValues.slipwayMergeValuesBaseOld'),
        missing: missing.map(flag => ({ flag })),
      },
    );
  const at = (name: PathFlag): string => path.resolve(cwd, values[name] ?? '');
  const optional = (name: PathFlag): string | undefined => (values[name] ? at(name) : undefined);
  return {
    base: at('base'),
    ours: at('ours'),
    theirs: at('theirs'),
    decisions: optional('decisions'),
    into: optional('into'),
  };
}

/** What the use case needs of the file system. */
type ValuesFiles = {
  read(path: string): Promise<string>;
  write(path: string, text: string): Promise<void>;
};

type ValuesPaths = {
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
  readonly decisions: string | undefined;
  /** Where the result goes; it may be one of the three. */
  readonly into: string | undefined;
};

type ValuesRequest = {
  readonly paths: ValuesPaths;
  /** A comment above each open decision; one left from an earlier run is never taken for a comment of the team. */
  readonly mark: boolean;
};

type MergedFiles = Migration & { readonly unusedAnswers: readonly string[] };

/** Merges three values files; writes only where the request says so. */
async function mergeValuesFiles(
  { read, write }: ValuesFiles,
  { paths, mark }: ValuesRequest,
): Promise<MergedFiles> {
  const [base, ours, theirs] = await Promise.all([read(paths.base), read(paths.ours), read(paths.theirs)]);
  const answers = paths.decisions === undefined ? '' : await read(paths.decisions);
  const names = { base: display(paths.base), ours: display(paths.ours), theirs: display(paths.theirs) };
  const decisions = readAnswers(answers, display(paths.decisions ?? 'decisions'));
  const request = { base, ours: withoutMarks(ours), theirs, names };
  const { merged: migration, used } = mergeAnswered(
    [{ source: 'decisions', answers: decisions }],
    WITHOUT_SCOPES,
    exact => mergeValues({ ...request, decisions: exact }),
  );
  const text = mark ? markDecisions(migration.text, openDecisions(migration.decisions)) : migration.text;
  if (paths.into !== undefined) await write(paths.into, text);
  const keys = used.map(({ key }) => key);
  return { ...migration, text, unusedAnswers: unusedAnswers(decisions, keys) };
}

type MergeInput = CommandInput<typeof FLAGS>;

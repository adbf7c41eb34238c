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
import { stat } from 'node:fs/promises';
import { readChartArchive } from '../../archive/chart-archive.ts';
import { judgeValues } from '../../charts/schema/run-schemas.ts';
import { placedValues } from '../../charts/schema/placed-values.ts';
import { readChartFolder } from '../../system/files/chart-folder.ts';
import { readInputFile } from '../../system/files/input-file.ts';
import { type ValuesVerdict, verdictJson, verdictTexts } from '../../charts/schema/verdict.ts';
import type { Text } from '../../text/language.ts';
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
  schema: {
    value: '<path>',
    help: say('mergeValues.schemaOfNewChart'),
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
    const { signal } = session;
    const request = { paths: pathsOf(session, input), mark: input.switches.has('mark'), signal };
    const migration = await mergeValuesFiles(filesOf(session), request);
    if (session.json) session.terminal.data(migrationJson(migration, endOf(session, input, migration)));
    else {
      warnUnused(session, migration.unusedAnswers);
      if (request.paths.into === undefined) session.terminal.content(migration.text);
      session.terminal.say(renderSummary(migration, session.t));
      for (const text of schemaTexts(migration.schema)) session.terminal.say(session.t(text));
    }
    if (openDecisions(migration.decisions).length > 0) return EXIT.decisions;
    return (migration.schema?.refused ?? []).length > 0 ? EXIT.findings : EXIT.done;
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

function migrationJson(
  { text, outcomes, decisions, proof, schema, ...answers }: MergedFiles,
  end: RunEnd,
): string {
  const unused = answers.unusedAnswers.length > 0 ? { unusedAnswers: answers.unusedAnswers } : {};
  const held = schema ? { schema: verdictJson(schema) } : {};
  return jsonDocument(1, { text, outcomes, decisions, proof, ...held, ...unused }, end);
}

function schemaTexts(schema: ValuesVerdict | undefined): Text[] {
  if (!schema) return [];
  const { refused, notHeld } = verdictTexts(schema);
  return [...refused, ...notHeld];
}

function filesOf({ dryRun }: Session): ValuesFiles {
  return { read: readNamedFile, write: dryRun ? async () => undefined : writeNamedFile };
}

type PathFlag = 'base' | 'ours' | 'theirs' | 'decisions' | 'into' | 'schema';

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
    schema: optional('schema'),
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
  /** What the result is held to. */
  readonly schema: string | undefined;
};

type ValuesRequest = {
  readonly paths: ValuesPaths;
  /** A comment above each open decision; one left from an earlier run is never taken for a comment of the team. */
  readonly mark: boolean;
  readonly signal: AbortSignal;
};

type MergedFiles = Migration & {
  readonly unusedAnswers: readonly string[];
  readonly schema: ValuesVerdict | undefined;
};

/** Merges three values files; writes only where the request says so. */
async function mergeValuesFiles(
  { read, write }: ValuesFiles,
  { paths, mark, signal }: ValuesRequest,
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
  const own = { text: ours, name: names.ours };
  const schema =
    paths.schema === undefined
      ? undefined
      : await judgeMerged({ schema: paths.schema, ours: own, theirs, text: migration.text, signal });
  if (paths.into !== undefined) await write(paths.into, text);
  const keys = used.map(({ key }) => key);
  return { ...migration, text, schema, unusedAnswers: unusedAnswers(decisions, keys) };
}

type MergeInput = CommandInput<typeof FLAGS>;

const MAX_BYTES = 20 << 20;

type Held = {
  /** A `values.schema.json`, or the new chart: its folder or archive. */
  schema: string;
  ours: { text: string; name: string };
  theirs: string;
  text: string;
  signal: AbortSignal;
};

/** Holds a merged file over the new defaults to what a person names as the schema; places are told of ours. */
async function judgeMerged({ schema, ours, theirs, text, signal }: Held): Promise<ValuesVerdict> {
  const files = new Map([...(await chartFiles(schema)), ['values.yaml', Buffer.from(theirs)]]);
  const layer = { ...placedValues(ours.text, ours.name), data: placedValues(text, ours.name).data };
  return judgeValues({ files, layers: [layer], signal });
}

/** @throws UserError as readers of files and of archives do */
async function chartFiles(named: string): Promise<ReadonlyMap<string, Buffer>> {
  const found = await stat(named).catch(() => undefined);
  if (found?.isDirectory()) return readChartFolder('.', named);
  const bytes = await readInputFile({ path: named, name: display(named), maxBytes: MAX_BYTES });
  if (/\.(?:tgz|tar\.gz)$/.test(named)) return readChartArchive(bytes).files;
  return new Map([
    ['Chart.yaml', Buffer.from('apiVersion: v2\nname: chart\nversion: 0.0.0\n')],
    ['values.schema.json', bytes],
  ]);
}

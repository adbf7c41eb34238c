import { readValues } from '../../charts/chart-values.ts';
import type { PulledChart } from '../../charts/sources/chart-source.ts';
import { templateReads, type TemplateReads } from '../../charts/template-reads.ts';
import type { ChartUse, ValuesPlace } from '../../deliveries/chart-use.ts';
import { UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { valuesPath } from '../../repository/kustomization-paths.ts';
import { requireValuesMap, valuesText } from '../../repository/values-file.ts';
import type { RepositoryFiles } from '../../system/files/files.ts';
import { decodeUtf8 } from '../../text/utf8.ts';
import type { Answers } from '../../values/decisions.ts';
import { isFullCopy } from '../../values/full-copy.ts';
import { mergeValues } from '../../values/merge-values.ts';
import { parseRepeating, toData } from '../../yaml/source.ts';
import type { ChartMove } from './chart-move.ts';
import { defaultChanges } from './default-changes.ts';
import { nextValuesFile } from './next-values-file.ts';
import type { ChartReport, ValuesReport } from './report-facts.ts';

export type MigrationContext = {
  files: RepositoryFiles;
  uses: readonly ChartUse[];
  /** Answers to decisions, by id. */
  answers: Answers;
};

type FilePlace = Extract<ValuesPlace, { kind: 'file' }>;

/** What becomes of the values of one place. */
export type Migration = {
  place: FilePlace;
  before: string;
  after: string;
  old: Buffer;
  text: string;
  report: ValuesReport;
  defaults: ChartReport['defaults'];
};

export type MigrationInput = { use: ChartUse; move: ChartMove; old: PulledChart; fresh: PulledChart };

/** Migrates the values of a chart, place by place. @throws UserError for a file that is missing, shared or no map */
export async function migrateValues(context: MigrationContext, input: MigrationInput): Promise<Migration[]> {
  const migrations: Migration[] = [];
  for (const place of input.use.values)
    if (place.kind === 'file') migrations.push(await migrateFile(context, input, place));
  return migrations;
}

async function migrateFile(
  { files, uses, answers }: MigrationContext,
  { use, move, old, fresh }: MigrationInput,
  place: FilePlace,
): Promise<Migration> {
  const { folder, written } = place.reference;
  const before = valuesPath(folder, written);
  const after = valuesPath(folder, nextValuesFile(written, { from: move.from, to: move.to }));
  requireOwn(uses, use, before);
  const bytes = await readPlace(files, use, before);
  const ours = valuesText(bytes, before);
  const [base, theirs] = [textOf(old.chart.values), textOf(fresh.chart.values)];
  const [baseData, theirData] = [base, theirs].map(text => readValues(text, move.name));
  const ourData = toData(parseRepeating(ours, before));
  requireValuesMap(ourData, before);
  const partial = !isFullCopy(ourData, baseData);
  const merged = partial
    ? KEPT
    : mergeValues({
        base,
        ours,
        theirs,
        decisions: answers,
        stillRead: stillReadIn(fresh),
        names: { base: `${move.name} ${move.from}`, ours: before, theirs: `${move.name} ${move.to}` },
      });
  const { outcomes, decisions, usedAnswers, proof } = merged;
  const readers = readersOf(fresh, outcomes);
  return {
    place,
    before,
    after,
    old: bytes,
    text: partial ? ours : merged.text,
    defaults: defaultChanges(baseData, theirData, customisedPaths(outcomes)),
    report: { before, after, partial, outcomes, decisions, usedAnswers, proof, readers },
  };
}

async function readPlace(files: RepositoryFiles, { at }: ChartUse, path: string): Promise<Buffer> {
  const bytes = await files.read(path);
  if (bytes) return bytes;
  throw new UserError('E_VALUE', say('upgrade.missing', { before: path }), {
    hint: say('upgrade.restoreTakeOut', { name: at.file }),
    subject: path,
  });
}

/** What two apps read can follow the chart of one of them only by a person's hand. */
function requireOwn(uses: readonly ChartUse[], { app }: ChartUse, file: string): void {
  const other = uses.find(
    each =>
      each.app.path !== app.path && each.values.some(place => place.kind === 'file' && place.path === file),
  );
  if (!other) return;
  throw new UserError('E_VALUE', say('upgrade.valuesShared', { file, other: other.app.path }), {
    hint: say('upgrade.giveOwnValues'),
    subject: file,
  });
}

/** Where the team's values are not the defaults. */
function customisedPaths(outcomes: ValuesReport['outcomes']): string[] {
  return outcomes
    .filter(({ outcome }) => outcome !== 'restored' && outcome !== 'comment-carried')
    .map(({ path }) => path);
}

const KEPT = { text: '', outcomes: [], decisions: [], usedAnswers: [], proof: { lines: 0, unexplained: [] } };

/** A byte order mark is part of the text: the migration keeps it. */
function textOf(bytes: Buffer | undefined): string {
  if (!bytes) return '';
  decodeUtf8(bytes, 'values.yaml');
  return bytes.toString('utf8');
}

function stillReadIn(fresh: PulledChart): (path: string) => boolean {
  const reads = readsOf(fresh);
  return path => reads.readerOf(path) !== undefined;
}

function readsOf({ files, chart: { dependencies } }: PulledChart): TemplateReads {
  return templateReads({ files, dependencies });
}

function readersOf(fresh: PulledChart, outcomes: ValuesReport['outcomes']): ReadonlyMap<string, string> {
  const kept = outcomes.filter(({ outcome }) => outcome === 'removed-but-still-read');
  const reads = kept.length > 0 ? readsOf(fresh) : undefined;
  return new Map(kept.map(({ path }) => [path, reads?.readerOf(path) ?? '']));
}

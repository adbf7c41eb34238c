import { memoized } from '../../data/memoized.ts';
import type { PulledChart } from '../../charts/sources/chart-source.ts';
import { templateReads, type TemplateReads } from '../../charts/template-reads.ts';
import { type ChartUse, isReadElsewhere, placeId, type ValuesPlace } from '../../deliveries/chart-use.ts';
import { requireOwnValues } from '../../deliveries/shared-values.ts';
import { editValuesAt, type ManifestPlace, replaceValuesAt, valuesAt } from '../../deliveries/values-at.ts';
import { UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { valuesPath } from '../../repository/kustomization-paths.ts';
import type { Repository } from '../../repository/model.ts';
import { requireValuesMap, valuesText } from '../../repository/values-file.ts';
import type { RepositoryFiles } from '../../system/files/files.ts';
import { type Answers, openDecisions } from '../../values/decisions.ts';
import { areFullCopy } from '../../values/values-diff.ts';
import { mergeAnswered } from '../../values/merge-answered.ts';
import { mergeValues } from '../../values/merge-values.ts';
import type { Readers } from '../../values/removal.ts';
import type { OtherLayers } from '../../values/layers.ts';
import type { OverrideEdit } from '../../values/override-edits.ts';
import { judgeOverrides } from '../../values/overrides.ts';
import { editYaml, type YamlEdit } from '../../yaml/edit.ts';
import { recentOutline } from '../../yaml/outline.ts';
import { parseRepeating, toData } from '../../yaml/source.ts';
import { scopesOf } from '../../values/answer-keys.ts';
import type { ChartMove } from './chart-move.ts';
import { defaultsOf, defaultsText } from './default-changes.ts';
import { nextValuesFile } from './next-values-file.ts';
import type { ValuesReport } from './report-facts.ts';
import { migratedBefore } from './shared-files.ts';
import { isSameForChart, otherLayers } from './values-layers.ts';

export type MigrationContext = {
  files: RepositoryFiles;
  repository: Pick<Repository, 'text' | 'isTemplate'>;
  uses: readonly ChartUse[];
  /** Answers to decisions: keys as `parseAnswerKey` takes them. */
  answers: Answers;
  /** The answers of the repository's configuration. */
  standing: Answers;
  /** Takes out of overrides what is redundant or dead. */
  tidy: boolean;
};

type FilePlace = Extract<ValuesPlace, { kind: 'file' }>;

/** What becomes of the values of one place. */
export type PlaceMigration = {
  report: ValuesReport;
  /** The paths at which the team's values are not the defaults. */
  customised: readonly string[];
  /** The values alone as they are, and as they will be. */
  ours: string;
  next(): string;
} & (
  | {
      kind: 'file';
      place: FilePlace;
      before: string;
      after: string;
      old: Buffer;
      text: string;
      /** Whether the new file is there already, as another overlay got it. */
      isThere: boolean;
    }
  /** Values in a manifest: what its text is to be made of. */
  | { kind: 'manifest'; place: ManifestPlace; manifest: string; file: string; edit: (text: string) => string }
);

export type MigrationInput = {
  use: ChartUse;
  move: ChartMove;
  old: PulledChart;
  fresh: PulledChart;
  /** The uses that make the same step: they may share a values file. */
  together: readonly string[];
};

type PlaceInput = MigrationInput & { others: OtherLayers };

/**
 * Migrates the values of a chart, place by place. What `tidy` takes out may change nothing that the chart is given by all of
 * them together; where it would, it is left.
 * @throws UserError for a file that is missing, shared or no map
 */
export async function migrateValues(
  context: MigrationContext,
  input: MigrationInput,
): Promise<PlaceMigration[]> {
  const migrations = await migratePlaces(context, input);
  if (!context.tidy || migrations.every(({ report }) => !report.partial)) return migrations;
  const untidied = { ...context, tidy: false };
  if (isSameForChart(input.fresh, await migratePlaces(untidied, input), migrations)) return migrations;
  return migratePlaces(untidied, input, { unseen: 'what all places give together' });
}

async function migratePlaces(
  context: MigrationContext,
  input: MigrationInput,
  doubt: { unseen?: string } = {},
): Promise<PlaceMigration[]> {
  const migrations: PlaceMigration[] = [];
  for (const place of input.use.values) {
    if (place.kind === 'opaque') continue;
    const others = { ...otherLayers(context.uses, { use: input.use, place, below: migrations }), ...doubt };
    const own = { ...input, others };
    if (place.kind === 'file') migrations.push(await migrateFile(context, own, place));
    else migrations.push(migrateInManifest(context, own, place));
  }
  return migrations;
}

async function migrateFile(
  context: MigrationContext,
  input: PlaceInput,
  place: FilePlace,
): Promise<PlaceMigration> {
  const { use, move } = input;
  const { folder, written } = place.reference;
  const before = valuesPath(folder, written);
  const bytes = await readPlace(context.files, use, before);
  const after = valuesPath(folder, nextValuesFile(written, move));
  const there = after === before ? undefined : await migratedBefore(context, input.move, after);
  const ours = valuesText(bytes, before);
  const merged = there === undefined ? mergePlace(context, input, { ours, name: before }) : asThere(there);
  const text = merged.isWhole ? merged.text : editYaml(ours, before, merged.edits);
  // What others read too may change as long as it stays for them under its name; overlays share what stays as it is.
  const sharing = context.uses.filter(({ name }) => text !== ours || name !== use.name);
  if (after === before && (text !== ours || place.via === 'valuesFile'))
    requireOwnValues(sharing, input, before);
  return {
    kind: 'file',
    place,
    before,
    after,
    old: bytes,
    text,
    isThere: there !== undefined,
    customised: merged.customised,
    ours,
    next: () => text,
    report: { ...merged.report, before, after },
  };
}

function asThere(text: string): Merged {
  const report = {
    partial: false,
    outcomes: [],
    decisions: [],
    answered: [],
    readers: new Map<string, string>(),
  };
  return { isWhole: true, text, customised: [], report: { ...report, ...NO_PROOF } };
}

function migrateInManifest(
  context: MigrationContext,
  input: PlaceInput,
  place: ManifestPlace,
): PlaceMigration {
  const { file } = place.at;
  const name = placeId(place.at);
  const manifest = context.repository.text.get(file) ?? '';
  const ours = valuesAt(manifest, place);
  const merged = mergePlace(context, input, { ours, name, isOverrides: place.kind === 'parameters' });
  const edit = (text: string): string =>
    merged.isWhole ? replaceValuesAt(text, place, merged.text) : editValuesAt(text, place, merged.edits);
  // Most values stay as they are, and many ask for what becomes of them.
  const isKept = !merged.isWhole && merged.edits.length === 0;
  return {
    kind: 'manifest',
    place,
    manifest,
    file,
    edit,
    customised: merged.customised,
    ours,
    next: isKept ? () => ours : memoized(() => valuesAt(edit(manifest), place)),
    report: { ...merged.report, before: name, after: name },
  };
}

type Merged = {
  customised: readonly string[];
  report: Omit<ValuesReport, 'before' | 'after'>;
} & ({ isWhole: true; text: string } | { isWhole: false; edits: readonly YamlEdit[] });

/** `isOverrides`: they are no full copy, whatever they say. */
type Ours = { ours: string; name: string; isOverrides?: boolean };

/** A full copy becomes the new defaults with the team's changes; overrides stay, and what they come to is said. */
function mergePlace(
  { answers, standing, tidy }: MigrationContext,
  input: PlaceInput,
  { ours, name, isOverrides = false }: Ours,
): Merged {
  const { use, move, old, fresh, others } = input;
  const [base, theirs] = [defaultsText(old), defaultsText(fresh)];
  requireMap(ours, name);
  const names = { base: `${move.name} ${move.from}`, ours: name, theirs: `${move.name} ${move.to}` };
  const request = { base, ours, theirs, names, ...templatesThatRead(input) };
  const isWhole = !isOverrides && areFullCopy(defaultsOf(old, names.base), { name, text: () => ours });
  const { merged, used } = mergeAnswered(
    [
      { source: 'decisions', answers },
      { source: 'configuration', answers: standing },
    ],
    scopesOf({ app: use.app.path, names: [use.name, use.release.name] }),
    decisions =>
      isWhole
        ? mergeValues({ ...request, decisions })
        : {
            ...NO_PROOF,
            ...judgeOverrides({ ...request, decisions, tidy, others }),
          },
  );
  const { outcomes, proof } = merged;
  const decisions = openDecisions(merged.decisions);
  const readers = readersOf(fresh, outcomes);
  const report = { partial: !isWhole, outcomes, decisions, answered: used, proof, readers };
  const customised = customisedPaths(outcomes);
  if ('text' in merged) return { isWhole: true, text: merged.text, customised, report };
  return { isWhole: false, edits: merged.edits.map(toYamlEdit), customised, report };
}

/** The parser where the scanner does not know all that is written. @throws UserError E_YAML_* */
function requireMap(ours: string, name: string): void {
  if (recentOutline(ours, name)?.documents[0]?.value.kind === 'map') return;
  requireValuesMap(toData(parseRepeating(ours, name)), name);
}

function toYamlEdit(edit: OverrideEdit): YamlEdit {
  return edit.kind === 'remove' ? { ...edit, withComments: true } : edit;
}

async function readPlace(files: RepositoryFiles, { at }: ChartUse, path: string): Promise<Buffer> {
  const bytes = await files.read(path);
  if (bytes) return bytes;
  throw new UserError('E_VALUE', say('upgrade.missing', { before: path }), {
    hint: say('upgrade.restoreTakeOut', { name: at.file }),
    subject: path,
  });
}

/** Where the team's values are not the defaults. */
function customisedPaths(outcomes: ValuesReport['outcomes']): string[] {
  return outcomes.filter(({ outcome }) => !NOT_CUSTOMISED.has(outcome)).map(({ path }) => path);
}

const NOT_CUSTOMISED = new Set(['restored', 'comment-carried', 'default-under-you', 'deprecated']);

const NO_PROOF = { proof: { lines: 0, unexplained: [] } };

function templatesThatRead({ use, old, fresh }: MigrationInput): Required<Readers> {
  const [before, after] = [lazily(() => readsOf(old)), lazily(() => readsOf(fresh))];
  const isRead = (reads: () => TemplateReads, path: string): boolean =>
    isReadElsewhere(use, path) || reads().readerOf(path) !== undefined;
  return {
    stillRead: path => isRead(after, path),
    wasRead: path => isRead(before, path),
    readBeside: path => after().readBeside(path),
  };
}

/** Looks into the templates once it is asked. */
function lazily<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

function readsOf({ files, chart: { dependencies } }: PulledChart): TemplateReads {
  return templateReads({ files, dependencies });
}

function readersOf(fresh: PulledChart, outcomes: ValuesReport['outcomes']): ReadonlyMap<string, string> {
  const kept = outcomes.filter(({ outcome }) => outcome === 'removed-but-still-read');
  const reads = kept.length > 0 ? readsOf(fresh) : undefined;
  return new Map(kept.map(({ path }) => [path, reads?.readerOf(path) ?? '']));
}

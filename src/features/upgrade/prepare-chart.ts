import { readValues } from '../../charts/chart-values.ts';
import { inRepository } from '../../charts/address.ts';
import type { ChartVersion } from '../../charts/chart-version.ts';
import { asList, asMap, asText, field } from '../../data/fields.ts';
import type { ChartEntry } from '../../repository/kustomization.ts';
import { insideFrom, valuesPath } from '../../repository/kustomization-paths.ts';
import type { LockedChart } from '../../repository/lock-entry.ts';
import { readRemoteYaml } from '../../yaml/remote-yaml.ts';
import type { App, Repository } from '../../repository/model.ts';
import { nextValuesFile } from './next-values-file.ts';
import type { ChartMove } from './chart-move.ts';
import { defaultChanges, pathsOf } from './default-changes.ts';
import { isFullCopy } from '../../values/full-copy.ts';
import type { AnnouncedChange, ChartReport, ReportVersion, ValuesReport } from './report-facts.ts';
import { templateReads, type TemplateReads } from '../../charts/template-reads.ts';
import { decodeUtf8 } from '../../text/utf8.ts';
import { requireValuesMap, valuesElsewhere, valuesText } from '../../repository/values-file.ts';
import { type Answers, openDecisions } from '../../values/decisions.ts';
import { mergeValues } from '../../values/merge-values.ts';
import type { Readers } from '../../values/removal.ts';
import { compareVersions, parseVersion } from '../../charts/versions/versions.ts';
import { parseRepeating, toData } from '../../yaml/source.ts';
import { UserError } from '../../errors.ts';
import type { RepositoryFiles } from '../../system/files/files.ts';
import type { Charts } from '../../charts/lookup.ts';
import type { PulledChart } from '../../charts/sources/chart-source.ts';
import { say } from '../../locales/say.ts';

export type PrepareContext = {
  files: RepositoryFiles;
  charts: Charts;
  repository: Pick<Repository, 'apps'>;
  /** Answers to decisions, by id. */
  answers: Answers;
};

/** A chart with everything that its upgrade writes and reports. */
export type PreparedChart = {
  move: ChartMove;
  entry: ChartEntry;
  old: PulledChart;
  fresh: PulledChart;
  /** Undefined for an entry without a values file. */
  values: { before: string; after: string; old: Buffer; text: string } | undefined;
  report: ChartReport;
};

/**
 * Fetches old and new version, both verified, and migrates the values file.
 * @throws UserError E_DIGEST_CHANGED if the pinned version was published again with other bytes
 */
export async function prepareChart(
  context: PrepareContext,
  { app, move, locked }: { app: App; move: ChartMove; locked: LockedChart | undefined },
): Promise<PreparedChart> {
  const { charts } = context;
  const entry = app.kustomization.charts[move.index];
  if (!entry || entry.name !== move.name || entry.version !== move.from)
    throw new UserError(
      'E_CHANGED',
      say('upgrade.notWherePlanSaw', { path: app.path, name: move.name, from: move.from }),
      {
        hint: say('upgrade.planAgain'),
      },
    );
  const versions = await charts.versions(inRepository(move.name, move.repo));
  const [old, fresh] = await Promise.all([
    pull(charts, move, versions, move.from),
    pull(charts, move, versions, move.to),
  ]);
  requireSameBytes(old, locked);
  const values = await migrate(context, { app, entry, move, old, fresh });
  const between = versionsBetween(versions, move);
  const passed = [move.to, ...between.map(({ version }) => version)];
  const announced = announcedChanges(
    await charts.announced(inRepository(move.name, move.repo), passed),
    passed,
  );
  const defaults = values?.defaults ?? defaultsWithoutFile({ move, entry, old, fresh });
  const notCompared = [...(values?.report.partial ? [values.after] : []), ...valuesElsewhere(entry)];
  const report = reportOf({
    move,
    between,
    old,
    fresh,
    announced,
    defaults,
    notCompared,
    values: values?.report,
  });
  return { move, entry, old, fresh, values, report };
}

function pull(
  charts: Charts,
  { name, repo }: ChartMove,
  versions: readonly ChartVersion[],
  version: string,
): Promise<PulledChart> {
  const listed = versions.find(candidate => candidate.version === version);
  if (!listed)
    throw new UserError('E_NO_VERSION', say('upgrade.noLongerHas', { repo, name, version }), {
      hint: say('upgrade.withoutOldDefaultsNothingCan'),
      subject: name,
    });
  return charts.pull(inRepository(name, repo), listed);
}

function requireSameBytes(old: PulledChart, locked: LockedChart | undefined): void {
  if (!locked || old.digest === undefined || locked.digest === `sha256:${old.digest}`) return;
  throw new UserError(
    'E_DIGEST_CHANGED',
    say('upgrade.publishedAgainOtherBytes', { name: old.chart.name, version: old.chart.version }),
    {
      hint: say('upgrade.findOutWhyBeforeYou'),
      subject: old.chart.name,
    },
  );
}

type Migration = NonNullable<PreparedChart['values']> & {
  report: ValuesReport;
  defaults: ChartReport['defaults'];
};
type MigrationInput = { app: App; entry: ChartEntry; move: ChartMove; old: PulledChart; fresh: PulledChart };

/** What two apps read can follow the chart of one of them only by a person's hand. */
function requireOwn({ apps }: Pick<Repository, 'apps'>, app: App, file: string): void {
  const other = apps.find(
    each =>
      each !== app &&
      each.kustomization.charts.some(({ valuesFile = '' }) => insideFrom(each.path, valuesFile) === file),
  );
  if (!other) return;
  throw new UserError('E_VALUE', say('upgrade.valuesShared', { file, other: other.path }), {
    hint: say('upgrade.giveOwnValues'),
    subject: file,
  });
}

async function migrate(
  { files, repository, answers }: PrepareContext,
  input: MigrationInput,
): Promise<Migration | undefined> {
  const { app, entry, move, old, fresh } = input;
  const name = nextValuesFile(entry, move.to);
  if (entry.valuesFile === undefined || name === undefined) return undefined;
  const [before, after] = [valuesPath(app.path, entry.valuesFile), valuesPath(app.path, name)];
  requireOwn(repository, app, before);
  const bytes = await files.read(before);
  if (!bytes)
    throw new UserError('E_VALUE', say('upgrade.missing', { before }), {
      hint: say('upgrade.restoreTakeOut', { name: app.kustomization.file }),
      subject: before,
    });
  const ours = valuesText(bytes, before);
  const [base, theirs] = [textOf(old.chart.values), textOf(fresh.chart.values)];
  const [baseData, theirData] = [base, theirs].map(text => readValues(text, move.name));
  const ourData = toData(parseRepeating(ours, before));
  requireValuesMap(ourData, before);
  const partial = !isFullCopy(ourData, baseData);
  const overrides = [partial ? ourData : {}, entry.data['valuesInline']];
  const merged = partial
    ? KEPT
    : mergeValues({
        base,
        ours,
        theirs,
        decisions: answers,
        ...templatesThatRead(old, fresh),
        names: { base: `${move.name} ${move.from}`, ours: before, theirs: `${move.name} ${move.to}` },
      });
  return {
    before,
    after,
    old: bytes,
    text: partial ? ours : merged.text,
    defaults: defaultChanges(baseData, theirData, customisedPaths(merged.outcomes, overrides)),
    report: {
      before,
      after,
      partial,
      outcomes: merged.outcomes,
      decisions: openDecisions(merged.decisions),
      usedAnswers: merged.usedAnswers,
      proof: merged.proof,
      readers: readersOf(fresh, merged.outcomes),
    },
  };
}

function defaultsWithoutFile({
  move,
  entry,
  old,
  fresh,
}: Omit<MigrationInput, 'app'>): ChartReport['defaults'] {
  const [base, theirs] = [old, fresh].map(({ chart }) => readValues(textOf(chart.values), move.name));
  return defaultChanges(base, theirs, pathsOf(entry.data['valuesInline']));
}

/** Where the team's values are not the defaults. */
function customisedPaths(outcomes: Migration['report']['outcomes'], overrides: readonly unknown[]): string[] {
  const kept = outcomes.filter(({ outcome }) => outcome !== 'restored' && outcome !== 'comment-carried');
  return [...kept.map(({ path }) => path), ...overrides.flatMap(pathsOf)];
}

const KEPT = { text: '', outcomes: [], decisions: [], usedAnswers: [], proof: { lines: 0, unexplained: [] } };

/** A byte order mark is part of the text: the migration keeps it. */
function textOf(bytes: Buffer | undefined): string {
  if (!bytes) return '';
  decodeUtf8(bytes, 'values.yaml');
  return bytes.toString('utf8');
}

function templatesThatRead(old: PulledChart, fresh: PulledChart): Readers {
  return { stillRead: stillReadIn(fresh), wasRead: stillReadIn(old) };
}

/** Looks into the templates once it is asked. */
function stillReadIn(chart: PulledChart): (path: string) => boolean {
  let reads: TemplateReads | undefined;
  return path => (reads ??= readsOf(chart)).readerOf(path) !== undefined;
}

function readsOf({ files, chart: { dependencies } }: PulledChart): TemplateReads {
  return templateReads({ files, dependencies });
}

function readersOf(fresh: PulledChart, outcomes: ValuesReport['outcomes']): ReadonlyMap<string, string> {
  const kept = outcomes.filter(({ outcome }) => outcome === 'removed-but-still-read');
  const reads = kept.length > 0 ? readsOf(fresh) : undefined;
  return new Map(kept.map(({ path }) => [path, reads?.readerOf(path) ?? '']));
}

type ReportInput = {
  move: ChartMove;
  between: ReportVersion[];
  old: PulledChart;
  fresh: PulledChart;
  announced: AnnouncedChange[];
  values: ValuesReport | undefined;
  defaults: ChartReport['defaults'];
  notCompared: string[];
};

function reportOf({ move, old, fresh, ...rest }: ReportInput): ChartReport {
  return {
    move,
    from: reportVersion(old.version, old.chart.appVersion),
    to: reportVersion(fresh.version, fresh.chart.appVersion),
    deprecated: fresh.chart.deprecated,
    kubeVersion: { before: old.chart.kubeVersion, after: fresh.chart.kubeVersion },
    ...rest,
  };
}

function reportVersion(
  { version, created, appVersion }: ChartVersion,
  own: string | undefined,
): ReportVersion {
  return { version, created, appVersion: own ?? appVersion };
}

function versionsBetween(versions: readonly ChartVersion[], { from, to }: ChartMove): ReportVersion[] {
  const [low, high] = [parseVersion(from), parseVersion(to)];
  if (!low || !high) return [];
  const inside = versions.filter(({ version }) => {
    const parsed = parseVersion(version);
    return parsed !== undefined && compareVersions(parsed, low) > 0 && compareVersions(parsed, high) < 0;
  });
  return inside.map(version => reportVersion(version, undefined));
}

/** A YAML list of strings or of { kind, description }, of the new version and of those between. */
function announcedChanges(
  announced: ReadonlyMap<string, string>,
  versions: readonly string[],
): AnnouncedChange[] {
  return versions.flatMap(version =>
    asList(readAnnotation(announced.get(version) ?? '')).flatMap(item => {
      const description = typeof item === 'string' ? item : asText(field(asMap(item), 'description'));
      return description === undefined
        ? []
        : [{ version, kind: asText(field(asMap(item), 'kind')), description }];
    }),
  );
}

function readAnnotation(text: string): unknown {
  try {
    return readRemoteYaml(text, 'artifacthub.io/changes');
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

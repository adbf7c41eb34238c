import { inRepository } from '../../charts/address.ts';
import type { ChartVersion } from '../../charts/chart-version.ts';
import { asList, asMap, asText, field } from '../../data/fields.ts';
import { type ChartUse, versionKind } from '../../deliveries/chart-use.ts';
import type { LockedChart } from '../../repository/lock-entry.ts';
import { readRemoteYaml } from '../../yaml/remote-yaml.ts';
import {
  migrateValues,
  type PlaceMigration,
  type MigrationContext,
  type MigrationInput,
} from './migrate-values.ts';
import { changedDefaults } from './default-changes.ts';
import { judgeStep } from './judge-step.ts';
import { documentNotes } from './upgrade-notes.ts';
import type { ChartMove } from './chart-move.ts';
import type { AnnouncedChange, ChartReport, ReportVersion } from './report-facts.ts';
import { compareVersions, findVersion, parseVersion } from '../../charts/versions/versions.ts';
import { UserError } from '../../errors.ts';
import type { Charts } from '../../charts/lookup.ts';
import { CHANGES_ANNOTATION, type PulledChart } from '../../charts/sources/chart-source.ts';
import type { Session } from '../../cli/context.ts';
import { say } from '../../locales/say.ts';

export type PrepareContext = MigrationContext & {
  charts: Charts;
  session: Pick<Session, 't' | 'signal'>;
};

/** A chart with everything that its upgrade writes and reports. */
export type PreparedChart = {
  move: ChartMove;
  use: ChartUse;
  old: PulledChart;
  fresh: PulledChart;
  /** One for each place that holds values. */
  values: readonly PlaceMigration[];
  report: ChartReport;
};

type ChartToPrepare = Pick<MigrationInput, 'move' | 'together'> & { locked: LockedChart | undefined };

/**
 * Fetches old and new version, both verified, and migrates the values file.
 * @throws UserError E_DIGEST_CHANGED if the pinned version was published again with other bytes
 */
export async function prepareChart(
  context: PrepareContext,
  { move, locked, together }: ChartToPrepare,
): Promise<PreparedChart> {
  const { charts } = context;
  const use = context.uses.find(({ id }) => id === move.use);
  if (!use || use.name !== move.name || (use.version.text || '*') !== move.from)
    throw new UserError(
      'E_CHANGED',
      say('upgrade.notWherePlanSaw', { path: move.app, name: move.name, from: move.from }),
      {
        hint: say('upgrade.planAgain'),
      },
    );
  const versions = await charts.versions(inRepository(move.name, move.repo));
  const [old, fresh] = await Promise.all([
    // What is pinned now is what an open version came to.
    pull(charts, move, versions, versionKind(move.from) === 'exact' ? move.from : move.to),
    pull(charts, move, versions, move.to),
  ]);
  requireSameBytes(old, locked);
  const migrated = await migrateValues(context, { use, move, old, fresh, together });
  const { values, schema } = await judgeStep({ use, old, fresh }, migrated, context.session.signal);
  const between = versionsBetween(versions, move);
  const passed = [move.to, ...between.map(({ version }) => version)];
  const listed = await charts.announced(inRepository(move.name, move.repo), passed);
  // An index may leave out what the chart itself says.
  const own = fresh.chart.annotations[CHANGES_ANNOTATION];
  const all = own === undefined || listed.has(move.to) ? listed : new Map([...listed, [move.to, own]]);
  const announced = announcedChanges(all, passed);
  const notCompared = use.values.flatMap(place => (place.kind === 'opaque' ? [place.what] : []));
  const report = reportOf({
    move,
    release: use.release.name,
    between,
    old,
    fresh,
    announced,
    values,
    schema,
    notCompared,
    crdsSkipped: use.skipsCrds ? changedCrds(old, fresh) : [],
  });
  return { move, use, old, fresh, values, report };
}

function pull(
  charts: Charts,
  { name, repo }: ChartMove,
  versions: readonly ChartVersion[],
  version: string,
): Promise<PulledChart> {
  const listed = findVersion(versions, version);
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

type ReportInput = {
  move: ChartMove;
  release: string;
  between: ReportVersion[];
  old: PulledChart;
  fresh: PulledChart;
  announced: AnnouncedChange[];
  values: readonly PlaceMigration[];
  schema: ChartReport['schema'];
  notCompared: string[];
  crdsSkipped: string[];
};

function changedCrds(old: PulledChart, fresh: PulledChart): string[] {
  const files = [...fresh.files].filter(([file]) => /^(?:charts\/[^/]+\/)*crds\/.+\.ya?ml$/.test(file));
  return files.flatMap(([file, bytes]) => (old.files.get(file)?.equals(bytes) ? [] : [file]));
}

function reportOf({ move, old, fresh, values, ...rest }: ReportInput): ChartReport {
  const from = reportVersion(old.version, old.chart.appVersion);
  const to = reportVersion(fresh.version, fresh.chart.appVersion);
  return {
    move,
    from,
    to,
    breaking: {
      announced: rest.announced.filter(({ kind }) => BREAKS.has(kind?.trim().toLowerCase() ?? '')),
      appMajor: majorStep(from.appVersion, to.appVersion),
      documents: documentNotes(fresh.files, move),
      crds: rest.crdsSkipped,
    },
    deprecated: fresh.chart.deprecated,
    kubeVersion: { before: old.chart.kubeVersion, after: fresh.chart.kubeVersion },
    ...rest,
    defaults: changedDefaults(
      { old, fresh },
      values.flatMap(({ customised }) => customised),
    ),
    values: values.map(({ report }) => report),
  };
}

/** The kinds of `artifacthub.io/changes` after which something may not be as it was. */
const BREAKS = new Set(['removed', 'changed', 'security']);

function majorStep(from = '', to = ''): { from: string; to: string } | undefined {
  const [before, after] = [parseVersion(from), parseVersion(to)];
  return before && after && after.major > before.major ? { from, to } : undefined;
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

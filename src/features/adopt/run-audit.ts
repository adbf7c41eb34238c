import { inRepository } from '../../charts/address.ts';
import type { ChartVersion } from '../../charts/chart-version.ts';
import { readValues } from '../../charts/chart-values.ts';
import { placeName } from '../../charts/place-layers.ts';
import { type CommandContext, openContext } from '../../cli/command-context.ts';
import type { Session } from '../../cli/context.ts';
import { showProgress } from '../../cli/show-progress.ts';
import { isDataMap, isSameData } from '../../data/fields.ts';
import { inParallel } from '../../data/in-parallel.ts';
import type { ChartUse, ValuesPlace } from '../../deliveries/chart-use.ts';
import { findUses, usesIn } from '../../deliveries/find-uses.ts';
import { selectUsing } from '../../deliveries/select-using.ts';
import { say } from '../../locales/say.ts';
import { readPlace } from '../../render/compare-charts.ts';
import { readDefaults } from '../../values/read-defaults.ts';
import { areFullCopy } from '../../values/values-diff.ts';
import { helmValues } from '../../yaml/helm-values.ts';
import type { AdoptInput } from './flags.ts';
import type { Audited } from './view-audit.ts';

/** Versions that are fetched for one chart, those next to the pinned one first. */
const MOST_VERSIONS = 80;
const AT_ONCE = 4;

/** Says which version each full copy really stems from; resolves to 1 where one stems from another than the pinned one. */
export async function runAudit(given: Session, input: AdoptInput): Promise<number> {
  const context = await openContext(given, input, 'read');
  try {
    const { session, repository } = context;
    const uses = usesIn(findUses(repository), selectUsing(repository, input.positionals));
    const shown = showProgress(session, say('diff.comparing'));
    const audited: Audited[] = [];
    try {
      for (const use of uses) for (const each of await auditUse(context, use)) audited.push(each);
    } finally {
      shown.end();
    }
    return (await import('./view-audit.ts')).showAudit(context, input, audited);
  } finally {
    await context.close();
  }
}

async function auditUse(context: CommandContext, use: ChartUse): Promise<Audited[]> {
  const files = use.values.filter(place => place.kind === 'file');
  if (files.length === 0 || use.version.kind !== 'exact' || use.source === undefined) return [];
  const address = inRepository(use.name, use.source);
  const published = await context.charts.versions(address);
  const chosen = nextTo(published, use.version.text);
  const defaults = new Map<ChartVersion, string>();
  await inParallel(chosen, AT_ONCE, async version => {
    const { chart } = await context.charts.pull(address, version);
    defaults.set(version, chart.values?.toString('utf8') ?? '');
  });
  const looked = { versions: chosen.length, of: published.length };
  const newestFirst = published.filter(version => defaults.has(version));
  const audited: Audited[] = [];
  for (const place of files)
    audited.push(
      await auditFile(context, {
        use,
        place,
        looked,
        defaults: newestFirst.map(version => [version.version, defaults.get(version) ?? '']),
      }),
    );
  return audited;
}

/** The versions around the pinned one in the order of their publishing. */
function nextTo(published: readonly ChartVersion[], pinned: string): ChartVersion[] {
  const at = Math.max(
    0,
    published.findIndex(({ version }) => version === pinned),
  );
  const distance = (version: ChartVersion): number => Math.abs(published.indexOf(version) - at);
  return published.toSorted((a, b) => distance(a) - distance(b)).slice(0, MOST_VERSIONS);
}

type Copy = {
  use: ChartUse;
  place: ValuesPlace;
  /** Of each version, the newest first. */
  defaults: readonly (readonly [version: string, text: string])[];
  looked: Audited['looked'];
};

async function auditFile(context: CommandContext, { use, place, defaults, looked }: Copy): Promise<Audited> {
  const { read } = await readPlace(context, use, place);
  if (!read) throw new Error(`${placeName(place)} was not read`);
  if ('error' in read) throw read.error;
  const own = leavesOf(helmValues(read.text(), placeName(place)));
  const counted = defaults.map(([version, text]) => ({
    version,
    text,
    count: differing(own, leavesOf(readValues(text, use.name))),
  }));
  const fewest = counted.reduce((least, { count }) => Math.min(least, count), Number.POSITIVE_INFINITY);
  const nearest = counted.filter(({ count }) => count === fewest);
  const pinned = counted.find(({ version }) => version === use.version.text)?.count;
  const ours = { ...read, name: placeName(place) };
  const isCopy = nearest.some(({ text }) => areFullCopy(readDefaults(text, 'values.yaml'), ours));
  return {
    app: use.app.path,
    name: use.name,
    version: use.version.text,
    valuesFile: placeName(place),
    status: isCopy ? (pinned === fewest ? 'right' : 'other') : 'overrides',
    nearest: isCopy ? nearest.map(({ version }) => version) : [],
    differing: { pinned, nearest: Number.isFinite(fewest) ? fewest : 0 },
    looked,
  };
}

/** Every value by its way: lists and empty maps are one each. */
function leavesOf(
  data: unknown,
  way = '',
  leaves = new Map<string, unknown>(),
): ReadonlyMap<string, unknown> {
  const keys = isDataMap(data) ? Object.keys(data) : [];
  if (!isDataMap(data) || keys.length === 0) return leaves.set(way, data);
  for (const key of keys) leavesOf(data[key], `${way}\0${key}`, leaves);
  return leaves;
}

function differing(one: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>): number {
  let count = 0;
  for (const [way, data] of one) if (!other.has(way) || !isSameData(other.get(way), data)) count++;
  for (const way of other.keys()) if (!one.has(way)) count++;
  return count;
}

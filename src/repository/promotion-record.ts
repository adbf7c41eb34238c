import { isDataMap, stringOf, stringsAt, textMap } from '../data/fields.ts';
import { printYaml } from '../yaml/print.ts';
import { readLocated } from '../yaml/read.ts';

/** What a promotion left: the ids that git gives to the files of both sides, by their paths. */
export type PromotionRecord = {
  /** The environment that it came from. */
  from: string;
  /** The day of the promotion; older records have none. */
  date: string | undefined;
  source: Readonly<Record<string, string>>;
  target: Readonly<Record<string, string>>;
  /** What the target had and the source had not: that is to go back, and nobody's own. */
  ahead: readonly string[];
};

/** Where promotions are remembered. */
export const PROMOTIONS_FOLDER = '.slipway/promotions';

/** `.slipway/promotions/<to>/<app>.yaml` */
export function recordPath(environment: string, app: string): string {
  return `${PROMOTIONS_FOLDER}/${environment}/${app}.yaml`;
}

type Placed = { name: string; environment: string | undefined };

/** Where the record of an app may stand: under the environment's folder, or under what it is called for short. */
export function recordPaths({ name, environment }: Placed): string[] {
  if (environment === undefined) return [];
  const words = [environment, environment.split('/').at(-1) ?? ''];
  return [...new Set(words)].map(word => recordPath(word, name));
}

/** Reads a record back; undefined where there is none, or none of this shape. */
export function parseRecord(text: string | undefined): PromotionRecord | undefined {
  const result = text === undefined ? undefined : readLocated(text);
  const [data] = result?.status === 'read' ? result.yaml.documents : [];
  if (!isDataMap(data)) return undefined;
  const [source, target] = [textMap(data['source']), textMap(data['target'])];
  const ids = [...Object.values(source), ...Object.values(target)];
  const isWhole = ids.length > 0 && ids.every(id => /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(id));
  const date = stringOf(data['date']);
  return isWhole
    ? {
        from: stringOf(data['from']) ?? '',
        date: date !== undefined && /^\d{4}-\d\d-\d\d$/.test(date) ? date : undefined,
        source,
        target,
        ahead: stringsAt(data, ['ahead']),
      }
    : undefined;
}

const HEAD = '# What slipway promote promoted last, as ids of git: the base of the next one. Commit it.';

/** The file of a record: its paths in their order. */
export function renderRecord({ from, date, source, target, ahead }: PromotionRecord): string {
  const sorted = (ids: Readonly<Record<string, string>>): Record<string, string> =>
    Object.fromEntries(Object.entries(ids).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  const body = {
    schemaVersion: 1,
    from,
    ...(date !== undefined && { date }),
    source: sorted(source),
    target: sorted(target),
    ...(ahead.length > 0 && { ahead }),
  };
  return `${HEAD}\n${printYaml(body)}\n`;
}

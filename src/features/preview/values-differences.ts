import { isDeepStrictEqual } from 'node:util';
import type { ChartUse } from '../../deliveries/chart-use.ts';
import { isDataMap } from '../../data/fields.ts';
import { type FieldChange, fieldChanges } from '../../render/rendered-changes.ts';
import { readLocated } from '../../yaml/read.ts';
import { maskedChange } from '../../render/compare/masks.ts';

/** Whose a value is: the team's, or the chart's default; `unknown` where the defaults could not be had. */
export type ValueOwner = 'ours' | 'default' | 'unknown';

/** A value of a chart that differs, and whose it is on the side after. */
type ValueChange = FieldChange & { owner: ValueOwner };

/** What differs in the values that an app gives one chart. */
export type ValuesDifference = { chart: string; file: string; changes: readonly ValueChange[]; more: number };

/** Values of one side: what the app gives, and the chart's own. */
export type ValuesSide = { text: string | undefined; defaults: unknown };

const MOST = 200;

/** What differs between the values of two sides, without what is secret by its name. */
export function valuesDifference(
  { chart, file }: Pick<ValuesDifference, 'chart' | 'file'>,
  before: ValuesSide,
  after: ValuesSide,
): ValuesDifference | undefined {
  const [old, fresh] = [dataOf(before.text), dataOf(after.text)];
  const fields = fieldChanges(old, fresh, []).filter(({ path }) => path !== '');
  if (fields.length === 0) return undefined;
  const isDefault = defaultsIn(after.defaults);
  const changes = fields.slice(0, MOST).map(field => ({ ...maskedChange(field), owner: isDefault(field) }));
  return { chart, file, changes, more: fields.length - changes.length };
}

function dataOf(text: string | undefined): unknown {
  const result = text === undefined ? undefined : readLocated(text);
  return result?.status === 'read' && !result.yaml.dataProblem ? (result.yaml.documents[0] ?? {}) : {};
}

function defaultsIn(defaults: unknown): (change: FieldChange) => ValueOwner {
  if (!isDataMap(defaults)) return () => 'unknown';
  const own = new Map(fieldChanges({}, defaults, []).map(({ path, after }) => [path, after]));
  return ({ path, after }) => {
    const known = own.get(path);
    if (after === undefined) return known === undefined ? 'default' : 'ours';
    return known !== undefined && isDeepStrictEqual(JSON.parse(known), JSON.parse(after))
      ? 'default'
      : 'ours';
  };
}

/** The values files of a use that stand in the repository. */
export function valuesFilesOf({ values }: Pick<ChartUse, 'values'>): string[] {
  return values.flatMap(place => (place.kind === 'file' && !place.path.includes('://') ? [place.path] : []));
}

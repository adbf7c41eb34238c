import { isRecord, valueAt } from '../../data/fields.ts';
import { say } from '../../locales/say.ts';
import type { Text } from '../../text/language.ts';
import type { FieldOf, RefusedField, SaidField, Settings } from './model.ts';

/** What is known of the fields of one kind of object. */
export type Vocabulary = {
  /** Paths that chart, version, release and values are read from, and what every object has. */
  known: readonly string[];
  /** Paths that say a setting. */
  settings: Readonly<Record<string, keyof Settings>>;
  /** Paths that change what runs and have no word elsewhere. */
  refused: Readonly<Record<string, { reason: Text; next: Text }>>;
};

type About = { file: string; object: string };

/** Takes the fields of an object apart: those that say settings, those that are refused, and the others. */
export function saidFields(
  data: unknown,
  { file, object }: About,
  { known, settings, refused }: Vocabulary,
): { said: SaidField[]; refusals: RefusedField[]; others: FieldOf[] } {
  const about = (path: string): FieldOf => ({ file, object, path });
  const isThere = (path: string): boolean => {
    const value = valueAt(data, path.split('.'));
    return value !== undefined && value !== null && value !== false && !isEmpty(value);
  };
  const handled = [...known, ...Object.keys(settings), ...Object.keys(refused)];
  return {
    said: Object.entries(settings).flatMap(([path, setting]) =>
      valueAt(data, path.split('.')) === undefined ? [] : [{ ...about(path), setting }],
    ),
    refusals: Object.entries(refused).flatMap(([path, why]) =>
      isThere(path) ? [{ ...about(path), ...why }] : [],
    ),
    others: beside(data, handled, []).map(path => about(path)),
  };
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) ? value.length === 0 : isRecord(value) && Object.keys(value).length === 0;
}

/** The fields that no path covers, whole where none leads into them. */
function beside(data: unknown, handled: readonly string[], path: readonly string[]): string[] {
  if (!isRecord(data)) return [];
  return Object.entries(data).flatMap(([key, value]) => {
    const here = [...path, key].join('.');
    if (handled.includes(here)) return [];
    const leadsIn = handled.some(each => each.startsWith(`${here}.`));
    return leadsIn ? beside(value, handled, [...path, key]) : [here];
  });
}

/** Refuses a field that was found otherwise. */
export function refuseField(at: FieldOf, reason: Text, next: Text): RefusedField {
  return { ...at, reason, next };
}

/** Why a version that is not exact is refused. */
export function versionRefusal(at: FieldOf, version: string): RefusedField {
  return refuseField(at, say('convert.notExact', { version: version || '*' }), say('convert.pinFirst'));
}

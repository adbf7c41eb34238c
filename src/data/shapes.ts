import { isDataMap } from './fields.ts';

/** Whether data has a form. */
export type Shape<Value> = (value: unknown) => value is Value;

/** Any text. */
export const aText: Shape<string> = value => typeof value === 'string';

/** Yes or no. */
export const aFlag: Shape<boolean> = value => typeof value === 'boolean';

/** A whole number from 0 on. */
export const aCount: Shape<number> = (value): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

/** One of some values. */
export function anyOf<const Value>(values: readonly Value[]): Shape<Value> {
  return (value): value is Value => values.some(each => each === value);
}

/** What may be left out. */
export function maybe<Value>(shape: Shape<Value>): Shape<Value | undefined> {
  return (value): value is Value | undefined => value === undefined || shape(value);
}

/** A list of such values. */
export function listOf<Value>(shape: Shape<Value>): Shape<Value[]> {
  return (value): value is Value[] => Array.isArray(value) && value.every(each => shape(each));
}

/** A map of such values, by any keys. */
export function recordOf<Value>(shape: Shape<Value>): Shape<Record<string, Value>> {
  return (value): value is Record<string, Value> =>
    isDataMap(value) && Object.values(value).every(each => shape(each));
}

type Fields = Readonly<Record<string, Shape<unknown>>>;

type ValueOf<Each> = { [Key in keyof Each]: Each[Key] extends Shape<infer Value> ? Value : never };

/** A map with these fields of its own; others are not looked at. */
export function withFields<const Each extends Fields>(fields: Each): Shape<ValueOf<Each>> {
  return (value): value is ValueOf<Each> =>
    isDataMap(value) &&
    Object.entries(fields).every(([key, shape]) => shape(Object.hasOwn(value, key) ? value[key] : undefined));
}

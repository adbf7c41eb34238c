import { asList, isRecord, stringOf } from '../../data/fields.ts';
import { applySetLine } from '../../values/set-line.ts';

/** One of them: the keys that its name leads through, and what it gives. */
export type HelmParameter = { index: number; name: string; keys: readonly string[]; value: unknown };

/** A comma is part of the value, unless that is written as a list. */
export function withCommas(value: string): string {
  return /^\{[^]*\}$/.test(value) ? value : value.replace(/(?<!\\),/g, '\\,');
}

/**
 * The parameters of a list that give values by key; a part of a list (`a[0]`), and what Helm would refuse, are among the `others`.
 */
export function readParameters(
  list: unknown,
  { ofFiles }: { ofFiles: boolean },
): { parameters: HelmParameter[]; others: string[] } {
  const parameters: HelmParameter[] = [];
  const others: string[] = [];
  for (const [index, entry] of asList(list).entries()) {
    const name = stringOf(isRecord(entry) ? entry['name'] : undefined) ?? '';
    const leaf = isRecord(entry) ? leafOf(name, entry, ofFiles) : undefined;
    if (leaf) parameters.push({ index, name, ...leaf });
    else others.push(name);
  }
  return { parameters, others };
}

type Leaf = Pick<HelmParameter, 'keys' | 'value'>;

function leafOf(name: string, entry: Record<string, unknown>, ofFiles: boolean): Leaf | undefined {
  const asText = ofFiles || entry['forceString'] === true;
  const given = stringOf(entry[ofFiles ? 'path' : 'value']) ?? '';
  const data: Record<string, unknown> = {};
  const line = `${name}=${ofFiles ? given.replace(/[\\,[\]{}]/g, '\\$&') : withCommas(given)}`;
  if (name.includes('[') || name.includes(',') || applySetLine(data, line, { asText }) !== undefined)
    return undefined;
  const keys: string[] = [];
  let value: unknown = data;
  while (isRecord(value)) {
    const [key] = Object.keys(value);
    if (key === undefined) return undefined;
    keys.push(key);
    value = value[key];
  }
  return { keys, value };
}

/** What the parameters of a list give together, the later over the earlier. */
export function dataOfParameters(parameters: readonly HelmParameter[]): Record<string, unknown> {
  const data: Record<string, unknown> = {};
  for (const { keys, value } of parameters) {
    let inner = data;
    for (const key of keys.slice(0, -1)) {
      const known = inner[key];
      const next: Record<string, unknown> = isRecord(known) ? known : {};
      inner[key] = next;
      inner = next;
    }
    inner[keys.at(-1) ?? ''] = value;
  }
  return data;
}

/** The name of a parameter that leads through some keys. */
export function parameterName(keys: readonly string[]): string {
  return keys.map(key => key.replace(/[\\.,=[]/g, '\\$&')).join('.');
}

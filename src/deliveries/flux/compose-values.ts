import { isRecord, recordsAt, stringOf, valueAt } from '../../data/fields.ts';
import { say } from '../../locales/say.ts';
import type { Text } from '../../text/language.ts';
import { mergeMaps } from '../../values/merge-maps.ts';
import { applySetLine } from '../../values/set-line.ts';
import { readValuesText } from '../read-values-text.ts';

type Values = Record<string, unknown>;

/** The data of a ConfigMap by its name; undefined where nobody makes it here. */
export type FindConfigMap = (name: string) => Readonly<Record<string, unknown>> | undefined;

export type ComposedValues = { values: Values; open: readonly Text[] };

/**
 * The values of a release as helm-controller puts them together: `valuesFrom` in its order, `values` over them, a `targetPath`
 * where it stands. What only the cluster knows is left out, and said.
 */
export function composeValues(spec: unknown, find: FindConfigMap): ComposedValues {
  const inline = valueAt(spec, ['values']);
  const own: Values = isRecord(inline) ? structuredClone(inline) : {};
  const open: Text[] = [];
  const result = recordsAt(spec, ['valuesFrom']).reduce<Values>((under, entry) => {
    const laid = layEntry(under, { own, entry, find });
    if (laid && 'problem' in laid) open.push(laid.problem);
    return laid && 'values' in laid ? laid.values : under;
  }, {});
  return { values: mergeMaps(result, own), open };
}

type Laid = { values: Values } | { problem: Text };

/** Undefined for what need not be there, and is not. */
function layEntry(
  under: Values,
  { own, entry, find }: { own: Values; entry: Values; find: FindConfigMap },
): Laid | undefined {
  const [kind = 'ConfigMap', name = '', key = 'values.yaml'] = ['kind', 'name', 'valuesKey'].map(field =>
    stringOf(entry[field]),
  );
  if (kind !== 'ConfigMap') return { problem: say('deliveries.valuesOnlyInCluster', { kind, name }) };
  const data = find(name);
  const text = data && Object.hasOwn(data, key) ? stringOf(data[key]) : undefined;
  if (text !== undefined) return layText(under, { own, entry, text });
  if (entry['optional'] === true) return undefined;
  const problem = data
    ? say('deliveries.valuesKeyNotThere', { name, key })
    : say('deliveries.valuesNotHere', { name });
  return { problem };
}

type Layer = { own: Values; entry: Values; text: string };

function layText(under: Values, { own, entry, text }: Layer): Laid {
  const target = stringOf(entry['targetPath']);
  const name = String(entry['name']);
  if (target === undefined) {
    const data = readValuesText(text, name);
    return data ? { values: mergeMaps(under, data) } : { problem: say('deliveries.valuesNoMap', { name }) };
  }
  // Maps that only one of both has are shared with `values`, so that what is set there stays when these come again: as it is in Go.
  const values = mergeMaps(under, own);
  const problem = setAt(values, { target, text, isLiteral: entry['literal'] === true });
  return problem === undefined
    ? { values }
    : { problem: say('deliveries.targetPathNotSet', { target, problem }) };
}

function setAt(
  values: Values,
  { target, text, isLiteral }: { target: string; text: string; isLiteral: boolean },
): string | undefined {
  const quote = /^(["'])[^]*\1$/.test(text);
  const plain = quote ? text.replace(/^["']+|(?<!["'])["']+$/g, '') : text;
  const value = isLiteral ? text.replace(/[\\,[\]{}]/g, '\\$&') : plain;
  return applySetLine(values, `${target}=${value}`, { asText: isLiteral || quote });
}

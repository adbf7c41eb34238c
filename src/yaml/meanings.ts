import type { Scalar } from 'yaml';

/** Stands for what a node means; equal numbers of one table mean equal data. */
export type Meaning = number & { readonly meaning: unique symbol };

/** Gives equal texts equal numbers, so that trees compare in one step, however often an alias repeats them. */
export type Meanings = { of(text: string): Meaning };

/** An empty table. Trees that are to be compared share one. */
export function createMeanings(): Meanings {
  const known = new Map<string, Meaning>();
  return {
    of(text) {
      const found = known.get(text);
      if (found !== undefined) return found;
      const meaning = known.size as Meaning;
      known.set(text, meaning);
      return meaning;
    },
  };
}

type ScalarType = 'string' | 'number' | 'boolean' | 'null';

/** What a scalar means, whatever its spelling: two mean the same exactly if their texts are equal. */
export type ScalarMeaning = { readonly type: ScalarType; readonly text: string };

// Only words that begin like these can be anything but a string.
const TYPED = /^(?:[-+.0-9~=]|[yYnNtTfFoO]|$)/;
const NULL = /^(?:~|null|Null|NULL|)$/;
// Helm reads YAML 1.1 booleans, `yaml` only those of 1.2.
const TRUE = /^(?:true|True|TRUE|yes|Yes|YES|on|On|ON)$/;
const FALSE = /^(?:false|False|FALSE|no|No|NO|off|Off|OFF)$/;
const INTEGER = /^[-+]?(?:0|[1-9][0-9]*)$/;
const DECIMAL = /^[-+]?[0-9]{1,9}\.[0-9]{1,6}$/;
// Octal, hexadecimal, 1_000, 1e3, .inf, 12:30:45, dates, y and n; a version such as 1.22.0 is a string everywhere.
const DISPUTED = [
  /^[-+]?0(?:x[0-9a-fA-F_]+|o[0-7_]+|b[01_]+)$/,
  /^[-+]?(?:\.[0-9_]+|[0-9][0-9_]*(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?$/,
  /^[-+]?[0-9][0-9_]*(?::[0-9]+)+(?:\.[0-9_]*)?$/,
  /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt\s].*)?$/,
  /^[-+]?\.(?:inf|Inf|INF|nan|NaN|NAN)$/,
  /^[yYnN=]$/,
];

/** A scalar as Helm understands it. A plain one that readers of YAML disagree on only equals its own spelling. */
export function scalarMeaning({ tag, type, source = '', value }: Scalar): ScalarMeaning {
  if (tag && tag !== 'tag:yaml.org,2002:str') return { type: 'string', text: `${tag} ${source}` };
  if (type !== 'PLAIN' || tag || !TYPED.test(source))
    return { type: 'string', text: `string ${String(value)}` };
  if (NULL.test(source)) return { type: 'null', text: 'null' };
  if (TRUE.test(source)) return { type: 'boolean', text: 'boolean true' };
  if (FALSE.test(source)) return { type: 'boolean', text: 'boolean false' };
  if (INTEGER.test(source)) return { type: 'number', text: `number ${source.replace(/^\+|^-(?=0$)/, '')}` };
  if (DECIMAL.test(source)) return { type: 'number', text: `number ${Number(source).toFixed(6)}` };
  if (DISPUTED.some(form => form.test(source)))
    return { type: typeof value === 'number' ? 'number' : 'string', text: `disputed ${source}` };
  return { type: 'string', text: `string ${String(value)}` };
}

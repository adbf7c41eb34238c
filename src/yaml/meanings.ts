import type { Scalar } from 'yaml';

/** Stands for what a node means; equal numbers of one table mean equal data. */
export type Meaning = number & { readonly meaning: unique symbol };

/** Gives equal texts equal numbers, so that trees compare in one step, however often an alias repeats them. */
export type Meanings = {
  of(text: string): Meaning;
  /** That of a text that has one already. */
  known(text: string): Meaning | undefined;
};

/** An empty table. Trees that are to be compared share one. */
export function createMeanings(): Meanings {
  const known = new Map<string, Meaning>();
  return {
    known: text => known.get(text),
    of(text) {
      const found = known.get(text);
      if (found !== undefined) return found;
      const meaning = known.size as Meaning;
      known.set(text, meaning);
      return meaning;
    },
  };
}

/** A table over another one, which it does not add to: for one of many trees that are compared with the same tree. */
export function meaningsOver(others: Meanings): Meanings {
  const own = createMeanings();
  // A table counts from nought: what only this one knows is below.
  const below = (meaning: Meaning): Meaning => (-1 - meaning) as Meaning;
  return {
    known(text) {
      const found = own.known(text);
      return others.known(text) ?? (found === undefined ? undefined : below(found));
    },
    of: text => others.known(text) ?? below(own.of(text)),
  };
}

type ScalarType = 'string' | 'number' | 'boolean' | 'null';

/** What a scalar means, whatever its spelling: two mean the same exactly if their texts are equal. */
export type ScalarMeaning = {
  readonly type: ScalarType;
  readonly text: string;
  /** As data, the way Helm reads it. */
  readonly value: unknown;
};

/** That of nothing where a value could stand. */
export const NO_MEANING: ScalarMeaning = { type: 'null', text: 'null', value: null };

// Only words that begin like these can be anything but a string.
const TYPED = /^(?:[-+.0-9~=]|[yYnNtTfFoO]|$)/;
const NULL = /^(?:~|null|Null|NULL|)$/;
// Helm reads YAML 1.1 booleans, `yaml` only those of 1.2.
const TRUE = /^(?:y|Y|true|True|TRUE|yes|Yes|YES|on|On|ON)$/;
const FALSE = /^(?:n|N|false|False|FALSE|no|No|NO|off|Off|OFF)$/;
// As Helm's reader (go-yaml v2) takes them, `_` already gone: 0644 is octal, and 0899 a float.
const BASED = /^[-+]?0(?:[xX][0-9a-fA-F]+|[oO]?[0-7]+|[bB][01]+)$/;
const DECIMAL = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const SPECIAL = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)|=)$/;

/** A scalar as Helm understands it: each number is one float, whatever its spelling. */
export function scalarMeaning({
  tag,
  type,
  source = '',
  value,
}: Pick<Scalar, 'tag' | 'type' | 'source' | 'value'>): ScalarMeaning {
  const text = String(value);
  if (tag && tag !== 'tag:yaml.org,2002:str') return { type: 'string', text: `${tag} ${source}`, value };
  if (type !== 'PLAIN' || tag || !TYPED.test(source))
    return { type: 'string', text: `string ${text}`, value };
  if (NULL.test(source)) return NO_MEANING;
  if (TRUE.test(source)) return { type: 'boolean', text: 'boolean true', value: true };
  if (FALSE.test(source)) return { type: 'boolean', text: 'boolean false', value: false };
  if (SPECIAL.test(source)) return { type: 'string', text: `disputed ${source}`, value };
  return numberMeaning(source) ?? { type: 'string', text: `string ${source}`, value: source };
}

/** A whole number that no float holds exactly only equals its own spelling. */
function numberMeaning(source: string): ScalarMeaning | undefined {
  const plain = source.replaceAll('_', '');
  const number = BASED.test(plain) ? basedNumber(plain) : DECIMAL.test(plain) ? Number(plain) : undefined;
  if (number === undefined || !Number.isFinite(number)) return undefined;
  const isExact = !Number.isInteger(number) || Number.isSafeInteger(number) || /[.eE]/.test(plain);
  const text = isExact ? String(number === 0 ? 0 : number) : plain.replace(/^\+/, '');
  return { type: 'number', text: `number ${text}`, value: number === 0 ? 0 : number };
}

function basedNumber(plain: string): number {
  const [sign, digits] = plain.startsWith('-') ? [-1, plain.slice(1)] : [1, plain.replace(/^\+/, '')];
  return sign * Number(/^0[0-7]/.test(digits) ? `0o${digits.slice(1)}` : digits.toLowerCase());
}

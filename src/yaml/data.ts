import { UserError } from '../errors.ts';
import { fieldPairs, type SaidValue } from './said.ts';
import { say } from '../locales/say.ts';

const MOST_VALUES = 100_000;

/** How many values may still be looked at: aliases repeat them without end. */
export type ValuesBudget = { left: number };

/** As many values as anybody has. */
export function valuesBudget(): ValuesBudget {
  return { left: MOST_VALUES };
}

/** Counts one value. @throws UserError E_YAML_LIMIT for more than anybody has */
export function countValue(budget: ValuesBudget): void {
  if (--budget.left < 0)
    throw new UserError(
      'E_YAML_LIMIT',
      say('yaml.aliasesExpandMoreThanValues', { most_values: MOST_VALUES }),
    );
}

/** The data that a value stands for. Keys such as `__proto__` stay plain keys. @throws UserError as `countValue` */
export function dataOf(value: SaidValue, budget = valuesBudget()): unknown {
  countValue(budget);
  if (value.target) return dataOf(value.target, budget);
  if (value.kind === 'list') return value.entries.map(item => dataOf(item.value, budget));
  if (value.kind === 'alias') return null;
  if (value.kind === 'scalar') return value.scalar;
  return Object.fromEntries(
    fieldPairs(value.entries).map(({ key, value: inner }) => [key, dataOf(inner, budget)]),
  );
}

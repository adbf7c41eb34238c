import { UserError } from '../errors.ts';
import { fieldPairs, type SaidValue } from './said.ts';
import { say } from '../locales/say.ts';

const MOST_VALUES = 100_000;

/** The data that a value stands for. Keys such as `__proto__` stay plain keys. */
export function dataOf(value: SaidValue, budget = { left: MOST_VALUES }): unknown {
  if (--budget.left < 0)
    throw new UserError(
      'E_YAML_LIMIT',
      say('yaml.aliasesExpandMoreThanValues', { most_values: MOST_VALUES }),
    );
  if (value.target) return dataOf(value.target, budget);
  if (value.kind === 'list') return value.entries.map(item => dataOf(item.value, budget));
  if (value.kind === 'alias') return null;
  if (value.kind === 'scalar') return value.scalar;
  return Object.fromEntries(fieldPairs(value.entries).map(([key, field]) => [key, dataOf(field, budget)]));
}

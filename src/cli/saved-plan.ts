import { asMap, type DataMap, isDataMap, isPrototypeKey, textMap } from '../data/fields.ts';
import { UserError } from '../errors.ts';
import { say } from '../locales/say.ts';
import { display } from '../text/display.ts';
import type { Text } from '../text/language.ts';

/** The longest text of a plan: anybody may have written it. */
const MAX_TEXT = 4096;

/**
 * The JSON of a file that `--plan` wrote, or somebody else: of its form only that it is plain data.
 * @throws UserError E_VALUE for no JSON, and for a key that a careless merge would take for the prototype of all objects
 */
export function parsePlanJson(text: string, file: string): DataMap {
  try {
    const data: unknown = JSON.parse(text, (key, value: unknown) => {
      if (isPrototypeKey(key)) throw oddPlan(file, say('upgrade.planHoldsKey', { key }));
      return value;
    });
    return asMap(data);
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof RangeError)) throw error;
    throw new UserError('E_VALUE', say('upgrade.noJson', { file }), { subject: file, cause: error });
  }
}

/** The digests of what a plan was made from, by path. @throws UserError E_VALUE for anything else */
export function planInputs(value: unknown, file: string): Record<string, string> {
  if (!isDataMap(value) || !Object.values(value).every(isPlanDigest))
    throw oddPlan(file, say('upgrade.inputsNotMap'));
  return { ...textMap(value) };
}

/** Whether a value of a plan is a SHA-256. */
export function isPlanDigest(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}

/** Whether a value of a plan is a text that names something. */
export function isPlanText(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= MAX_TEXT;
}

/** The refusal of a file that no `--plan` writes. */
export function oddPlan(file: string, problem: Text): UserError {
  return new UserError('E_VALUE', say('upgrade.noPlanSlipwayWrote', { file, problem }), {
    hint: say('upgrade.planAgain'),
    subject: file,
  });
}

/** @throws UserError E_CHANGED for the first of some paths whose digest is another than the plan's, new or gone */
export function requireSameDigests(
  planned: Readonly<Record<string, string>>,
  now: Readonly<Record<string, string>>,
  paths: readonly string[],
): void {
  const other = paths.find(path => planned[path] !== now[path]);
  if (other === undefined) return;
  throw planChanged(other, say('upgrade.hasChangedSincePlanMade', { other: display(other) }));
}

/** The refusal of a plan that no longer holds. */
export function planChanged(subject: string, problem: Text): UserError {
  return new UserError('E_CHANGED', problem, { hint: say('upgrade.planAgain'), subject: display(subject) });
}

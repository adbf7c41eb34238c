import { UserError } from '../../errors.ts';
import { asMap, field, isDataMap, isPrototypeKey, textMap } from '../../data/fields.ts';
import type { ChartMove } from './chart-move.ts';
import type { LeftAlone } from './report-facts.ts';
import { say } from '../../locales/say.ts';
import type { Text } from '../../text/language.ts';

const MAX_MOVES = 20_000;
const MAX_TEXT = 4096;

export type SavedPlan = {
  schemaVersion: 1;
  moves: ChartMove[];
  inputs: Record<string, string>;
  leftAlone: LeftAlone[];
};

/**
 * Reads a plan that `upgrade --plan` wrote. Of its form only: whether it still holds is `requirePlanned`'s to say.
 * @throws UserError E_VALUE for anything else, and for a plan of a newer slipway
 */
export function parsePlan(text: string, file: string): SavedPlan {
  const data = asMap(parsePlain(text, file));
  if (field(data, 'schemaVersion') !== 1)
    throw new UserError('E_VALUE', say('upgrade.noUpgradePlanVersionSlipway', { file }), {
      hint: say('upgrade.planAgain'),
      subject: file,
    });
  const moves = listOf(field(data, 'moves'), file).map(item => readMove(item, file));
  const places = new Set(moves.map(({ app, index }) => `${index} ${app}`));
  if (places.size < moves.length) throw odd(file, say('upgrade.twoMovesForOneChart'));
  return { schemaVersion: 1, moves, inputs: readInputs(field(data, 'inputs'), file), leftAlone: [] };
}

function parsePlain(text: string, file: string): unknown {
  try {
    return JSON.parse(text, (key, value: unknown) => {
      if (isPrototypeKey(key)) throw odd(file, say('upgrade.planHoldsKey', { key }));
      return value;
    });
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof RangeError)) throw error;
    throw new UserError('E_VALUE', say('upgrade.noJson', { file }), { subject: file, cause: error });
  }
}

function listOf(value: unknown, file: string): readonly unknown[] {
  if (Array.isArray(value) && value.length <= MAX_MOVES) return value;
  throw odd(file, say('upgrade.movesNotList', { most: MAX_MOVES }));
}

function readMove(item: unknown, file: string): ChartMove {
  const data = asMap(item);
  const [app, name, repo, from, to] = ['app', 'name', 'repo', 'from', 'to'].map(key => field(data, key));
  const index = field(data, 'index');
  if (!isText(app) || !isText(name) || !isText(repo) || !isText(from) || !isText(to) || !isIndex(index))
    throw odd(file, say('upgrade.moveNotComplete'));
  return { app, index, name, repo, from, to };
}

function readInputs(value: unknown, file: string): Record<string, string> {
  const pairs = Object.entries(asMap(value));
  if (
    !isDataMap(value) ||
    !pairs.every(([, hash]) => typeof hash === 'string' && /^[0-9a-f]{64}$/.test(hash))
  )
    throw odd(file, say('upgrade.inputsNotMap'));
  return { ...textMap(value) };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= MAX_TEXT;
}

function isIndex(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function odd(file: string, problem: Text): UserError {
  return new UserError('E_VALUE', say('upgrade.noPlanSlipwayWrote', { file, problem }), {
    hint: say('upgrade.planAgain'),
    subject: file,
  });
}

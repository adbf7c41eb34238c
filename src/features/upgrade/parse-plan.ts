import { UserError } from '../../errors.ts';
import { isPlanText, oddPlan, parsePlanJson, planInputs } from '../../cli/saved-plan.ts';
import { asMap, field } from '../../data/fields.ts';
import type { ChartMove } from './chart-move.ts';
import type { LeftAlone } from './report-facts.ts';
import { say } from '../../locales/say.ts';

const MAX_MOVES = 20_000;

/** A move as a file has it: version 1 names the position among the charts of the app. */
export type SavedMove = Omit<ChartMove, 'use'> & { use: string | number };

export type SavedPlan = {
  moves: SavedMove[];
  inputs: Record<string, string>;
  leftAlone: LeftAlone[];
};

/**
 * Reads a plan that `upgrade --plan` wrote. Of its form only: whether it still holds is `requirePlanned`'s to say.
 * @throws UserError E_VALUE for anything else, and for a plan of a newer slipway
 */
export function parsePlan(text: string, file: string): SavedPlan {
  const data = parsePlanJson(text, file);
  const version = field(data, 'schemaVersion');
  if (version !== 1 && version !== 2)
    throw new UserError('E_VALUE', say('upgrade.noUpgradePlanVersionSlipway', { file }), {
      hint: say('upgrade.planAgain'),
      subject: file,
    });
  const moves = listOf(field(data, 'moves'), file).map(item => readMove(item, version, file));
  const places = new Set(moves.map(({ app, use }) => `${use} ${app}`));
  if (places.size < moves.length) throw oddPlan(file, say('upgrade.twoMovesForOneChart'));
  return { moves, inputs: planInputs(field(data, 'inputs'), file), leftAlone: [] };
}

function listOf(value: unknown, file: string): readonly unknown[] {
  if (Array.isArray(value) && value.length <= MAX_MOVES) return value;
  throw oddPlan(file, say('upgrade.movesNotList', { most: MAX_MOVES }));
}

function readMove(item: unknown, version: 1 | 2, file: string): SavedMove {
  const data = asMap(item);
  const [app, name, repo, from, to] = ['app', 'name', 'repo', 'from', 'to'].map(key => field(data, key));
  const use = placeOf(field(data, version === 1 ? 'index' : 'use'), version);
  if (
    !isPlanText(app) ||
    !isPlanText(name) ||
    !isPlanText(repo) ||
    !isPlanText(from) ||
    !isPlanText(to) ||
    use === undefined
  )
    throw oddPlan(file, say('upgrade.moveNotComplete'));
  const also = readAlso(field(data, 'also'), file);
  return { app, use, ...(also.length > 0 ? { also } : {}), name, repo, from, to };
}

function readAlso(value: unknown, file: string): string[] {
  if (value === undefined) return [];
  if (Array.isArray(value) && value.length <= MAX_MOVES && value.every(isPlanText)) return value;
  throw oddPlan(file, say('upgrade.moveNotComplete'));
}

function placeOf(value: unknown, version: 1 | 2): string | number | undefined {
  if (version === 1) return isIndex(value) ? value : undefined;
  return isPlanText(value) ? value : undefined;
}

function isIndex(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

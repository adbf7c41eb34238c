import { UserError } from '../../errors.ts';
import { parseJson } from '../../json.ts';
import { asList, asMap, asText, field, textMap } from '../data.ts';
import type { ChartMove } from './chart-move.ts';
import type { LeftAlone } from './report-facts.ts';

export type SavedPlan = {
  schemaVersion: 1;
  moves: ChartMove[];
  inputs: Record<string, string>;
  leftAlone: LeftAlone[];
};

/**
 * Reads a plan that `upgrade --plan` wrote.
 * @throws UserError E_VALUE for anything else, and for a plan of a newer slipway
 */
export function parsePlan(text: string, file: string): SavedPlan {
  const json = parseJson(text);
  if (json === undefined) throw new UserError('E_VALUE', `${file} is no JSON`, { subject: file });
  const data = asMap(json);
  if (field(data, 'schemaVersion') !== 1)
    throw new UserError('E_VALUE', `${file} is no upgrade plan of this version of slipway`, {
      hint: 'Plan again.',
      subject: file,
    });
  const moves = asList(field(data, 'moves')).map(item => readMove(item, file));
  return { schemaVersion: 1, moves, inputs: { ...textMap(field(data, 'inputs')) }, leftAlone: [] };
}

function readMove(item: unknown, file: string): ChartMove {
  const data = asMap(item);
  const [app, name, repo, from, to] = ['app', 'name', 'repo', 'from', 'to'].map(key =>
    asText(field(data, key)),
  );
  const index = field(data, 'index');
  if (!app || !name || !repo || !from || !to || typeof index !== 'number')
    throw new UserError('E_VALUE', `${file}: a move is not complete`, { hint: 'Plan again.', subject: file });
  return { app, index, name, repo, from, to };
}

import { inRepository } from '../../charts/address.ts';
import { type ChartPin, chartPins } from '../../charts/pins.ts';
import type { ChartUse } from '../../deliveries/chart-use.ts';
import { filesOf } from '../../deliveries/files-of.ts';
import { type ChartMove, decideMove, type MoveRequest } from './chart-move.ts';
import type { LeftAlone } from './report-facts.ts';
import { EXIT, UserError } from '../../errors.ts';
import { sha256Of } from '../../data/digest.ts';
import type { RepositoryFiles } from '../../system/files/files.ts';
import type { Charts } from '../../charts/lookup.ts';

/** Which charts go where. Plain data: written to a file, it can be carried out elsewhere, as long as its inputs stay. */
export type UpgradePlan = {
  schemaVersion: 2;
  moves: ChartMove[];
  /** sha256 of each file that the plan rests on, by path. */
  inputs: Record<string, string>;
  leftAlone: LeftAlone[];
};

export type PlanContext = { files: RepositoryFiles; charts: Charts };

export type PlanRequest = MoveRequest & {
  uses: readonly ChartUse[];
  /** Called after each look-up. */
  progress(done: number, of: number): void;
};

/** Looks every chart up and decides its move. One that cannot be asked is left alone, the others go on. */
export async function planUpgrade(context: PlanContext, request: PlanRequest): Promise<UpgradePlan> {
  const pins = chartPins(request.uses);
  let done = 0;
  const decided = await Promise.all(
    pins.map(async pin => {
      const result = await decide(context.charts, pin, request);
      request.progress(++done, pins.length);
      return result;
    }),
  );
  const moves = decided.flatMap(result => ('move' in result ? [result.move] : []));
  const leftAlone = decided.flatMap(result => ('left' in result ? [result.left] : []));
  return { schemaVersion: 2, moves, inputs: await hashInputs(context.files, request.uses, moves), leftAlone };
}

async function decide(
  charts: Charts,
  pin: ChartPin,
  request: MoveRequest,
): Promise<{ move: ChartMove } | { left: LeftAlone } | object> {
  const about = { app: pin.app.path, name: pin.name, current: pin.current };
  try {
    const decision = decideMove(pin, await charts.versions(inRepository(pin.name, pin.source)), request);
    if (decision.status === 'move') return { move: decision.move };
    if (decision.status === 'held')
      return { left: { ...about, status: 'held', reason: decision.reason, newer: decision.newer } };
    const { beyondLevel } = decision;
    return beyondLevel === undefined
      ? {}
      : { left: { ...about, status: 'beyond-level', newer: beyondLevel } };
  } catch (error) {
    if (!(error instanceof UserError) || error.code === 'E_CANCELLED') throw error;
    // What was asked for by name does not exist: nothing to go on with.
    if (request.to !== undefined && error.exit === EXIT.usage && error.code !== 'E_REPOSITORY') throw error;
    // What nobody means to move needs no answer.
    if (pin.held !== undefined)
      return { left: { ...about, status: 'held', reason: pin.held, newer: undefined } };
    return {
      left: { ...about, status: 'unreachable', reason: error.message, exit: error.exit, newer: undefined },
    };
  }
}

/** The files of the moved apps that decide the result; what cannot be read has no hash, and fails its app later. */
export async function hashInputs(
  files: RepositoryFiles,
  uses: readonly ChartUse[],
  moves: readonly ChartMove[],
): Promise<Record<string, string>> {
  const apps = new Set(moves.map(({ app }) => app));
  const paths = uses.filter(({ app }) => apps.has(app.path)).flatMap(filesOf);
  const { contents } = await files.readEach([...new Set(paths)]);
  const digests = [...contents].map(([path, bytes]) => [path, sha256Of(bytes)] as const);
  return Object.fromEntries(digests.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

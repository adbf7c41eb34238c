import { insideFrom } from '../../repository/kustomization-paths.ts';
import { inRepository } from '../../charts/address.ts';
import { describeFailure, isGivenUp } from '../../charts/newer-versions.ts';
import { chartPins, gitPins, type Pin, releasePins } from '../../charts/pins.ts';
import type { App } from '../../repository/model.ts';
import { type ChartMove, decideMove, type MoveRequest } from './chart-move.ts';
import type { LeftAlone } from './report-facts.ts';
import { EXIT, ownFailure, type UserError } from '../../errors.ts';
import { sha256Of } from '../../data/digest.ts';
import type { RepositoryFiles } from '../../system/files/files.ts';
import type { Charts } from '../../charts/lookup.ts';

/** Which charts go where. Plain data: written to a file, it can be carried out elsewhere, as long as its inputs stay. */
export type UpgradePlan = {
  schemaVersion: 1;
  moves: ChartMove[];
  /** sha256 of each file that the plan rests on, by path. */
  inputs: Record<string, string>;
  leftAlone: LeftAlone[];
};

export type PlanContext = { files: RepositoryFiles; charts: Charts };

export type PlanRequest = MoveRequest & {
  apps: readonly App[];
  /** Called after each look-up. */
  progress(done: number, of: number): void;
};

/** Looks every chart up and decides its move. One that cannot be asked is left alone, the others go on. */
export async function planUpgrade(context: PlanContext, request: PlanRequest): Promise<UpgradePlan> {
  const pins = request.apps.flatMap(chartPins);
  let done = 0;
  const decided = await Promise.all(
    pins.map(async pin => {
      const result = await decide(context.charts, pin, request);
      request.progress(++done, pins.length);
      return result;
    }),
  );
  const moves = decided.flatMap(result => result.moves);
  const leftAlone = [...decided.flatMap(result => result.left), ...notMoved(request)];
  return { schemaVersion: 1, moves, inputs: await hashInputs(context.files, request.apps, moves), leftAlone };
}

const NOT_MOVED = {
  release: 'a file of a release',
  git: 'a remote base',
} as const;

/** What stands at a version and is no entry of `helmCharts`: named, so that nothing counts as up to date that was not looked at. */
function notMoved({ apps }: PlanRequest): LeftAlone[] {
  return apps
    .flatMap(app => [...releasePins(app), ...gitPins(app)])
    .map(({ app, name, current, kind }) => ({
      app: app.path,
      name,
      current,
      newer: undefined,
      status: 'not-moved',
      reason: NOT_MOVED[kind],
    }));
}

type ChartPin = Extract<Pin, { kind: 'chart' }>;

type Decided = { moves: ChartMove[]; left: LeftAlone[] };

async function decide(charts: Charts, pin: ChartPin, request: MoveRequest): Promise<Decided> {
  const about = { app: pin.app.path, name: pin.name, current: pin.current };
  try {
    const versions = await charts.versions(inRepository(pin.name, pin.source));
    const decision = decideMove(pin, versions, request);
    if (decision.status === 'held')
      return {
        moves: [],
        left: [{ ...about, status: 'held', reason: decision.reason, newer: decision.newer }],
      };
    const moves = decision.status === 'move' ? [decision.move] : [];
    const { beyondLevel } = decision;
    const left: LeftAlone[] = [
      ...(beyondLevel === undefined
        ? []
        : [{ ...about, status: 'beyond-level' as const, newer: beyondLevel }]),
      ...(isGivenUp(versions) ? [{ ...about, status: 'deprecated' as const, newer: undefined }] : []),
    ];
    return { moves, left };
  } catch (thrown) {
    const error = ownFailure(thrown);
    // What was asked for by name does not exist: nothing to go on with.
    if (request.to !== undefined && error.exit === EXIT.usage && error.code !== 'E_REPOSITORY') throw error;
    return { moves: [], left: [unasked(pin, error)] };
  }
}

/** What nobody means to move needs no answer; who answers without having it is not out of reach. */
function unasked(pin: ChartPin, error: UserError): LeftAlone {
  const about = { app: pin.app.path, name: pin.name, current: pin.current, newer: undefined };
  if (pin.held !== undefined) return { ...about, status: 'held', reason: pin.held };
  const { status, reason, exit } = describeFailure(pin, error);
  return { ...about, status: error.code === 'E_VALUE' ? 'unknown' : status, reason, exit };
}

/** The files of the moved apps that decide the result; what cannot be read has no hash, and fails its app later. */
export async function hashInputs(
  files: RepositoryFiles,
  apps: readonly App[],
  moves: readonly ChartMove[],
): Promise<Record<string, string>> {
  const moved = apps.filter(app => moves.some(move => move.app === app.path));
  const paths = moved.flatMap(app => [
    app.kustomization.file,
    ...app.kustomization.charts.flatMap(({ valuesFile }) =>
      valuesFile === undefined ? [] : (insideFrom(app.path, valuesFile) ?? []),
    ),
  ]);
  const { contents } = await files.readEach(paths);
  const digests = [...contents].map(([path, bytes]) => [path, sha256Of(bytes)] as const);
  return Object.fromEntries(digests.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

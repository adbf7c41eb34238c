import { addTo } from '../../data/append.ts';
import { inRepository } from '../../charts/address.ts';
import { describeFailure, isGivenUp, resolveOpen } from '../../charts/newer-versions.ts';
import { type ChartPin, chartPins, gitPins, releasePins } from '../../charts/pins.ts';
import type { ChartVersion } from '../../charts/chart-version.ts';
import { type ChartUse, placeId, type UsingApp } from '../../deliveries/chart-use.ts';
import { filesOf } from '../../deliveries/files-of.ts';
import { type ChartMove, decideMove, type MoveRequest } from './chart-move.ts';
import type { LeftAlone } from './report-facts.ts';
import { EXIT, ownFailure, type UserError } from '../../errors.ts';
import { sha256Of } from '../../data/digest.ts';
import type { RepositoryFiles } from '../../system/files/files.ts';
import { inOneTransaction, sharedSourceRefusal } from './shared-files.ts';
import type { Charts } from '../../charts/lookup.ts';

/** Which charts go where. Plain data: written to a file, it can be carried out elsewhere, as long as its inputs stay. */
export type UpgradePlan = {
  schemaVersion: 2;
  moves: ChartMove[];
  /** sha256 of each file that the plan rests on, by path. */
  inputs: Record<string, string>;
  leftAlone: LeftAlone[];
};

export type UpgradePlanContext = { files: RepositoryFiles; charts: Charts };

export type PlanRequest = MoveRequest & {
  apps: readonly UsingApp[];
  uses: readonly ChartUse[];
  /** All uses of the repository. */
  all: readonly ChartUse[];
  /** Called after each look-up. */
  progress(done: number, of: number): void;
};

/**
 * Looks every chart up and decides its move. One that cannot be asked is left alone, the others go on. Uses whose version stands
 * in one place move together.
 * @throws UserError E_SHARED_SOURCE where a move would take a use along that was not asked for
 */
export async function planUpgrade(context: UpgradePlanContext, request: PlanRequest): Promise<UpgradePlan> {
  const groups = sharing(chartPins(request.uses));
  let done = 0;
  const decided = await Promise.all(
    groups.map(async group => {
      const result = await decide(context.charts, group, request);
      request.progress(++done, groups.length);
      return result;
    }),
  );
  const moves = inOneTransaction(
    request.all,
    decided.flatMap(result => result.moves),
  );
  for (const move of moves) requireAll(request, move);
  const leftAlone = [...decided.flatMap(result => result.left), ...notMoved(request)];
  return { schemaVersion: 2, moves, inputs: await hashInputs(context.files, request.uses, moves), leftAlone };
}

const NOT_MOVED = {
  release: 'a file of a release',
  git: 'a remote base',
} as const;

/** What stands at a version and is no entry of `helmCharts`: named, so that nothing counts as up to date that was not looked at. */
function notMoved({ apps }: PlanRequest): LeftAlone[] {
  return apps
    .flatMap(({ kustomization, ...app }) => (kustomization ? [{ ...app, kustomization }] : []))
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

type Group = { pin: ChartPin; others: readonly ChartPin[] };

/** Pins by the place of their version; the first that is held speaks for all. */
function sharing(pins: readonly ChartPin[]): Group[] {
  const byPlace = new Map<string, ChartPin[]>();
  for (const pin of pins) addTo(byPlace, versionPlace(pin.use), pin);
  return [...byPlace.values()].flatMap(([first, ...others]) => {
    if (!first) return [];
    const pin = [first, ...others].find(({ held }) => held !== undefined) ?? first;
    return [{ pin, others: [first, ...others].filter(each => each !== pin) }];
  });
}

function versionPlace({ id, version }: ChartUse): string {
  return version.at ? placeId(version.at) : id;
}

function requireAll({ uses, all }: PlanRequest, move: ChartMove): void {
  const own = uses.find(({ id }) => id === move.use);
  const place = own && versionPlace(own);
  const left = all.find(use => versionPlace(use) === place && !uses.some(({ id }) => id === use.id));
  if (left) throw sharedSourceRefusal(left, move);
}

type Decided = { moves: ChartMove[]; left: LeftAlone[] };

async function decide(charts: Charts, { pin, others }: Group, request: MoveRequest): Promise<Decided> {
  const about = { app: pin.app.path, name: pin.name, current: pin.current };
  try {
    const versions = await charts.versions(inRepository(pin.name, pin.source));
    const open = openMove(pin, versions, request);
    if (open) return { moves: [], left: [{ ...about, ...open }], ...pinned({ pin, others }, open, request) };
    const decision = decideMove(pin, versions, request);
    if (decision.status === 'held')
      return {
        moves: [],
        left: [{ ...about, status: 'held', reason: decision.reason, newer: decision.newer }],
      };
    const moves = decision.status === 'move' ? [withOthers(decision.move, others)] : [];
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

/** With `--pin` what is open becomes the version that it comes to now; nothing where no version can be written. */
function pinned(
  { pin, others }: Group,
  { resolves }: { resolves: string | undefined },
  { pins }: Pick<MoveRequest, 'pins'>,
): Partial<Decided> {
  const { id, version } = pin.use;
  if (pins !== true || resolves === undefined || !(version.at ?? version.put)) return {};
  const { name, source, current } = pin;
  const move = { app: pin.app.path, use: id, name, repo: source, from: current, to: resolves };
  return { moves: [withOthers(move, others)], left: [] };
}

/** What is pinned nowhere is left to whoever installs it. */
function openMove(
  { name, current, held, use }: ChartPin,
  versions: readonly ChartVersion[],
  policy: MoveRequest,
) {
  const { kind } = use.version;
  if (held !== undefined || (kind !== 'range' && kind !== 'floating')) return undefined;
  const { resolves, outside } = resolveOpen({ name, current }, versions, policy);
  return { status: kind, resolves, newer: outside };
}

function withOthers(move: ChartMove, others: readonly ChartPin[]): ChartMove {
  return others.length > 0 ? { ...move, also: others.map(({ use }) => use.id) } : move;
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
  uses: readonly ChartUse[],
  moves: readonly ChartMove[],
): Promise<Record<string, string>> {
  const apps = new Set(moves.map(({ app }) => app));
  const moved = new Set(moves.flatMap(({ use, also = [] }) => [use, ...also]));
  const paths = uses.filter(({ id, app }) => moved.has(id) || apps.has(app.path)).flatMap(filesOf);
  const { contents } = await files.readEach([...new Set(paths)]);
  const digests = [...contents].map(([path, bytes]) => [path, sha256Of(bytes)] as const);
  return Object.fromEntries(digests.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

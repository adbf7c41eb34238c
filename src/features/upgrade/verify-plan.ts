import { inRepository } from '../../charts/address.ts';
import type { App } from '../../repository/model.ts';
import type { ChartMove, MoveRequest } from './chart-move.ts';
import { requirePermitted, requirePlanned } from './require-planned.ts';
import { UserError } from '../../errors.ts';
import type { Charts } from '../../charts/lookup.ts';

type PlanToVerify = Omit<MoveRequest, 'level'> & { moves: readonly ChartMove[] };

/**
 * Holds a plan from a file to the repository of now and to the version policy. All moves are compared with the kustomizations
 * before anybody is asked; a repository that does not answer fails its app later, not the others.
 * @throws UserError E_CHANGED
 */
export async function requirePlannedMoves(
  charts: Charts,
  apps: readonly App[],
  { moves, ...request }: PlanToVerify,
): Promise<void> {
  const planned = moves.map(move => ({ move, pin: requirePlanned(apps, move) }));
  await Promise.all(
    planned.map(async ({ move, pin }) => {
      const versions = await publishedVersions(charts, pin);
      if (versions) requirePermitted(pin, move, { versions, request });
    }),
  );
}

async function publishedVersions(charts: Charts, { name, source }: { name: string; source: string }) {
  try {
    return await charts.versions(inRepository(name, source));
  } catch (error) {
    if (error instanceof UserError && error.code !== 'E_CANCELLED') return undefined;
    throw error;
  }
}

import type { Shard } from '../../cli/shard.ts';
import { UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import type { CheckInput } from './flags.ts';

const NOT_SHARED = ['fix', 'watch'] as const;

/** @throws UserError E_USAGE for flags that say nothing together */
export function requireSharable(
  { switches, values, positionals }: CheckInput,
  shard: Shard | undefined,
): void {
  const { matrix, plan, apply } = values;
  const shares = shard ? 'shard' : matrix === undefined ? undefined : 'matrix';
  const other = NOT_SHARED.find(name => switches.has(name));
  if (shares !== undefined && other !== undefined) throw exclude(shares, other);
  if (shard && matrix !== undefined) throw exclude('shard', 'matrix');
  if (plan !== undefined && matrix === undefined)
    throw new UserError('E_USAGE', say('check.planNeedsMatrix'));
  if (apply !== undefined && !shard) throw new UserError('E_USAGE', say('shard.planNeedsShard'));
  const part = switches.has('staged') ? 'staged' : values['since'] === undefined ? undefined : 'since';
  const planned = plan === undefined ? (apply === undefined ? undefined : 'apply') : 'plan';
  if (planned !== undefined && part !== undefined) throw exclude(planned, part);
  if (planned !== undefined && positionals.length > 0)
    throw new UserError('E_USAGE', say('check.planIsOfAll', { flag: planned }));
}

function exclude(flag: string, other: string): UserError {
  return new UserError('E_USAGE', say('shard.notWith', { flag, other }), {
    hint: say('shard.runWithout', { flag: other }),
  });
}

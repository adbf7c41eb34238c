import { availableParallelism } from 'node:os';
import type { CommandContext } from '../../cli/command-context.ts';
import type { Session } from '../../cli/context.ts';
import { showProgress } from '../../cli/show-progress.ts';
import { UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import type { CheckInput } from './flags.ts';
import type { CheckPlace } from './open-check.ts';
import type { FurtherRequest } from './render/look-further.ts';

/** The network is opened by the first question to it: most runs have none. */
export function lazyLookups(session: Session, input: CheckInput) {
  let opened: Promise<CommandContext> | undefined;
  return {
    open: () =>
      (opened ??= import('../../cli/command-context.ts').then(({ openContext }) =>
        openContext(session, input, 'read'),
      )),
    close: async () => (await opened)?.close(),
  };
}

/** What a run wants to know beyond the files. @throws UserError E_USAGE for a cluster that cannot be asked */
export function furtherRequest(
  { cache, version, env, signal, repository }: CheckPlace,
  session: Session,
  input: CheckInput,
  lookups: FurtherRequest['lookups'],
): FurtherRequest {
  const { offline, jobs = availableParallelism() + 1 } = session;
  const cluster = clusterIn(input, session);
  const [render, outdated] = [input.switches.has('render'), input.switches.has('outdated')];
  const policies = input.switches.has('policies');
  // A policy may be of another share than the objects that it judges.
  if (policies && (input.values['shard'] ?? input.values['matrix']) !== undefined)
    throw new UserError('E_USAGE', say('policies.notOfShards'), { hint: say('policies.wholeRun') });
  return {
    render: render || policies || cluster !== undefined,
    policies,
    outdated,
    cluster,
    root: repository.root,
    cache,
    version,
    env,
    offline,
    jobs,
    signal,
    lookups,
  };
}

/** Only flags say so: nothing in a repository names a cluster. */
function clusterIn({ switches, values }: CheckInput, session: Session): FurtherRequest['cluster'] {
  const { context } = values;
  if (!switches.has('cluster')) {
    if (context === undefined) return undefined;
    throw new UserError('E_USAGE', say('cluster.contextWithoutCluster'));
  }
  if (!session.offline) return { context, watch: () => showProgress(session, say('cluster.asking')) };
  throw new UserError('E_USAGE', say('cluster.clusterOrOffline'), { hint: say('cluster.giveOneOfBoth') });
}

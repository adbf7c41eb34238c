import { UserError } from '../errors.ts';
import { say } from '../locales/say.ts';
import { thisMachine } from '../system/files/machine.ts';
import type { Session } from './context.ts';
import { remark } from './remark.ts';
import { type Network, openNetwork } from '../charts/network.ts';
import type { GitopsRepository } from '../repository/read-repository.ts';
import { findUses } from '../deliveries/find-uses.ts';
import { repositoriesInUse } from '../charts/repositories-in-use.ts';

/** Set for the lines of the tour: like the demo, they reach its own charts and nobody else. */
export const TOUR_VARIABLE = 'SLIPWAY_TOUR';

/** Whether this run belongs to the demo or to the tour, which ask no network. */
export function isClosed({ env }: Pick<Session, 'env'>, connectTo?: ConnectTo): boolean {
  return connectTo !== undefined || env[TOUR_VARIABLE] === '1';
}

type ConnectTo = ReadonlyMap<string, { host: string; port: number }>;

/** The network of this run; the hosts of the repositories in use are trusted wherever they lie. */
export function openNetworkFor(
  session: Session,
  gitops: Pick<GitopsRepository, 'repository' | 'configuration'>,
  connectTo?: ConnectTo,
): Promise<Network> {
  return openNetwork({
    machine: thisMachine(session.env),
    signal: session.signal,
    deadline: session.deadline,
    offline: session.offline,
    version: session.version,
    trustedHosts: repositoriesInUse({ ...gitops, uses: findUses(gitops.repository) }, []).flatMap(({ url }) =>
      hostOf(url),
    ),
    closed: isClosed(session, connectTo),
    ...connection(connectTo ?? connectToFrom(session.env['SLIPWAY_CONNECT_TO'])),
    warn: text => remark(session, text),
  });
}

function connection(connectTo: ConnectTo | undefined): { connectTo?: ConnectTo } {
  return connectTo ? { connectTo } : {};
}

/**
 * `host:port:other-host:other-port`, as curl's --connect-to has it: how the tour's commands reach its charts.
 * @throws UserError E_VALUE
 */
function connectToFrom(text: string | undefined): ConnectTo | undefined {
  if (text === undefined || text === '') return undefined;
  const [, host, port, other, otherPort] = /^([^:\s]+):(\d{1,5}):([^:\s]+):(\d{1,5})$/.exec(text) ?? [];
  if (host === undefined || other === undefined)
    throw new UserError('E_VALUE', say('cli.slipwayConnectToNoAddresses'), {
      hint: say('cli.writeHostPortOtherHostPort'),
    });
  return new Map([[`${host}:${port}`, { host: other, port: Number(otherPort) }]]);
}

function hostOf(url: string): string[] {
  const text = url.replace(/^oci:/, 'https:');
  // Whoever asks such a repository is told; it must not stop those who do not.
  if (!URL.canParse(text)) return [];
  const { hostname, port, protocol } = new URL(text);
  return [`${hostname}:${port || (protocol === 'http:' ? '80' : '443')}`];
}

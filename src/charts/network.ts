import { openCacheFiles } from '../system/cache/cache-files.ts';
import { cacheFolder } from '../system/cache/cache-folder.ts';
import { type Http, openHttp } from '../system/http/http.ts';
import { type HttpCache, openHttpCache } from '../system/http/http-cache.ts';
import type { Machine } from '../system/files/machine.ts';
import { type OciRegistries, openOciRegistries } from '../system/oci/oci-registry.ts';
import { UserError } from '../errors.ts';
import { type Credentials, openCredentials } from './open-credentials.ts';
import { say } from '../locales/say.ts';
import type { Text } from '../text/language.ts';

/** Everything that reaches beyond this machine, for one run. */
export type Network = {
  /** Aborts with the run. */
  signal: AbortSignal;
  http: Http;
  cache: HttpCache;
  registries: OciRegistries;
  credentials: Credentials;
};

export type NetworkOptions = {
  machine: Machine;
  signal: AbortSignal;
  /** Ends every request, each with its own error. */
  deadline: AbortSignal;
  offline: boolean;
  version: string;
  /** Hosts of the repositories in use: they may lie on any network even if an index elsewhere points to them. */
  trustedHosts: string[];
  connectTo?: ReadonlyMap<string, { host: string; port: number }>;
  /** The demo and the tour: nobody is asked but their own charts, and no login of this machine is used for anything else. */
  closed?: boolean;
  warn(message: Text): void;
};

/** Answers of indexes and tag lists younger than this are used without asking again. */
const FRESH_FOR_MS = 60_000;

/**
 * Everything that leaves the machine, with the logins of Helm and Docker.
 * @throws UserError E_CONFIG for a login file that cannot be read
 */
export async function openNetwork(options: NetworkOptions): Promise<Network> {
  const { machine, signal } = options;
  const now = (): number => Date.now();
  const http = openHttp({
    env: machine.env,
    signal,
    deadline: options.deadline,
    offline: options.offline,
    userAgent: `slipway/${options.version}`,
    trustedHosts: options.trustedHosts,
    ...(options.connectTo ? { connectTo: options.connectTo } : {}),
    closed: options.closed ?? false,
  });
  const files = await openCacheFiles({ folder: cacheFolder(machine), warn: options.warn, now });
  const cache = openHttpCache({ http, files, now });
  const credentials = await openCredentials({ machine, signal });
  const registries = openOciRegistries({
    http,
    cache,
    now,
    credential: host => credentials.forRegistry(host),
    freshForMs: FRESH_FOR_MS,
    tokenHosts: tokenHostsOf(machine.env[TOKEN_HOSTS]),
  });
  return { signal, http, cache, registries, credentials };
}

const TOKEN_HOSTS = 'SLIPWAY_TOKEN_HOSTS';

/** `registry=host,registry=host`: whose tokens come, on purpose, from another host. Of the machine, never of a repository. */
function tokenHostsOf(text = ''): Record<string, string> {
  const pairs = text.split(',').filter(pair => pair.trim() !== '');
  return Object.fromEntries(
    pairs.map(pair => {
      const [, registry, host] = /^\s*([^\s=/@]+)=([^\s=/@]+)\s*$/.exec(pair) ?? [];
      if (registry === undefined || host === undefined)
        throw new UserError('E_VALUE', say('charts.noListRegistryHost', { token_hosts: TOKEN_HOSTS }), {
          hint: say('charts.writeRegistryExampleOrgLogin'),
        });
      return [registry, host];
    }),
  );
}

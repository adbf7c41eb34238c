import {
  parseHelmRepositories,
  parseRegistryConfig,
  registryCredentials,
  repositoryAt,
  repositoryCredential,
  sameOrigin,
  type HelmRepository,
  type RegistryConfig,
  type RegistryCredential,
} from './credentials.ts';
import {
  askCredentialHelper,
  readCredentialFiles,
  readTlsIdentity,
  type Credential,
  type CredentialSource,
} from '../system/tools/credentials.ts';
import { basicAuthorization } from '../system/http/http-url.ts';
import type { HttpRequest } from '../system/http/http-types.ts';
import type { TlsIdentity } from '../system/http/http-lane.ts';
import type { Machine } from '../system/files/machine.ts';

export type CredentialContext = { machine: Machine; signal?: AbortSignal };

/** The logins of this machine, as Helm and Docker keep them. */
export type Credentials = {
  readonly repositories: readonly HelmRepository[];
  /** What a request to `url` may carry that was named by the repository at `repositoryUrl`. */
  forRepository(
    repositoryUrl: string,
    url: string,
  ): Promise<Pick<HttpRequest, 'authorization' | 'account' | 'loginFrom' | 'tls'>>;
  forRegistry(host: string): CredentialSource | undefined;
};

/**
 * The logins of Helm's and Docker's files, each for its own origin.
 * @throws UserError E_CONFIG for a file that cannot be read
 */
export async function openCredentials(context: CredentialContext): Promise<Credentials> {
  const files = await readCredentialFiles(context.machine);
  const repositories = files.repositories ? parseHelmRepositories(files.repositories) : [];
  const registries = files.registries.map(parseRegistryConfig);
  const identities = new Map<HelmRepository, Promise<TlsIdentity | undefined>>();
  const identityOf = (repository: HelmRepository): Promise<TlsIdentity | undefined> => {
    const found = identities.get(repository) ?? readTlsIdentity(repository);
    identities.set(repository, found);
    return found;
  };
  return {
    repositories,
    async forRepository(repositoryUrl, url) {
      const repository = repositoryAt(repositories, repositoryUrl);
      if (!repository) return {};
      const credential = repositoryCredential(repository, url);
      const tls = sameOrigin(repository.url, url) ? await identityOf(repository) : undefined;
      return {
        ...(credential ? { ...basicLogin(credential), loginFrom: repository.file } : {}),
        ...(tls ? { tls } : {}),
      };
    },
    forRegistry: host => registrySource(context, registries, host),
  };
}

function basicLogin(credential: Credential): Pick<HttpRequest, 'authorization' | 'account'> {
  if (credential.kind !== 'password') return {};
  const { username, password } = credential;
  return { authorization: basicAuthorization(`${username}:${password}`), account: username };
}

/** The account is known without starting a helper, which may ask a person to unlock something. */
function registrySource(
  context: CredentialContext,
  registries: readonly RegistryConfig[],
  host: string,
): CredentialSource | undefined {
  const places = registries.flatMap(config => registryCredentials(config, host));
  const [first] = places;
  if (!first) return undefined;
  return { account: accountOf(first), from: placeOf(first), read: () => readFirst(context, places) };
}

function accountOf(place: RegistryCredential): string {
  if (place.from === 'helper') return `helper ${place.helper}`;
  return place.credential.kind === 'password' ? place.credential.username : place.credential.kind;
}

function placeOf(place: RegistryCredential): string {
  return place.from === 'helper' ? `docker-credential-${place.helper}` : place.file;
}

async function readFirst(
  { machine, signal }: CredentialContext,
  places: readonly RegistryCredential[],
): Promise<Credential | undefined> {
  for (const place of places) {
    if (place.from === 'file') return place.credential;
    const { helper, server } = place;
    const { env } = machine;
    const found = await askCredentialHelper({ helper, server, env, ...(signal ? { signal } : {}) });
    if (found) return found;
  }
  return undefined;
}

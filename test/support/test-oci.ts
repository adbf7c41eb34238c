import { openCacheFiles } from '../../src/system/cache/cache-files.ts';
import type { Credential, CredentialSource } from '../../src/system/tools/credentials.ts';
import { openHttpCache } from '../../src/system/http/http-cache.ts';
import type { Http } from '../../src/system/http/http.ts';
import type { HttpOptions } from '../../src/system/http/http-types.ts';
import { openOciRegistries, type OciOptions, type OciRegistries } from '../../src/system/oci/oci-registry.ts';
import { tempFolder } from './temp-folder.ts';
import { openTestHttp } from './test-http.ts';

export type TestOci = {
  credential?: Credential;
  folder?: string;
  http?: Partial<HttpOptions>;
  oci?: Partial<OciOptions>;
};

/** The registries of one run, with a cache of its own unless a folder is given. */
export async function openTestOci(options: TestOci = {}): Promise<{ oci: OciRegistries; http: Http }> {
  const { http } = openTestHttp(options.http);
  const folder = options.folder ?? `${await tempFolder()}/cache`;
  const files = await openCacheFiles({ folder, warn: () => undefined, now: Date.now });
  const cache = openHttpCache({ http, files, now: Date.now });
  const { credential } = options;
  const source: CredentialSource | undefined = credential && {
    account: 'test',
    from: 'a test',
    read: async () => credential,
  };
  const oci = openOciRegistries({ http, cache, credential: () => source, now: Date.now, ...options.oci });
  return { oci, http };
}

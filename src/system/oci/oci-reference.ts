import { display } from '../../text/display.ts';
import { UserError } from '../../errors.ts';
import { scopeOfName } from '../http/address-guard.ts';
import { say } from '../../locales/say.ts';

/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests */
const PATH = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;
const MAX_PATH = 255;

/** Docker Hub is known by three names; one of them serves. */
const DOCKER_HUB = 'registry-1.docker.io';
const DOCKER_HUB_ALIASES = new Set(['docker.io', 'index.docker.io', DOCKER_HUB]);

/** A repository of one chart in a registry. */
export type OciRepository = {
  /** `host` or `host:port` of the API. */
  host: string;
  path: string;
};

/** Reads `oci://host[:port]/path/chart`; the scheme and a trailing slash may be missing or there. */
export function parseOciRepository(reference: string): OciRepository {
  const plain = reference.replace(/^oci:\/\//, '').replace(/(?<!\/)\/+$/, '');
  const slash = plain.indexOf('/');
  const host = plain.slice(0, Math.max(slash, 0)).toLowerCase();
  const path = plain.slice(slash + 1);
  const url = `https://${host}`;
  if (!URL.canParse(url) || !isPlainHost(host, new URL(url)) || !PATH.test(path) || path.length > MAX_PATH)
    throw new UserError(
      'E_VALUE',
      say('system.notOciRepository', { reference: display(reference.replace(/^.*@/, '')) }),
      {
        hint: say('system.writeOciHostPathChart'),
      },
    );
  return { host: DOCKER_HUB_ALIASES.has(host) ? DOCKER_HUB : host, path };
}

function isPlainHost(host: string, url: URL): boolean {
  return host === url.host || host === `${url.host}:443`;
}

/** A version's `+` is no character of a tag; Helm writes `_`. */
export function tagOfVersion(version: string): string {
  return version.replaceAll('+', '_');
}

/** The version of a chart by its tag: tags have no `+`. */
export function versionOfTag(tag: string): string {
  return tag.replaceAll('_', '+');
}

/** Whether a registry takes this as a tag. */
export function isTag(text: string): boolean {
  return TAG.test(text);
}

/** Whether this is a SHA-256 digest as registries write it. */
export function isDigest(text: string): boolean {
  return DIGEST.test(text);
}

/** Registries of this machine are spoken to without TLS, as Docker does. */
export function isLoopback(host: string): boolean {
  return scopeOfName(new URL(`http://${host}`).hostname) === 'loopback';
}

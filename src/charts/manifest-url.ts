import { displayUrl } from '../text/display.ts';
import { UserError } from '../errors.ts';
import { say } from '../locales/say.ts';

/** An upstream manifest whose URL names one release for ever. */
export type ManifestUrl = { url: string; version: string; file: string };

const VERSION = String.raw`v?\d+(?:\.\d+)+[A-Za-z0-9.+-]*|[0-9a-f]{40}`;

/** Places where hosting services put the tag or commit, then any path part that looks like a version. */
const PINS = [
  new RegExp(`/releases/download/(?:[^/]*?-)?(${VERSION})/`),
  new RegExp(`/(?:refs/tags|raw|blob|-/raw)/(${VERSION})/`),
  new RegExp(`^/[^/]+/[^/]+/(?:refs/tags/)?(${VERSION})/`),
  new RegExp(`/(${VERSION})/`),
];

/**
 * Reads the URL of a release's manifest.
 * @throws UserError E_VALUE if it is no https URL of a YAML file, E_UNPINNED if its content may change
 */
export function parseManifestUrl(text: string): ManifestUrl {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const loopback = url?.protocol === 'http:' && /^(?:127\.|localhost$|\[::1\])/.test(url.hostname);
  const file = url?.pathname.split('/').at(-1) ?? '';
  if (!url || !(url.protocol === 'https:' || loopback) || !/\.(?:ya?ml)$/.test(file))
    throw new UserError('E_VALUE', say('charts.notHttpsUrlYamlFile', { text: displayUrl(text) }));
  const version = PINS.map(pin => pin.exec(url.pathname)?.[1]).find(found => found !== undefined);
  if (version === undefined)
    throw new UserError('E_UNPINNED', say('charts.namesNoReleaseSoContent', { text: displayUrl(text) }), {
      hint: say('charts.takeUrlReleaseReleasesDownload'),
    });
  return { url: text, version, file };
}

import { displayUrl } from '../text/display.ts';
import { UserError } from '../errors.ts';

const SCHEMES = new Set(['http:', 'https:', 'oci:']);

/** The address of a repository's index: one slash, `index.yaml`, and the repository's query kept. */
export function indexUrl(repositoryUrl: string): string {
  return relative(repositoryUrl.replace(/\/+(?=$|\?)/, ''), 'index.yaml').href;
}

/**
 * The address of a chart archive, as Helm resolves `urls[0]` of an index entry: an absolute one as it is, another one
 * against the repository's address with a slash at its end, keeping that one's query.
 * @throws UserError E_NO_URL for none, for an unusable one, and for schemes other than http, https and oci.
 */
export function resolveChartUrl(repositoryUrl: string, url: string | undefined): string {
  if (url === undefined || url === '') throw noUrl('the index gives no address for it');
  if (/[\u0000-\u001f\u007f\\]/.test(url))
    throw noUrl('its address holds characters that no address may hold');
  const resolved = /^[a-z][a-z0-9+.-]*:/i.test(url) ? absolute(url) : relative(repositoryUrl, url);
  if (!SCHEMES.has(resolved.protocol) || resolved.host === '')
    throw noUrl(`its address is not one of http, https or oci: ${displayUrl(url)}`);
  return resolved.href;
}

function absolute(url: string): URL {
  if (!/^[^:]+:\/\//.test(url) || !URL.canParse(url)) throw noUrl('its address cannot be read');
  return new URL(url);
}

function relative(repositoryUrl: string, url: string): URL {
  const repository = new URL(repositoryUrl);
  const base = new URL(repository);
  base.pathname = base.pathname.replace(/\/?$/, '/');
  if (!URL.canParse(url, base.href)) throw noUrl('its address cannot be read');
  const resolved = new URL(url, base);
  if (resolved.pathname.endsWith('/')) throw noUrl(`its address names no file: ${displayUrl(url)}`);
  resolved.search = repository.search;
  resolved.hash = '';
  return resolved;
}

function noUrl(problem: string): UserError {
  return new UserError('E_NO_URL', `the chart cannot be fetched: ${problem}`, {
    hint: 'Choose another version, or tell the publisher of the repository.',
  });
}

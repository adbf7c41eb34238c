import { displayUrl } from '../../text/display.ts';
import { UserError } from '../../errors.ts';
import type { TlsIdentity } from './http-lane.ts';
import { parseHttpUrl } from './http-url.ts';
import { say } from '../../locales/say.ts';

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** What may travel to a stranger: it says what we can read, never who we are. */
const HARMLESS = new Set(['accept', 'accept-encoding', 'if-modified-since', 'if-none-match', 'user-agent']);

/** One station of a request on its way. */
export type Hop = {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly tls: TlsIdentity | undefined;
  /** URLs already asked, this one included. */
  readonly trail: readonly string[];
};

/** Whether an answer leads elsewhere. */
export function isRedirect(status: number): boolean {
  return REDIRECTS.has(status);
}

/**
 * Where a redirect leads. Headers beyond the harmless ones stay at their origin (scheme, host and port), as does
 * the client certificate, and are not taken up again on a way back: the next hop only knows those of this one.
 */
export function nextHop(hop: Hop, location: string | undefined, limit: number): Hop {
  const from = displayUrl(hop.url.href);
  if (!location) throw new UserError('E_REDIRECT', say('system.redirectsWithoutSayingWhere', { from }));
  const url = resolveLocation(location, hop.url);
  if (limit === 0) throw new UserError('E_REDIRECT', say('system.redirectsWhichRefusedHere', { from }));
  if (hop.trail.includes(url.href))
    throw new UserError('E_REDIRECT', say('system.redirectsCircle', { from }));
  if (hop.trail.length > limit)
    throw new UserError('E_REDIRECT', say('system.moreThanRedirects', { from, limit }));
  if (hop.url.protocol === 'https:' && url.protocol === 'http:')
    throw new UserError('E_DOWNGRADE', say('system.redirectsFromHttpsHttp', { from }), {
      hint: say('system.askOwnerServeHttps', { host: url.host }),
    });
  const next = { ...hop, url, trail: [...hop.trail, url.href] };
  if (url.origin === hop.url.origin) return next;
  return { ...next, headers: harmless(hop.headers), tls: undefined };
}

function resolveLocation(location: string, base: URL): URL {
  if (/[\u0000-\u001f\u007f\\]/.test(location) || !URL.canParse(location, base.href))
    throw new UserError(
      'E_REDIRECT',
      say('system.redirectsSomethingUnreadable', { href: displayUrl(base.href) }),
    );
  return parseHttpUrl(new URL(location, base).href, 'E_REDIRECT').url;
}

function harmless(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => HARMLESS.has(name)));
}

import { unescape } from 'node:querystring';
import { display } from '../../text/display.ts';
import { UserError, type ErrorCode } from '../../errors.ts';
import { say } from '../../locales/say.ts';

// What URL parsers silently drop or turn around: two programs must never read one URL as two places.
const AMBIGUOUS = /[\u0000-\u0020\u007f\\]/;

/**
 * An http(s) URL of which every program reads the same host. User and password are kept apart; the fragment is
 * dropped. `code` says whose mistake a bad one is.
 */
export function parseHttpUrl(text: string, code: ErrorCode = 'E_VALUE'): { url: URL; userinfo?: string } {
  if (AMBIGUOUS.test(text) || !URL.canParse(text))
    throw new UserError(code, say('system.notUrl', { text: shown(text) }));
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new UserError(code, say('system.notHttpHttpsUrl', { text: shown(text) }));
  const userinfo = `${unescape(url.username)}:${unescape(url.password)}`;
  url.username = '';
  url.password = '';
  url.hash = '';
  return userinfo === ':' ? { url } : { url, userinfo };
}

/** `host:port`, the port always spelled out: the name under which hosts are counted, trusted and reported. */
export function authority(url: URL): string {
  return `${url.hostname}:${url.port || (url.protocol === 'https:' ? '443' : '80')}`;
}

function shown(text: string): string {
  return display(text.replace(/\/\/[^/]*@/, '//').replace(/[?#][^]*/, ''));
}

/** `user:password` as the value of an Authorization header. */
export function basicAuthorization(userAndPassword: string): string {
  return `Basic ${Buffer.from(userAndPassword).toString('base64')}`;
}

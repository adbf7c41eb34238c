import { UserError } from '../../errors.ts';
import { display, displayBlock } from '../../text/display.ts';
import { parseHost, parseHostLabel } from '../../repository/names.ts';

/** Folders of a repository that hold no apps, or apps that are no longer synced. */
const TAKEN = new Set(['charts', 'disabled', 'docs', 'scripts', 'templates']);

/**
 * Environments, separated by commas or spaces. Applications are named `<app>-<environment>` in one namespace, so no
 * environment may end in another: `app-a` of `dev` and `app` of `a-dev` would be one name.
 * @throws UserError E_VALUE
 */
export function parseEnvironments(text: string): string[] {
  const names = distinct(words(text));
  if (names.length === 0) throw new UserError('E_VALUE', 'there must be at least one environment');
  for (const name of names) requireFolder(name);
  for (const name of names) {
    const ending = names.find(other => name.endsWith(`-${other}`));
    if (ending !== undefined)
      throw new UserError('E_VALUE', `the environments ${name} and ${ending} can give two apps one name`, {
        hint: 'Choose names of which none is the end of another.',
      });
  }
  return names;
}

function requireFolder(name: string): void {
  parseHostLabel(name);
  if (TAKEN.has(name) || name.length > 30)
    throw new UserError('E_VALUE', `"${name}" cannot be an environment`, {
      hint: `Give at most 30 characters, and none of ${[...TAKEN].join(', ')}.`,
    });
}

/** Domains, separated by commas or spaces, the main one first. @throws UserError E_VALUE */
export function parseDomains(text: string): string[] {
  const domains = distinct(words(text)).map(parseHost);
  const bad = domains.find(domain => !domain.includes('.'));
  if (domains.length > 0 && bad === undefined) return domains;
  throw new UserError('E_VALUE', `"${display(bad ?? text)}" is no domain`, {
    hint: 'Give one such as apps.example.org.',
  });
}

/** A host and path prefix for images, `mirror.example.org/`; empty for none. @throws UserError E_VALUE */
export function parseMirror(text: string): string {
  if (text === '') return '';
  const mirror = text.replace(/\/*$/, '/');
  const [host = ''] = mirror.split('/');
  const name = host.replace(/:\d{1,5}$/, '');
  const isHost = name === 'localhost' || name.includes('.') || host !== name;
  if (isHost && /^[a-z0-9.:/_-]+$/.test(mirror) && !mirror.includes('//')) {
    parseHost(name);
    return mirror;
  }
  throw new UserError('E_VALUE', `"${display(text)}" is no registry`, {
    hint: 'Give host and path without a scheme, such as mirror.example.org/.',
  });
}

/** An e-mail address; empty for none. @throws UserError E_VALUE */
export function parseEmail(text: string): string {
  const isAddress = /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/.test(text) && !hidesText(text);
  if (text === '' || isAddress) return text;
  throw new UserError('E_VALUE', `"${display(text)}" is no e-mail address`);
}

/**
 * A git URL that Argo CD can read: https, ssh, or the scp form. It goes into files, so it may hold no password.
 * @throws UserError E_VALUE
 */
export function parseRepoUrl(text: string): string {
  const scp = /^[a-z0-9_.-]+@[a-z0-9.-]+:[^\s"'\\]+$/i.test(text);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.password || (url?.username && url.protocol !== 'ssh:'))
    throw new UserError('E_VALUE', 'the URL of the repository holds credentials', {
      hint: 'Leave them out: Argo CD reads them from the sealed Secret production/argo-cd/resources/repository-sealedsecret.yaml.',
    });
  const known =
    url !== undefined && ['https:', 'http:', 'ssh:'].includes(url.protocol) && url.pathname !== '/';
  if ((scp || known) && !/[\s"'\\{}]/.test(text) && !hidesText(text)) return text;
  throw new UserError('E_VALUE', `"${display(text)}" is no URL of a git repository`, {
    hint: 'Give https://… or git@host:path.',
  });
}

/** Whether it holds characters that nobody sees, or that move what is seen. */
function hidesText(text: string): boolean {
  return displayBlock(text) !== text;
}

function words(text: string): string[] {
  return text.split(/[\s,]+/).filter(word => word !== '');
}

function distinct(list: readonly string[]): string[] {
  return [...new Set(list)];
}

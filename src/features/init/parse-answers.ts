import { UserError } from '../../errors.ts';
import { display, displayBlock } from '../../text/display.ts';
import { parseHost, parseHostLabel } from '../../repository/names.ts';
import { say } from '../../locales/say.ts';

/** Folders of a repository that hold no apps, or apps that are no longer synced. */
const TAKEN = new Set(['charts', 'disabled', 'docs', 'scripts', 'templates']);

/**
 * Environments, separated by commas or spaces. Applications are named `<app>-<environment>` in one namespace, so no
 * environment may end in another: `app-a` of `dev` and `app` of `a-dev` would be one name.
 * @throws UserError E_VALUE
 */
export function parseEnvironments(text: string): string[] {
  const names = distinct(words(text));
  if (names.length === 0) throw new UserError('E_VALUE', say('init.thereMustLeastOneEnvironment'));
  for (const name of names) requireFolder(name);
  for (const name of names) {
    const ending = names.find(other => name.endsWith(`-${other}`));
    if (ending !== undefined)
      throw new UserError('E_VALUE', say('init.environmentsCanGiveTwoApps', { name, ending }), {
        hint: say('init.chooseNamesWhichNoneEnd'),
      });
  }
  return names;
}

function requireFolder(name: string): void {
  parseHostLabel(name);
  if (TAKEN.has(name) || name.length > 30)
    throw new UserError('E_VALUE', say('init.cannotEnvironment', { name }), {
      hint: say('init.giveMost30CharactersNone', { value: [...TAKEN].join(', ') }),
    });
}

/** A Gateway takes 64 listeners: two for each domain, one for HTTP, one that passes TLS through. */
const MOST_DOMAINS = 31;

/** Domains, separated by commas or spaces, the main one first. @throws UserError E_VALUE */
export function parseDomains(text: string): string[] {
  const domains = distinct(words(text)).map(parseHost);
  if (domains.length > MOST_DOMAINS)
    throw new UserError(
      'E_VALUE',
      say('init.tooManyDomains', { count: domains.length, most: MOST_DOMAINS }),
      {
        hint: say('init.fewerDomains'),
      },
    );
  const bad = domains.find(domain => !domain.includes('.'));
  if (domains.length > 0 && bad === undefined) return domains;
  throw new UserError('E_VALUE', say('init.noDomain', { bad: display(bad ?? text) }), {
    hint: say('init.giveOneSuchAppsExample'),
  });
}

/** A host and path prefix for images, `mirror.example.org/`; empty for none. @throws UserError E_VALUE */
export function parseMirror(text: string): string {
  if (text === '') return '';
  const mirror = text.replace(/(?<!\/)\/*$/, '/');
  const [host = ''] = mirror.split('/');
  const name = host.replace(/:\d{1,5}$/, '');
  const isHost = name === 'localhost' || name.includes('.') || host !== name;
  if (isHost && /^[a-z0-9.:/_-]+$/.test(mirror) && !mirror.includes('//')) {
    parseHost(name);
    return mirror;
  }
  throw new UserError('E_VALUE', say('init.noRegistry', { text: display(text) }), {
    hint: say('init.giveHostPathWithoutScheme'),
  });
}

/** An e-mail address; empty for none. @throws UserError E_VALUE */
export function parseEmail(text: string): string {
  const isAddress = /^[^\s@<>"]+@[^\s@<>".]+(?:\.[^\s@<>".]+)+$/.test(text) && !hidesText(text);
  if (text === '' || isAddress) return text;
  throw new UserError('E_VALUE', say('init.noEMailAddress', { text: display(text) }));
}

/**
 * A git URL that Argo CD can read: https, ssh, or the scp form. It goes into files, so it may hold no password.
 * @throws UserError E_VALUE
 */
export function parseRepoUrl(text: string): string {
  const scp = /^[a-z0-9_.-]+@[a-z0-9.-]+:[^\s"'\\]+$/i.test(text);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.password || (url?.username && url.protocol !== 'ssh:'))
    throw new UserError('E_VALUE', say('init.urlRepositoryHoldsCredentials'), {
      hint: say('init.leaveThemOutArgoCd'),
    });
  const known =
    url !== undefined && ['https:', 'http:', 'ssh:'].includes(url.protocol) && url.pathname !== '/';
  if ((scp || known) && !/[\s"'\\{}]/.test(text) && !hidesText(text)) return text;
  throw new UserError('E_VALUE', say('init.noUrlGitRepository', { text: display(text) }), {
    hint: say('init.giveHttpsGitHostPath'),
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

/** GitLab starts no more jobs of one `parallel`; GitHub and Tekton take 256 out of a matrix. */
const MOST_JOBS = 200;

/** How many machines share the check. @throws UserError E_VALUE */
export function parseShards(text: string): string {
  if (/^[1-9]\d{0,2}$/.test(text) && Number(text) <= MOST_JOBS) return text;
  throw new UserError('E_VALUE', say('init.noShards', { text: display(text), most: MOST_JOBS }), {
    hint: say('init.giveShards'),
  });
}

/**
 * A package with a version, a git address or a folder, as npm takes it.
 * @throws UserError E_VALUE for a name without a version, which means another thing each day
 */
export function parsePackage(text: string): string {
  const isVersioned = /^(?:@[\w.-]+\/)?[\w.-]+@[\w.^~+-]+$/.test(text);
  const isGit = /^git\+(?:https|ssh|file):\/\/\S+$/.test(text);
  const isFile = /^(?:https:\/\/\S+\.tgz|\.{0,2}\/\S+)$/.test(text);
  if (isVersioned || isGit || isFile) return text;
  throw new UserError('E_VALUE', say('init.noPackage', { text: display(text) }), {
    hint: say('init.givePackage'),
  });
}

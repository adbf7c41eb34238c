import path from 'node:path';
import { parseJson } from '../../data/json.ts';
import { stringOf, valueAt } from '../../data/fields.ts';
import { say } from '../../locales/say.ts';
import type { Session } from '../../cli/context.ts';
import { readOwnFile } from '../../system/files/own-file.ts';
import { packagePath } from '../../system/files/templates.ts';
import { readPublishedCommit, readRemoteUrl } from '../../system/git/git-remote.ts';
import type { Text } from '../../text/language.ts';

/** What a machine elsewhere installs to get this very slipway, and how that is known. */
export type KnownPackage = { value: string; why: Text };

/**
 * What npm wrote down when it installed this program, or the commit of a clone that its remote has. Undefined if neither is known:
 * a name alone may be somebody else's on a registry.
 */
export async function findPackage(session: Session): Promise<KnownPackage | undefined> {
  return installedPackage(session.version) ?? (await clonedPackage(session));
}

const MAX_LOCK_BYTES = 16 << 20;

function installedPackage(version: string): KnownPackage | undefined {
  const root = path.resolve(packagePath('.'));
  const modules = path.dirname(root);
  if (path.basename(modules) !== 'node_modules') return undefined;
  const lock = parseJson(readOwnFile(path.join(modules, '.package-lock.json'), MAX_LOCK_BYTES) ?? '');
  const name = path.basename(root);
  const from = stringOf(valueAt(lock, ['packages', `node_modules/${name}`, 'resolved'])) ?? '';
  const why = say('init.npmInstalledItFrom');
  if (from.startsWith('git+')) return { value: from, why };
  return from.startsWith('https://') ? { value: `${name}@${version}`, why } : undefined;
}

async function clonedPackage({ env, signal }: Session): Promise<KnownPackage | undefined> {
  const root = path.resolve(packagePath('.'));
  const url = await readRemoteUrl(root, { env, signal });
  const address = url === undefined ? undefined : npmAddress(url);
  const commit = address && (await readPublishedCommit(root, { env, signal }));
  return commit ? { value: `${address}#${commit}`, why: say('init.commitOfThisClone') } : undefined;
}

/** A git URL as npm takes it; undefined for a path on this machine, and for one with a password in it. */
function npmAddress(url: string): string | undefined {
  const short = /^(?<user>[\w.-]+@[\w.-]+):(?<path>[^/].*)$/.exec(url)?.groups;
  if (short) return `git+ssh://${short['user']}/${short['path']}`;
  if (!URL.canParse(url)) return undefined;
  const { protocol, password } = new URL(url);
  return ['https:', 'ssh:'].includes(protocol) && password === '' ? `git+${url}` : undefined;
}

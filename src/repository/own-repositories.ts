import { asList, isRecord, stringOf } from '../data/fields.ts';

/** The paths of files. */
type Paths = { keys(): Iterable<string>; has(path: string): boolean };

/** Addresses that mean the repository itself, in their normal form. */
export type OwnRepositories = ReadonlySet<string>;

/**
 * The addresses under which Applications and ApplicationSets name this very repository: those of which most of the paths that
 * they name stand here.
 */
export function ownRepositories(
  objects: readonly { group: string; body: unknown }[],
  text: Paths,
): OwnRepositories {
  const named = new Map<string, { here: number; all: number }>();
  const folders = foldersOf(text);
  for (const { group, body } of objects) {
    if (group !== 'argoproj.io') continue;
    for (const { url, path } of pathsIn(body)) {
      const count = named.get(url) ?? { here: 0, all: 0 };
      count.all++;
      if (folders.has(path) || text.has(path)) count.here++;
      named.set(url, count);
    }
  }
  return new Set([...named].flatMap(([url, { here, all }]) => (here > 0 && here * 2 >= all ? [url] : [])));
}

/** Whether an address means the repository itself. */
export function isOwnRepository(own: OwnRepositories, url: string): boolean {
  return own.has(normalUrl(url));
}

/** An address of the repository itself, as an Application or an ApplicationSet has it written. */
export function ownAddress(
  own: OwnRepositories,
  objects: readonly { group: string; body: unknown }[],
): string | undefined {
  const written = objects.flatMap(({ group, body }) => (group === 'argoproj.io' ? addressesIn(body) : []));
  return written.find(url => isOwnRepository(own, url));
}

function addressesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(addressesIn);
  if (!isRecord(value)) return [];
  const url = stringOf(value['repoURL']);
  return [...(url === undefined ? [] : [url]), ...Object.values(value).flatMap(addressesIn)];
}

/** Without scheme, user, `.git` and the case of the host: `git@host:team/x.git` and `https://host/team/x` are one. */
function normalUrl(url: string): string {
  const [, host = '', path = ''] =
    /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^@/]*@)?([^/:]+)(?::\d+(?=\/))?[/:](.*)$/i.exec(url) ?? [];
  return `${host.toLowerCase()}/${path
    .replace(/(?<!\/)\/+$/, '')
    .replace(/\.git$/, '')
    .replace(/^\/+/, '')}`;
}

type NamedPath = { url: string; path: string };

/** `repoURL` and `path` of one map, and the files that `$ref/…` names of another source. */
function pathsIn(value: unknown): NamedPath[] {
  if (Array.isArray(value)) return [...refsIn(value), ...value.flatMap(pathsIn)];
  if (!isRecord(value)) return [];
  const url = stringOf(value['repoURL']);
  const paths = [value, ...asList(value['directories']), ...asList(value['files'])].flatMap(each =>
    isRecord(each) ? (stringOf(each['path']) ?? []) : [],
  );
  const own = url === undefined ? [] : paths.map(path => ({ url: normalUrl(url), path: plainPath(path) }));
  return [...own.filter(({ path }) => path !== ''), ...Object.values(value).flatMap(pathsIn)];
}

function refsIn(sources: readonly unknown[]): NamedPath[] {
  const maps = sources.filter(isRecord);
  return maps.flatMap(({ helm }) =>
    asList(isRecord(helm) ? helm['valueFiles'] : undefined).flatMap(file => {
      const [, ref, path] = typeof file === 'string' ? (/^\$([^/]+)\/(.+)$/.exec(file) ?? []) : [];
      const url = stringOf(maps.find(each => each['ref'] === ref)?.['repoURL']);
      return url === undefined || path === undefined ? [] : [{ url: normalUrl(url), path: plainPath(path) }];
    }),
  );
}

/** The part of a path that no generator fills in and no pattern leaves open. */
function plainPath(path: string): string {
  const parts = path.replace(/^\.?\//, '').split('/');
  const open = parts.findIndex(part => /[*?{[]/.test(part));
  return (open < 0 ? parts : parts.slice(0, open)).join('/').replace(/\/$/, '');
}

/** Every folder that a file of the repository stands in. */
export function foldersOf(text: Pick<Paths, 'keys'>): Set<string> {
  const folders = new Set<string>();
  for (const file of text.keys())
    for (let at = file.lastIndexOf('/'); at > 0; at = file.lastIndexOf('/', at - 1))
      folders.add(file.slice(0, at));
  return folders;
}

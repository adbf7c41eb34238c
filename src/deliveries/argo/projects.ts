import { isRecord, omitUndefined, recordsAt, stringOf, stringsAt, valueAt } from '../../data/fields.ts';
import { isFilledIn } from '../../text/filled-in.ts';
import { inside, type Place } from '../chart-use.ts';
import type { LocatedObject } from '../located-object.ts';
import type { ReadRepository } from '../objects.ts';
import { parsedFile } from '../parsed-files.ts';

/** What an AppProject of the repository does not let an Application do, and where that stands below its spec. */
export type Forbidden = {
  steps: readonly (string | number)[];
  project: string;
  what: string;
  /** The list of the project that would have to hold `item`. */
  list: Place;
  item: unknown;
};

type Asking = {
  spec: unknown;
  /** Where the Application stands; undefined where nobody says. */
  namespace: string | undefined;
  sources: readonly { source: Record<string, unknown>; steps: readonly (string | number)[] }[];
  /** To its spec. */
  path: readonly string[];
};

/** What a repository, or a cluster, says that is given to one project only: Argo CD allows it there without an entry. */
type Scoped = { project: string; url: string | undefined; server: string | undefined };

/** The repositories and clusters that Secrets, or what makes these, give to a project. */
export function scopedToProjects(repository: ReadRepository): Scoped[] {
  const { text, isTemplate } = repository;
  return [...text].flatMap(([file, content]) =>
    content.includes('argocd.argoproj.io/secret-type') && !isTemplate(file)
      ? (parsedFile(repository, file)?.documents ?? []).flatMap(scopedIn)
      : [],
  );
}

function scopedIn(value: unknown): Scoped[] {
  if (Array.isArray(value)) return value.flatMap(scopedIn);
  if (!isRecord(value)) return [];
  const [project, url, server] = ['project', 'url', 'server'].map(key => stringOf(value[key]));
  const own = project !== undefined && (url ?? server) !== undefined ? [{ project, url, server }] : [];
  return [...own, ...Object.values(value).flatMap(scopedIn)];
}

/** The projects of a repository, and what is given to them. */
export type Projects = { objects: readonly LocatedObject[]; scoped: readonly Scoped[] };

/** What the project of an Application forbids it: a source, or where it goes. Nothing where nobody can tell from here. */
export function forbiddenBy({ objects, scoped }: Projects, asking: Asking): Forbidden[] {
  const project = projectOf(objects, asking);
  if (!project) return [];
  const { name, body } = project;
  const own = scoped.filter(each => each.project === name);
  const allowed = [...stringsAt(body, ['spec', 'sourceRepos']), ...own.flatMap(({ url }) => url ?? [])];
  const sources = asking.sources.flatMap(({ source, steps }): Forbidden[] => {
    const url = stringOf(source['repoURL']) ?? '';
    const isTold = url !== '' && !isFilledIn(url);
    return isTold && !isAllowed(url, allowed)
      ? [
          {
            steps: [...steps, 'repoURL'],
            project: name,
            what: url,
            list: inside(project.at, 'spec', 'sourceRepos'),
            item: url,
          },
        ]
      : [];
  });
  const servers = own.flatMap(({ server }) => (server === undefined ? [] : [{ server, namespace: '*' }]));
  return [...sources, ...destination(project, asking, servers)];
}

/** The only one of its name, in the namespace of the Application where both say theirs. */
function projectOf(
  objects: readonly LocatedObject[],
  { spec, namespace }: Asking,
): LocatedObject | undefined {
  const name = stringOf(valueAt(spec, ['project'])) ?? 'default';
  const [project, ...others] = objects.filter(
    each => each.kind === 'AppProject' && each.group === 'argoproj.io' && each.name === name,
  );
  const isElsewhere =
    namespace !== undefined && project?.namespace !== undefined && project.namespace !== namespace;
  return others.length > 0 || isElsewhere ? undefined : project;
}

function isAllowed(url: string, patterns: readonly string[]): boolean {
  const fits = (pattern: string): boolean => isLike(pattern, url) || isLike(plainUrl(pattern), plainUrl(url));
  const isDenied = patterns.some(pattern => pattern.startsWith('!') && fits(pattern.slice(1)));
  return !isDenied && patterns.some(pattern => !pattern.startsWith('!') && fits(pattern));
}

/** Argo CD takes `git@host:x.git` and `https://host/x` for one. */
function plainUrl(url: string): string {
  return url
    .toLowerCase()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//, '')
    .replace(/^[^@/]*@/, '')
    .replace(/^([^/:]+):(?!\d)/, '$1/')
    .replace(/\.git$/, '');
}

function destination(
  { at, name, body }: LocatedObject,
  { spec, path }: Asking,
  servers: readonly Record<string, unknown>[],
): Forbidden[] {
  const [server, cluster, namespace] = ['server', 'name', 'namespace'].map(key =>
    stringOf(valueAt(spec, ['destination', key])),
  );
  const place = { server, cluster, namespace };
  if ([server, cluster, namespace].some(text => text !== undefined && isFilledIn(text))) return [];
  if (server === undefined && cluster === undefined) return [];
  const entries = [...recordsAt(body, ['spec', 'destinations']), ...servers];
  const isDenied = entries.some(entry => denies(entry, place));
  if (!isDenied && entries.some(entry => isCluster(entry, place) && isNamespace(entry, place))) return [];
  const what = [server ?? cluster, namespace].filter(text => text !== undefined).join(' ');
  const list = inside(at, 'spec', 'destinations');
  const item = omitUndefined({ namespace, server, name: server === undefined ? cluster : undefined });
  return [{ steps: [...path, 'destination'], project: name, what, list, item }];
}

type Destination = Record<'server' | 'cluster' | 'namespace', string | undefined>;

/** A name and an address may be one cluster: nobody can tell here. */
function isCluster(entry: Record<string, unknown>, { server, cluster }: Destination): boolean {
  const [byServer, byName] = [stringOf(entry['server']), stringOf(entry['name'])];
  if (server !== undefined && byServer !== undefined) return isOrNot(byServer, server);
  if (cluster !== undefined && byName !== undefined) return isOrNot(byName, cluster);
  return true;
}

function isNamespace(entry: Record<string, unknown>, { namespace }: Destination): boolean {
  return namespace === undefined || isOrNot(stringOf(entry['namespace']) ?? '', namespace);
}

/** `!kube-system` takes away what other entries give. */
function denies(entry: Record<string, unknown>, place: Destination): boolean {
  const [server, namespace] = [stringOf(entry['server']) ?? '', stringOf(entry['namespace']) ?? ''];
  const isOther = server.startsWith('!') && place.server !== undefined && !isOrNot(server, place.server);
  if (isOther) return isNamespace(entry, place);
  return namespace.startsWith('!') && !isNamespace(entry, place) && isCluster(entry, place);
}

function isOrNot(pattern: string, text: string): boolean {
  return pattern.startsWith('!') ? !isLike(pattern.slice(1), text) : isLike(pattern, text);
}

/** `*` stands for anything; a pattern of another kind may fit. */
function isLike(pattern: string, text: string): boolean {
  if (/[?[{\\]/.test(pattern)) return true;
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return first === text;
  if (!text.startsWith(first) || text.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= text.length - last.length && text.endsWith(last);
}

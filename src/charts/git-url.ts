/** A folder or a file of a git repository, as kustomizations list it under `resources:` and `components:`. */
export type GitUrl = {
  /** As written. */
  url: string;
  host: string;
  /** `org/repo`, or as many parts as the address has. */
  repository: string;
  /** Within the repository; empty for its root. */
  folder: string;
  /** The tag, branch or commit; undefined where none is named, which is the default branch. */
  ref: string | undefined;
};

const RAW =
  /^https:\/\/raw\.githubusercontent\.com\/([\w.-]+\/[\w.-]+)\/(?:refs\/(?:tags|heads)\/)?([^/]+)\/(.+)$/;

/** https://github.com/kubernetes-sigs/kustomize/blob/master/examples/remoteBuild.md: hosts that need neither scheme nor `.git`. */
const KNOWN_HOST = /^(?:github\.com|gitlab\.com|bitbucket\.org)[/:]/i;

/** Reads the addresses of git that kustomize takes; undefined for a local path, and for a file that a plain server has. */
export function parseGitUrl(written: string): GitUrl | undefined {
  const raw = RAW.exec(written);
  if (raw) {
    const [, repository = '', ref, folder = ''] = raw;
    return { url: written, host: 'github.com', repository, folder, ref };
  }
  const [address = '', ...queries] = written.replace(/^git::/, '').split('?');
  const place = placeIn(address, queries.length > 0);
  if (!place) return undefined;
  const query = new URLSearchParams(queries.join('&'));
  const ref = query.get('ref') || query.get('version') || undefined;
  return { url: written, ...place, ref };
}

type Place = Pick<GitUrl, 'host' | 'repository' | 'folder'>;

function placeIn(address: string, hasQuery: boolean): Place | undefined {
  const withScheme = /^(?:https?|ssh|git):\/\/(?:[^/@]*@)?([^/:]+)(?::\d+)?\/(.+)$/i.exec(address);
  const withUser = /^[\w.-]+@([^/:]+)[:/](.+)$/.exec(address);
  const bare = KNOWN_HOST.test(address) ? /^([^/:]+)[/:](.+)$/.exec(address) : undefined;
  const other = /^([\w-]+(?:\.[\w-]+)+)\/(.+)$/.exec(address);
  const [, host, path] =
    withScheme ?? withUser ?? bare ?? (hasQuery || /\.git(?:\/|$)/.test(address) ? other : null) ?? [];
  if (host === undefined || path === undefined) return undefined;
  const isPlainFile =
    withScheme && !hasQuery && !/\.git(?:\/|$)|\/\/|_git\//.test(path) && /\.\w+$/.test(path);
  return isPlainFile ? undefined : { host: host.toLowerCase(), ...split(path) };
}

/** What comes before `//`, `.git` or, in Azure, behind `_git/`; else two parts are the repository. */
function split(path: string): Pick<GitUrl, 'repository' | 'folder'> {
  const mark =
    /(?<=.)\.git(?=\/|$)/.exec(path) ??
    /(?<=.)\/\//.exec(path) ??
    /(?<=_git\/[^/]{1,200})(?=\/|$)/.exec(path);
  if (mark) {
    const behind = mark.index + mark[0].length;
    return { repository: trim(path.slice(0, mark.index)), folder: trim(path.slice(behind)) };
  }
  const [owner = '', name = '', ...rest] = path.split('/');
  if (owner === '' || name === '') return { repository: trim(path), folder: '' };
  return { repository: `${owner}/${name}`, folder: trim(rest.join('/')) };
}

function trim(text: string): string {
  return text
    .split('/')
    .filter(part => part !== '')
    .join('/');
}

/** What a ref is, as far as its own text tells. */
export function kindOfRef(ref: string | undefined): 'none' | 'branch' | 'commit' | 'other' {
  if (ref === undefined) return 'none';
  if (
    /^(?:main|master|head|develop(?:ment)?|dev|trunk|stable|latest|next|nightly)$/i.test(
      ref.replace(/^refs\/heads\//, ''),
    )
  )
    return 'branch';
  if (ref.startsWith('refs/heads/')) return 'branch';
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i.test(ref) ? 'commit' : 'other';
}

/** Where a forge shows a file of the repository. */
export type FileLinks = { commit: string | undefined; to(file: string): string };

/** How forges spell it, by what their hosts are called. */
const FORGES: readonly { host: RegExp; path: (revision: string) => string }[] = [
  { host: /(?:^|\.)github\./, path: revision => `blob/${revision}` },
  { host: /(?:^|\.)gitlab\./, path: revision => `-/blob/${revision}` },
  { host: /^bitbucket\.org$/, path: revision => `src/${revision}` },
  {
    host: /(?:^|\.)(?:codeberg|gitea|forgejo)\./,
    path: revision => (revision === 'HEAD' ? 'src/branch/HEAD' : `src/commit/${revision}`),
  },
];

/**
 * The addresses of files on the forge that a remote leads to: https only, without whatever login the remote names. Undefined for a
 * remote that is no forge.
 */
export function fileLinks(
  remote: string,
  commit: string | undefined,
  has: (file: string) => boolean,
): FileLinks | undefined {
  const place = placeOf(remote);
  if (!place) return undefined;
  // A forge of one's own has any name: most are GitLab, and the jobs of its repositories stand in this file.
  const spelled = has('.gitlab-ci.yml') ? 'gitlab.' : place.host;
  const forge = FORGES.find(({ host }) => host.test(spelled)) ?? FORGES[0];
  const revision = commit ?? 'HEAD';
  const base = `https://${place.host}/${place.path}/${forge?.path(revision) ?? ''}/`;
  return { commit, to: file => base + file.split('/').map(encodeURIComponent).join('/') };
}

/** `git@host:team/x.git`, `ssh://git@host:22/team/x`, `https://user@host/team/x.git`. */
function placeOf(remote: string): { host: string; path: string } | undefined {
  const ssh = /^(?:ssh:\/\/)?[\w.-]+@([\w.-]+)(?::\d+(?=\/))?[:/](.+)$/.exec(remote);
  const url = URL.canParse(remote) ? new URL(remote) : undefined;
  const [host, path] = url?.protocol === 'https:' ? [url.host, url.pathname] : [ssh?.[1], ssh?.[2]];
  if (!host || !path) return undefined;
  const parts = path
    .replace(/\.git$/, '')
    .split('/')
    .filter(part => part !== '');
  const isPlain = parts.length >= 2 && parts.every(part => /^[\w.~-]+$/.test(part) && !/^\.+$/.test(part));
  return isPlain ? { host: host.toLowerCase(), path: parts.join('/') } : undefined;
}

/** A file of a GitHub release, as kustomizations list them under `resources:`. */
export type ReleaseUrl = { url: string; owner: string; repository: string; tag: string; file: string };

const RELEASE = /^https:\/\/github\.com\/([\w.-]+)\/([\w.-]+)\/releases\/download\/([^/]+)\/([^/?#]+)$/;

/** Reads `https://github.com/<owner>/<repository>/releases/download/<tag>/<file>`; undefined for anything else. */
export function parseReleaseUrl(url: string): ReleaseUrl | undefined {
  const match = RELEASE.exec(url);
  if (!match) return undefined;
  const [, owner = '', repository = '', tag = '', file = ''] = match;
  return { url, owner, repository, tag: decodeURIComponent(tag), file };
}

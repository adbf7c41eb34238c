/** A file of a GitHub release, as kustomizations list them under `resources:`. */
export type ReleaseUrl = { url: string; owner: string; repository: string; tag: string; file: string };

const RELEASE = /^https:\/\/github\.com\/([\w.-]+)\/([\w.-]+)\/releases\/download\/([^/]+)\/([^/?#]+)$/;

/** Reads `https://github.com/<owner>/<repository>/releases/download/<tag>/<file>`; undefined for anything else. */
export function parseReleaseUrl(url: string): ReleaseUrl | undefined {
  const match = RELEASE.exec(url);
  if (!match) return undefined;
  const [, owner = '', repository = '', tag = '', file = ''] = match;
  const decoded = decodeTag(tag);
  return decoded === undefined ? undefined : { url, owner, repository, tag: decoded, file };
}

/** Undefined for a `%` that begins no byte of UTF-8. */
function decodeTag(tag: string): string | undefined {
  try {
    return decodeURIComponent(tag);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

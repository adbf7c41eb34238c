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

/** The same file of another release. File names may carry the version too (`install-v1.2.3.yaml`). */
export function atTag(release: ReleaseUrl, tag: string): string {
  const bare = (text: string): string => text.replace(/^v/, '');
  const file = release.file.replaceAll(release.tag, tag).replaceAll(bare(release.tag), bare(tag));
  return `https://github.com/${release.owner}/${release.repository}/releases/download/${encodeURIComponent(tag)}/${file}`;
}

import { display, displayUrl } from '../display.ts';
import { UserError } from '../errors.ts';

const ABSOLUTE = /^[a-z][a-z0-9+.-]*:/i;
const AMBIGUOUS = /[\u0000-\u0020\u007f\\]/;

/** The URL of a repository's index: one slash, `index.yaml`, and the query of the repository kept. */
export function indexUrl(repository: string): string {
  return resolveChartUrl(repository, 'index.yaml');
}

/**
 * The URL of a chart archive, as Helm resolves an entry of `urls`: an absolute one as it is, any other below the
 * repository with the repository's query. The result is on the repository's own origin unless it was absolute.
 */
export function resolveChartUrl(repository: string, reference: unknown): string {
  const refused = (why: string): UserError =>
    new UserError('E_NO_URL', `${displayUrl(repository)}: ${why}`, { subject: displayUrl(repository) });
  if (typeof reference !== 'string' || reference === '') throw refused('a chart without a URL');
  if (AMBIGUOUS.test(reference) || reference.startsWith('//'))
    throw refused(`a chart with an unusable URL, ${display(reference)}`);
  if (ABSOLUTE.test(reference)) {
    if (/^(https?|oci):\/\//i.test(reference) && URL.canParse(reference)) return reference;
    throw refused(`a chart with an unusable URL, ${displayUrl(reference)}`);
  }
  const base = new URL(repository);
  base.pathname = base.pathname.replace(/\/*$/, '/');
  const resolved = new URL(reference, base);
  resolved.search = base.search;
  return resolved.href;
}

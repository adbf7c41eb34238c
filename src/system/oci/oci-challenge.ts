/** What a registry asks for with `WWW-Authenticate`. */
export type Challenge =
  { scheme: 'basic' } | { scheme: 'bearer'; realm: string; service: string | undefined };

const TOKENS = /([A-Za-z]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*))|([A-Za-z][A-Za-z0-9-]*)/g;

/** Reads the first challenge that we can answer (RFC 9110, section 11.6.1). */
export function parseChallenge(header: string): Challenge | undefined {
  const challenges: { scheme: string; parameters: Map<string, string> }[] = [];
  for (const [, name, quoted, plain, scheme] of header.matchAll(TOKENS)) {
    if (scheme) challenges.push({ scheme: scheme.toLowerCase(), parameters: new Map() });
    else challenges.at(-1)?.parameters.set(String(name).toLowerCase(), unquote(quoted) ?? plain ?? '');
  }
  for (const { scheme, parameters } of challenges) {
    const realm = parameters.get('realm');
    if (scheme === 'bearer' && realm) return { scheme, realm, service: parameters.get('service') };
    if (scheme === 'basic') return { scheme };
  }
  return undefined;
}

function unquote(quoted: string | undefined): string | undefined {
  return quoted?.replaceAll(/\\(.)/g, '$1');
}

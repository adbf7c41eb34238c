import path from 'node:path';
import { recordsAt, stringOf, valueAt } from '../../data/fields.ts';
import type { SecretSighting } from './secret-sightings.ts';

/** How ExternalSecrets are written; what is undefined nobody shows. */
export type ExternalStyle = {
  apiVersion: string | undefined;
  store: { kind: string; name: string } | undefined;
  refreshInterval: string | undefined;
  creationPolicy: string | undefined;
  /**
   * Where values lie in the store, with `{name}`, `{app}` and `{key}`; undefined where no rule is to be seen. The property is that
   * of one value where an entry of the store holds several.
   */
  remote: { key: string; property: string | undefined } | undefined;
};

/** What most of the sighted ExternalSecrets say. */
export function styleOf(seen: readonly SecretSighting[]): ExternalStyle {
  const external = seen.filter(({ mechanism }) => mechanism === 'external');
  const field = (...steps: string[]): string | undefined =>
    mostSeen(external, ({ manifest }) => stringOf(valueAt(manifest?.body, steps)));
  const store = mostSeen(external, storeOf);
  const [kind = 'SecretStore', name = ''] = store?.split(' ') ?? [];
  return {
    apiVersion: mostSeen(external, ({ manifest }) => manifest?.apiVersion),
    store: store === undefined ? undefined : { kind, name },
    refreshInterval: field('spec', 'refreshInterval'),
    creationPolicy: field('spec', 'target', 'creationPolicy'),
    remote: remoteOf(mostSeen(external, remoteKeyOf)),
  };
}

/** Of each part the first that is known. */
export function firstKnown(styles: readonly ExternalStyle[]): ExternalStyle {
  const first = <Key extends keyof ExternalStyle>(key: Key): ExternalStyle[Key] | undefined =>
    styles.find(style => style[key] !== undefined)?.[key];
  return {
    apiVersion: first('apiVersion'),
    store: first('store'),
    refreshInterval: first('refreshInterval'),
    creationPolicy: first('creationPolicy'),
    remote: first('remote'),
  };
}

/** What most of them show, each app counting once; of equals the first. */
export function mostSeen(
  seen: readonly SecretSighting[],
  read: (sighting: SecretSighting) => string | undefined,
): string | undefined {
  const owners = new Map<string, Set<string>>();
  for (const sighting of seen) {
    const value = read(sighting);
    if (value !== undefined) owners.set(value, (owners.get(value) ?? new Set()).add(sighting.owner));
  }
  return [...owners].toSorted(([, a], [, b]) => b.size - a.size)[0]?.[0];
}

function storeOf({ manifest }: SecretSighting): string | undefined {
  const name = stringOf(valueAt(manifest?.body, ['spec', 'secretStoreRef', 'name']));
  const kind = stringOf(valueAt(manifest?.body, ['spec', 'secretStoreRef', 'kind'])) ?? 'SecretStore';
  return name === undefined || name === 'REPLACE_ME' ? undefined : `${kind} ${name}`;
}

/** Only an entry that bears the object's or the app's name, and tells one value from another, is a rule for others. */
function remoteKeyOf({ manifest, owner }: SecretSighting): string | undefined {
  const app = path.posix.basename(owner);
  const [first] = recordsAt(manifest?.body, ['spec', 'data']).flatMap(({ secretKey, remoteRef }) => {
    const words: [unknown, string][] = [
      [secretKey, '{key}'],
      [manifest?.name, '{name}'],
      [app, '{app}'],
    ];
    const key = withPlaces(valueAt(remoteRef, ['key']), words);
    const property = withPlaces(valueAt(remoteRef, ['property']), words.slice(0, 1));
    const isRule = /\{(?:name|app)\}/.test(key) && `${key} ${property}`.includes('{key}');
    return isRule ? [`${key} ${property}`] : [];
  });
  return first;
}

function withPlaces(text: unknown, words: readonly [unknown, string][]): string {
  const parts = (stringOf(text) ?? '').split('/');
  return parts.map(part => words.find(([word]) => word === part)?.[1] ?? part).join('/');
}

function remoteOf(rule: string | undefined): ExternalStyle['remote'] {
  const [key = '', property = ''] = rule?.split(' ') ?? [];
  return key === '' ? undefined : { key, property: property === '' ? undefined : property };
}

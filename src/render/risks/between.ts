import {
  asList,
  asMap,
  asText,
  isDataMap,
  recordsAt,
  stringOf,
  stringsAt,
  valueAt,
} from '../../data/fields.ts';
import { say } from '../../locales/say.ts';
import type { Manifest } from '../../repository/manifest.ts';
import { nameOf } from '../rendered-changes.ts';
import { kindOf, type Risk, type Surroundings } from './risk.ts';
import { canonical, podTemplateOf } from './values.ts';

type Builds = { before: readonly Manifest[]; after: readonly Manifest[] };

/** What no object shows by itself: selectors that lose their pods, claims that pods still mount, host names that others serve. */
export function judgeBetween(
  builds: Builds,
  { namespace, routesElsewhere }: Pick<Surroundings, 'namespace' | 'routesElsewhere'>,
): Risk[] {
  const placed = {
    before: builds.before.map(manifest => inNamespace(manifest, namespace)),
    after: builds.after.map(manifest => inNamespace(manifest, namespace)),
  };
  return [...lostPods(placed), ...lostClaims(placed), ...takenHosts(placed, routesElsewhere)];
}

type Placed = Manifest & { lands: string };

function inNamespace(manifest: Manifest, usual: string): Placed {
  return { ...manifest, lands: manifest.namespace ?? usual };
}

type PlacedBuilds = { before: readonly Placed[]; after: readonly Placed[] };

/** Where each kind says whose pods it is for. */
const SELECTORS: Readonly<Record<string, readonly string[]>> = {
  '/Service': ['spec', 'selector'],
  'policy/PodDisruptionBudget': ['spec', 'selector', 'matchLabels'],
  'networking.k8s.io/NetworkPolicy': ['spec', 'podSelector', 'matchLabels'],
};

function lostPods({ before, after }: PlacedBuilds): Risk[] {
  const old = new Map(before.map(manifest => [keyOf(manifest), manifest]));
  return after.flatMap(manifest => {
    const path = SELECTORS[kindOf(manifest)];
    const previous = old.get(keyOf(manifest));
    if (!path || !previous || !matches(previous, path, before) || matches(manifest, path, after)) return [];
    const selector = Object.entries(asMap(valueAt(manifest.body, path)));
    const labels = selector.map(([key, value]) => `${key}=${asText(value) ?? ''}`).join(', ');
    const isPolicy = manifest.kind === 'NetworkPolicy';
    return [
      {
        id: isPolicy ? ('policy-removed' as const) : ('unavailable' as const),
        level: 'high' as const,
        object: nameOf(manifest),
        fact: say('risks.selectsNoPod', { labels }),
        remedy: say('risks.mendSelector'),
      },
    ];
  });
}

function keyOf(manifest: Placed): string {
  return `${kindOf(manifest)} ${manifest.lands} ${manifest.name}`;
}

/** Whether pods of a build fit. What asks for more than labels, or for none, is taken to fit. */
function matches({ body, lands }: Placed, path: readonly string[], manifests: readonly Placed[]): boolean {
  const wanted = Object.entries(asMap(valueAt(body, path)));
  const more = path.at(-1) === 'matchLabels' ? valueAt(body, [...path.slice(0, -1), 'matchExpressions']) : [];
  if (asList(more).length > 0 || wanted.length === 0) return true;
  return manifests.some(manifest => {
    const pod = manifest.lands === lands ? podTemplateOf(manifest) : undefined;
    const labels = asMap(valueAt(pod?.template, ['metadata', 'labels']));
    return pod !== undefined && wanted.every(([key, value]) => labels[key] === value);
  });
}

/** Claims that go though pods which stay mount them: their next pod does not start. */
function lostClaims({ before, after }: PlacedBuilds): Risk[] {
  const isClaim = (manifest: Placed): boolean => kindOf(manifest) === '/PersistentVolumeClaim';
  const there = new Set(after.filter(isClaim).map(keyOf));
  const gone = before.filter(manifest => isClaim(manifest) && !there.has(keyOf(manifest)));
  return gone.flatMap(claim =>
    after
      .filter(manifest => manifest.lands === claim.lands && mounts(manifest, claim.name))
      .map(manifest => ({
        id: 'unavailable' as const,
        level: 'high' as const,
        object: nameOf(manifest),
        fact: say('risks.mountsGoneClaim', { name: claim.name }),
        remedy: say('risks.unmountFirst'),
      })),
  );
}

function mounts(manifest: Manifest, claim: string): boolean {
  const volumes = recordsAt(podTemplateOf(manifest)?.template, ['spec', 'volumes']);
  return volumes.some(volume => valueAt(volume, ['persistentVolumeClaim', 'claimName']) === claim);
}

/** Host names with a path that a route of another app serves already: which of them answers is anybody's guess. */
function takenHosts(
  { before, after }: PlacedBuilds,
  routesElsewhere: Surroundings['routesElsewhere'],
): Risk[] {
  const had = new Set(before.flatMap(servedBy).map(({ key }) => key));
  const fresh = after.map(route => ({ route, served: servedBy(route).filter(({ key }) => !had.has(key)) }));
  if (fresh.every(({ served }) => served.length === 0)) return [];
  const elsewhere = new Map(
    routesElsewhere().flatMap(route => servedBy(route).map(({ key }) => [key, route] as const)),
  );
  return fresh.flatMap(({ route, served }) => {
    const taken = served.find(({ key }) => elsewhere.has(key));
    const other = taken && elsewhere.get(taken.key);
    if (!taken || !other) return [];
    const by = `${other.kind} ${other.namespace === undefined ? '' : `${other.namespace}/`}${other.name}`;
    return [
      {
        id: 'route-taken' as const,
        level: 'high' as const,
        object: nameOf(route),
        fact: say('risks.hostTaken', { host: taken.shown, other: by }),
        remedy: say('risks.chooseAnotherHost'),
      },
    ];
  });
}

type Served = { key: string; shown: string };

/** Each host with each path, and what serves it: the same host at another gateway is another place. */
function servedBy({ kind, apiVersion, body }: Manifest): Served[] {
  const at = (host: string, path: string, by: unknown): Served => ({
    key: canonical([host, path, by ?? null]),
    shown: `${host}${path === '/' ? '' : path}`,
  });
  if (kind === 'Ingress' && /^(?:networking\.k8s\.io|extensions)\//.test(apiVersion)) {
    const by = valueAt(body, ['spec', 'ingressClassName']);
    return recordsAt(body, ['spec', 'rules']).flatMap(rule => {
      const host = stringOf(rule['host']);
      const paths = recordsAt(rule, ['http', 'paths']).map(({ path }) => stringOf(path) ?? '/');
      return host === undefined ? [] : orRoot(paths).map(path => at(host, path, by));
    });
  }
  if (!apiVersion.startsWith('gateway.networking.k8s.io/') || !/^(?:HTTP|GRPC|TLS)Route$/.test(kind))
    return [];
  const by = recordsAt(body, ['spec', 'parentRefs']).map(parent => [parent['namespace'], parent['name']]);
  const matched = recordsAt(body, ['spec', 'rules']).flatMap(rule => orRoot(pathsOf(rule)));
  return stringsAt(body, ['spec', 'hostnames']).flatMap(host =>
    [...new Set(orRoot(matched))].map(path => at(host, path, [kind === 'TLSRoute', by])),
  );
}

function orRoot(paths: readonly string[]): readonly string[] {
  return paths.length > 0 ? paths : ['/'];
}

/** A match by more than its path, such as a header, is a place of its own. */
function pathsOf(rule: Record<string, unknown>): string[] {
  return recordsAt(rule, ['matches']).map(match => {
    const { path, ...more } = match;
    const text = stringOf(valueAt(path, ['value'])) ?? '/';
    return isDataMap(more) && Object.keys(more).length > 0 ? `${text} ${canonical(more)}` : text;
  });
}

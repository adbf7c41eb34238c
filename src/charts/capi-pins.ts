import { capiObjectOf } from '../repository/capi.ts';
import { pinReason } from '../repository/pin.ts';
import type { Repository } from '../repository/model.ts';
import { appsByFile } from '../deliveries/kustomizations.ts';
import { versionKind } from '../deliveries/chart-use.ts';
import { commentIn, type LocatedObject, textIn } from '../deliveries/located-object.ts';
import { capiObjects } from '../deliveries/objects.ts';
import { readDeliveries } from '../deliveries/read-deliveries.ts';
import { isFilledIn } from '../text/filled-in.ts';
import { stringOf, valueAt } from '../data/fields.ts';
import { PROVIDER_RELEASES } from './capi-providers.ts';
import type { ReleasePin } from './pins.ts';

/** The versions of Kubernetes that clusters of Cluster API ask for, and those of the providers that its operator installs. */
export function capiPins(repository: Repository): ReleasePin[] {
  const objects = capiObjects(repository);
  if (objects.length === 0) return [];
  const appOf = appsByFile(repository.apps, readDeliveries(repository).kustomizations);
  const classes = classesIn(objects);
  return objects.flatMap(object => {
    const pin =
      object.group === 'operator.cluster.x-k8s.io' ? providerPin(object) : clusterPin(object, classes);
    return pin ? [{ ...pin, kind: 'release', app: appOf(object.at.file) }] : [];
  });
}

type CapiPin = Omit<ReleasePin, 'kind' | 'app'>;

const KUBERNETES = { owner: 'kubernetes', repository: 'kubernetes' };

/** A version goes up by one minor version at most; where the class lists some, these are all that there are. */
function clusterPin(object: LocatedObject, classes: ReadonlyMap<string, Class>): CapiPin | undefined {
  const own = capiObjectOf(manifestOf(object));
  const isOwn = own?.role === 'cluster' || object.kind === 'KubeadmControlPlane';
  const current = own && isOwn ? textIn(object, ...own.versionAt) : undefined;
  if (!own || current === undefined || isFilledIn(current)) return undefined;
  const held = pinReason(commentIn(object, ...own.versionAt));
  const pin = { name: `kubernetes (${object.name})`, current, held };
  const listing = own.className === undefined ? undefined : classes.get(own.className);
  if (listing && listing.versions.length > 0)
    return { ...pin, source: listing.file, release: undefined, listed: listing.versions };
  const source = `https://github.com/${KUBERNETES.owner}/${KUBERNETES.repository}`;
  return { ...pin, source, release: KUBERNETES, minorsAhead: 1 };
}

type Class = { file: string; versions: readonly string[] };

function classesIn(objects: readonly LocatedObject[]): Map<string, Class> {
  const found = objects
    .filter(({ kind }) => kind === 'ClusterClass')
    .map(object => [object.name, { file: object.at.file, versions: versionsOf(object) }] as const);
  return new Map(found);
}

function versionsOf(object: LocatedObject): readonly string[] {
  return capiObjectOf(manifestOf(object))?.versions ?? [];
}

function manifestOf({ kind, name, namespace, body }: LocatedObject) {
  return { apiVersion: stringOf(body['apiVersion']) ?? '', kind, name, namespace, body };
}

const RELEASES = /^https:\/\/github\.com\/([\w.-]{1,100})\/([\w.-]{1,100})\/releases(?:\/|$)/;

/** Without a version the operator takes the newest when it installs the provider. */
function providerPin(object: LocatedObject): CapiPin | undefined {
  if (!Object.hasOwn(PROVIDER_RELEASES, object.kind)) return undefined;
  const current = textIn(object, 'spec', 'version') ?? '*';
  if (isFilledIn(current)) return undefined;
  const release = releaseOf(object);
  return {
    name: object.name,
    source: release ? `https://github.com/${release.owner}/${release.repository}` : fetchedFrom(object),
    current,
    held: pinReason(commentIn(object, 'spec', 'version')),
    release,
    isRange: versionKind(current) !== 'exact',
  };
}

function fetchedFrom({ body }: LocatedObject): string {
  const config = valueAt(body, ['spec', 'fetchConfig']);
  return stringOf(valueAt(config, ['url'])) ?? stringOf(valueAt(config, ['oci'])) ?? '';
}

function releaseOf(object: LocatedObject): ReleasePin['release'] {
  const config = valueAt(object.body, ['spec', 'fetchConfig']);
  if (config !== undefined) {
    const [, owner, repository] = RELEASES.exec(fetchedFrom(object)) ?? [];
    return owner === undefined || repository === undefined ? undefined : { owner, repository };
  }
  const known = PROVIDER_RELEASES[object.kind] ?? {};
  const [owner, repository] = (Object.hasOwn(known, object.name) ? (known[object.name] ?? '') : '').split(
    '/',
  );
  return owner === undefined || repository === undefined ? undefined : { owner, repository };
}

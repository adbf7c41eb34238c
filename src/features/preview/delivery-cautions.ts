import { readDeliveries } from '../../deliveries/read-deliveries.ts';
import type { FluxKustomization } from '../../deliveries/flux/flux-kustomizations.ts';
import { asMap, valueAt } from '../../data/fields.ts';
import { say } from '../../locales/say.ts';
import { builderOf } from '../../render/releases/around-build.ts';
import type { DeliveredUnit } from '../../render/render-delivered.ts';
import { nameOf } from '../../render/rendered-changes.ts';
import type { Manifest } from '../../repository/manifest.ts';
import { manifestsIn, type Repository } from '../../repository/model.ts';
import { syncedBy } from '../../repository/synced-by.ts';
import type { AppPreview, Caution } from './facts.ts';

type About = {
  unit: DeliveredUnit;
  presence: AppPreview['presence'];
  before: Repository;
  after: Repository;
  /** What the unit itself builds on the side after. */
  own: readonly Manifest[];
  /** How many objects go. */
  removed: number;
  isChanged: boolean;
};

/** What the delivery makes of a change: nothing, because something above is suspended; or more, or less, than what goes here. */
export function deliveryCautions(about: About): Caution[] {
  return [...suspended(about), ...removals(about)];
}

function suspended({ unit, after, own, isChanged }: About): Caution[] {
  if (!isChanged) return [];
  const parents = unit.kind === 'folder' ? parentsOf(after, unit.path) : [];
  const stopped = parents.find(({ spec }) => spec['suspend'] === true);
  const found = stopped ? [caution(undefined, `Kustomization ${stopped.object.name}`)] : [];
  const objects = own.filter(isStopped);
  return [...found, ...objects.map(object => caution(object, `${object.kind} ${object.name}`))];
}

function caution(object: Manifest | undefined, name: string): Caution {
  return {
    id: 'suspended-parent',
    level: 'high',
    object: object && nameOf(object),
    fact: say('preview.suspended', { name }),
    remedy: say('preview.resume'),
  };
}

/** Releases that their controller leaves alone, and Applications that Argo CD does not look at. */
function isStopped({ apiVersion, kind, body }: Manifest): boolean {
  if (kind === 'HelmRelease' && apiVersion.startsWith('helm.toolkit.fluxcd.io/'))
    return valueAt(body, ['spec', 'suspend']) === true;
  if (kind !== 'Application' || !apiVersion.startsWith('argoproj.io/')) return false;
  const annotations = asMap(valueAt(body, ['metadata', 'annotations']));
  return annotations['argocd.argoproj.io/skip-reconcile'] === 'true';
}

/** More Kustomizations above each other than that are a circle. */
const MOST_ABOVE = 20;

/** The Kustomization that builds a folder, the one that builds its file, and so on. */
function parentsOf(repository: Repository, folder: string): FluxKustomization[] {
  const deliveries = readDeliveries(repository);
  const found: FluxKustomization[] = [];
  for (
    let own = builderOf({ deliveries }, folder);
    own && !found.includes(own) && found.length < MOST_ABOVE;
    own = deliveries.buildersOf(own.object.at.file).find(each => each !== own)
  )
    found.push(own);
  return found;
}

/** What becomes of the objects that go: deleted, or left to nobody. */
function removals({ unit, presence, before, removed }: About): Caution[] {
  if (removed === 0 || unit.kind !== 'folder') return [];
  const isWhole = presence === 'removed';
  const [parent] = parentsOf(before, unit.path);
  if (parent)
    return judged(isWhole, removed, `Kustomization ${parent.object.name}`, parent.spec['prune'] === true);
  const syncer = syncedBy(before, unit.path).syncers.find(({ kind }) => kind !== 'Kustomization');
  const manifest =
    syncer &&
    manifestsIn(before.text, syncer.file, /Application(?:Set)?/).find(
      ({ kind, name }) => kind === syncer.kind && name === syncer.name,
    );
  if (!syncer || !manifest) return [];
  const isPruned = isWhole ? deletesWhole(manifest) : prunes(manifest);
  return judged(isWhole, removed, `${syncer.kind} ${syncer.name}`, isPruned);
}

function judged(isWhole: boolean, count: number, name: string, isPruned: boolean): Caution[] {
  // Objects that go one by one are judged as such.
  if (isPruned && !isWhole) return [];
  const fact = isPruned
    ? say('preview.allPruned', { name, count })
    : say('preview.orphaned', { name, count });
  const remedy = isPruned ? say('preview.readWhatGoes') : say('preview.removeByHand');
  return [{ id: 'prune-or-orphan', level: 'high', object: undefined, fact, remedy }];
}

function prunes({ kind, body }: Manifest): boolean {
  const path = kind === 'ApplicationSet' ? ['spec', 'template', 'spec'] : ['spec'];
  return valueAt(body, [...path, 'syncPolicy', 'automated', 'prune']) === true;
}

/** An ApplicationSet deletes the Application of a folder that goes, and its objects with it, unless it says otherwise. */
function deletesWhole(manifest: Manifest): boolean {
  if (manifest.kind !== 'ApplicationSet') return prunes(manifest);
  return valueAt(manifest.body, ['spec', 'syncPolicy', 'preserveResourcesOnDeletion']) !== true;
}

import { recordsAt, stringOf, valueAt } from '../../data/fields.ts';
import { isFluxKustomization } from '../../deliveries/flux/flux-kustomizations.ts';
import type { LocatedObject } from '../../deliveries/located-object.ts';
import { type Deliveries, readDeliveries } from '../../deliveries/read-deliveries.ts';
import type { Repository, RepositoryText } from '../../repository/model.ts';
import { editYaml, type YamlEdit } from '../../yaml/edit.ts';
import type { Step } from '../../yaml/nodes.ts';
import { type Move, movedPath } from './move.ts';

/** What an object is called in the cluster, as far as the repository tells. */
export type ClusterName = { name: string; namespace: string | undefined };

/** As it comes out of what builds it: Flux's word wins over that of the lists, and that over its own. */
export function identityOf(
  { kustomizations, buildersOf }: Pick<Deliveries, 'kustomizations' | 'buildersOf'>,
  { at, name, namespace }: LocatedObject,
): ClusterName {
  const [builder] = buildersOf(at.file);
  const listed = kustomizations.above(at.file).flatMap(each => each.namespace ?? []);
  return { name, namespace: stringOf(builder?.spec['targetNamespace']) ?? listed.at(-1) ?? namespace };
}

type Placed = { object: LocatedObject; before: ClusterName; after: ClusterName };

/**
 * The files in which Kustomizations of Flux are named by others that wait for them or look at their health, as they are once those
 * have other names or namespaces. A reference without a namespace that would lead elsewhere from the new place says it.
 * @param after the text as it is after the move
 * @throws UserError E_YAML_* for a file that cannot be edited so
 */
export function followIdentities(
  repository: Repository,
  after: RepositoryText,
  move: Move,
): ReadonlyMap<string, string> {
  const placed = placedIn(repository, after, move);
  const isMoved = ({ before, after: now }: Placed): boolean => key(before) !== key(now);
  if (!placed.some(isMoved)) return new Map();
  const now = new Map(placed.map(each => [key(each.before), each.after]));
  const edits = new Map<string, YamlEdit[]>();
  for (const each of placed) {
    const { file } = each.object.at;
    edits.set(file, [...(edits.get(file) ?? []), ...editsOf(each, now)]);
  }
  return new Map(
    [...edits]
      .filter(([, own]) => own.length > 0)
      .map(([file, own]) => [file, editYaml(after.get(file) ?? '', file, own)]),
  );
}

function placedIn(repository: Repository, after: RepositoryText, move: Move): Placed[] {
  const old = readDeliveries(repository);
  const next = readDeliveries({ ...repository, text: after, apps: [] });
  const idOf = ({ at }: LocatedObject, file: string): string => `${file}#${at.document}:${at.path.join('.')}`;
  const moved = new Map(
    next.objects.filter(isFluxKustomization).map(object => [idOf(object, object.at.file), object]),
  );
  return old.objects.filter(isFluxKustomization).flatMap(own => {
    const object = moved.get(idOf(own, movedPath(move, own.at.file)));
    return object ? [{ object, before: identityOf(old, own), after: identityOf(next, object) }] : [];
  });
}

function key({ namespace = '', name }: ClusterName): string {
  return `${namespace}/${name}`;
}

function editsOf({ object, before, after }: Placed, now: ReadonlyMap<string, ClusterName>): YamlEdit[] {
  const lists: [string, (entry: Record<string, unknown>) => boolean][] = [
    ['dependsOn', () => true],
    ['healthChecks', ({ kind, apiVersion }) => isFluxReference(kind, apiVersion)],
  ];
  return lists.flatMap(([list, isOne]) =>
    recordsAt(object.body, ['spec', list]).flatMap((entry, index) => {
      if (!isOne(entry)) return [];
      const at: Place = { document: object.at.document, path: [...object.at.path, 'spec', list, index] };
      return referenceEdits(entry, at, { before, after, now });
    }),
  );
}

function isFluxReference(kind: unknown, apiVersion: unknown): boolean {
  return kind === 'Kustomization' && String(apiVersion).startsWith('kustomize.toolkit.fluxcd.io/');
}

type Place = { document: number; path: readonly Step[] };
type Owner = { before: ClusterName; after: ClusterName; now: ReadonlyMap<string, ClusterName> };

function referenceEdits(
  entry: Record<string, unknown>,
  { document, path }: Place,
  { before, after, now }: Owner,
): YamlEdit[] {
  const name = stringOf(valueAt(entry, ['name']));
  const said = stringOf(valueAt(entry, ['namespace']));
  if (name === undefined) return [];
  const old = { name, namespace: said ?? before.namespace };
  const target = now.get(key(old)) ?? old;
  // What nothing lists is nowhere, and its references lead wherever they do once something does.
  const means = said ?? after.namespace;
  return [
    ...(target.name === name
      ? []
      : [{ kind: 'set' as const, document, path: [...path, 'name'], value: target.name }]),
    ...(target.namespace === means || target.namespace === undefined || means === undefined
      ? []
      : [{ kind: 'put' as const, document, path: [...path, 'namespace'], value: target.namespace }]),
  ];
}

import { posix } from 'node:path';
import { isFluxKustomization } from '../../deliveries/flux/flux-kustomizations.ts';
import { readDeliveries } from '../../deliveries/read-deliveries.ts';
import { listEntries } from '../../deliveries/siblings/list-entry.ts';
import { isWithin } from '../../deliveries/siblings/names.ts';
import type { Kustomization } from '../../repository/kustomization.ts';
import type { Repository } from '../../repository/model.ts';
import { editYaml, type YamlEdit } from '../../yaml/edit.ts';
import { type Move, movedPath } from './move.ts';

/**
 * The lists of what Flux builds, where an app goes from one to another: taken off that of its old neighbours and put onto that of
 * its new ones; in `disabled`, onto none, and from there onto that of its neighbours. Only the lists that change, by file.
 * @throws UserError E_YAML_* for one that cannot be edited so
 */
export function followLists(repository: Repository, move: Move): ReadonlyMap<string, string> {
  const { kustomizations, buildersOf } = readDeliveries(repository);
  const isBuilt = (file: string): boolean => file.startsWith(`${move.from}/`) && buildersOf(file).length > 0;
  if (![...repository.text.keys()].some(isBuilt)) return new Map();
  const [old, next] = [move.from, move.to].map(folder => kustomizations.at(posix.dirname(folder)));
  if (old === next) return new Map();
  const entries = (old?.references ?? []).filter(
    ({ steps, path }) => steps[0] === 'resources' && path !== undefined && isWithin(move.from, path),
  );
  const isOff = !next && move.to.split('/').includes('disabled');
  const paths = entries.length > 0 ? entries.map(({ path = '' }) => path) : unlisted(repository, move, next);
  if (paths.length === 0 || (!next && !isOff)) return new Map();
  const edited = (list: Kustomization, edits: readonly YamlEdit[]): [string, string] => [
    list.file,
    editYaml(repository.text.get(list.file) ?? '', list.file, edits),
  ];
  const gone = entries.map(({ steps }): YamlEdit => ({ kind: 'remove', path: steps })).toReversed();
  const added = paths.map(path => posix.relative(posix.dirname(move.to), movedPath(move, path)));
  return new Map([
    ...(old ? [edited(old, gone)] : []),
    ...(next ? [edited(next, listEntries(next.data, added, { like: shownBy(next, old) }))] : []),
  ]);
}

/** The files of an app that nothing lists, where its new neighbours list files of that name. */
function unlisted(repository: Repository, { from }: Move, next: Kustomization | undefined): string[] {
  const { objects, kustomizations } = readDeliveries(repository);
  const own = objects.filter(object => isFluxKustomization(object) && posix.dirname(object.at.file) === from);
  const files = [...new Set(own.map(({ at }) => at.file))];
  const isUsual = (file: string): boolean =>
    (next?.resources ?? []).some(entry => posix.basename(entry) === posix.basename(file));
  return files.filter(file => kustomizations.listers(file).length === 0 && isUsual(file));
}

/** An empty list is written as the one that the entries come from. */
function shownBy(next: Kustomization, old: Kustomization | undefined): Kustomization['data'] {
  return next.resources.length > 0 ? next.data : (old ?? next).data;
}

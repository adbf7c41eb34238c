import { posix } from 'node:path';
import { type ChangeSet, textsAfter } from '../../change-set.ts';
import { stringsAt } from '../../data/fields.ts';
import { nameOf } from '../../render/rendered-changes.ts';
import { groupOf } from '../../render/object-pairs.ts';
import { judgeRemovedData } from '../../render/risks/data.ts';
import type { Risk } from '../../render/risks/risk.ts';
import { KUSTOMIZATION_FILES } from '../../repository/kustomization.ts';
import { type Manifest, parseManifests } from '../../repository/manifest.ts';
import { documentsOf } from './app-files.ts';
import type { PromotionRequest } from './promotion.ts';

/**
 * What takes data with it among the objects that a promotion takes away: of files that go, and of those that no kustomization lists
 * any more. What the charts make is not looked at.
 */
export function dataGoneWith({ path, files }: PromotionRequest['target'], changes: ChangeSet): Risk[] {
  const before = new Map([...files.values()].map(({ file, text }) => [file, text]));
  const gone = new Set(changes.changes.flatMap(change => (change.action === 'delete' ? [change.path] : [])));
  const after = new Map([...textsAfter(before, changes)].filter(([file]) => !gone.has(file)));
  const stays = new Set(objectsIn(path, after).map(keyOf));
  const removed = objectsIn(path, before).filter(manifest => !stays.has(keyOf(manifest)));
  return removed.flatMap(manifest =>
    judgeRemovedData({ before: manifest, after: undefined }, { isAllGone: false }).map(found => ({
      ...found,
      object: nameOf(manifest),
    })),
  );
}

type Texts = ReadonlyMap<string, string>;

/** The objects that the kustomization of a folder lists; without one, those of every file. */
function objectsIn(folder: string, texts: Texts): Manifest[] {
  const files = kustomizationIn(folder, texts) === undefined ? texts.keys() : listedFrom(folder, texts);
  return [...files].flatMap(file => parseManifests(documentsOf(texts.get(file) ?? '')));
}

function listedFrom(folder: string, texts: Texts, seen = new Set<string>()): Set<string> {
  const file = kustomizationIn(folder, texts);
  if (file === undefined || seen.has(file)) return seen;
  seen.add(file);
  for (const each of stringsAt(documentsOf(texts.get(file) ?? '')[0], ['resources'])) {
    const listed = posix.join(folder, each);
    if (texts.has(listed)) seen.add(listed);
    else listedFrom(listed, texts, seen);
  }
  return seen;
}

function kustomizationIn(folder: string, texts: Texts): string | undefined {
  return KUSTOMIZATION_FILES.map(name => posix.join(folder, name)).find(file => texts.has(file));
}

function keyOf({ apiVersion, kind, name }: Manifest): string {
  return `${groupOf(apiVersion)} ${kind} ${name}`;
}

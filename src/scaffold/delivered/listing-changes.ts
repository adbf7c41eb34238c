import { posix } from 'node:path';
import { type ChangeSet, joinAll, updateFile } from '../../change-set.ts';
import { isRecord } from '../../data/fields.ts';
import type { Emission } from '../../deliveries/siblings/emission.ts';
import { listEntries } from '../../deliveries/siblings/list-entry.ts';
import { say } from '../../locales/say.ts';
import { pathFrom } from '../../repository/kustomization-paths.ts';
import { editYaml } from '../../yaml/edit.ts';
import { requireYaml } from '../../yaml/read.ts';
import type { NewDeliveryContext } from './plan-delivered.ts';

/**
 * Lists an app where its siblings are listed.
 * @throws UserError E_YAML_* for a list that cannot take an entry without touching more
 */
export function listingChanges(
  { gitops: { repository }, t }: Pick<NewDeliveryContext, 'gitops' | 't'>,
  { listings, model }: Pick<Emission, 'listings' | 'model'>,
): ChangeSet {
  const changes = [...new Set(listings.map(({ file }) => file))].map(file => {
    const entries = listings.flatMap(each => (each.file === file ? [each.entry] : []));
    const before = repository.text.get(file) ?? '';
    const [data] = requireYaml(before, file).documents;
    const depths = new Set(entries.map(depthOf));
    const isSibling = (each: string): boolean =>
      model !== undefined &&
      depths.has(depthOf(each)) &&
      pathFrom('.', each) !== undefined &&
      !/namespace\.ya?ml$/.test(each);
    const edits = listEntries(isRecord(data) ? data : {}, entries, { isSibling });
    return updateFile({
      path: file,
      before,
      content: editYaml(before, file, edits),
      why: t(say('repository.lists', { item: entries.join(', ') })),
      entry: true,
    });
  });
  return joinAll(changes);
}

function depthOf(entry: string): number {
  return posix.normalize(entry).split('/').length;
}

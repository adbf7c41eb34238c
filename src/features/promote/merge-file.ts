import { changePath, dataChanges } from '../../values/data-changes.ts';
import {
  aheadIn,
  editedPlace,
  emptyMerge,
  type FileSides,
  manifestData,
  type MergedFile,
  mergeManifest,
  type MergeRules,
} from '../../values/merge-manifest.ts';
import { mergeValues } from '../../values/merge-values.ts';

/**
 * Merges the values of a chart as an upgrade does: the source's bytes, and in them what the target holds of its own.
 * @throws UserError as `mergeValues` does
 */
export function mergeValuesFile({ name, base, ours, theirs }: FileSides, rules: MergeRules): MergedFile {
  if (base === undefined) return mergeManifest({ name, base, ours, theirs }, rules);
  const [old, own, fresh] = [base, ours, theirs].map(text => manifestData(text, name));
  const changes = dataChanges(old, fresh);
  const merged = emptyMerge(ours);
  let source = theirs;
  // What belongs to the environment stands in what comes as it stands here: then there is nothing to merge.
  for (const change of dataChanges(own, fresh)) {
    const why = rules.ownedBy(change.path);
    if (why === undefined || change.after === undefined) continue;
    source = editedPlace(source, name, change.path, change.before);
    if (changes.some(({ path }) => changePath(path) === changePath(change.path)))
      merged.kept.push({ change, why });
  }
  const migration = mergeValues({
    base,
    ours,
    theirs: source,
    decisions: rules.answers,
    names: { base: name, ours: name, theirs: name },
  });
  const open = migration.decisions.filter(({ taken }) => taken === undefined);
  return {
    ...merged,
    text: migration.text,
    taken: dataChanges(own, manifestData(migration.text, name)),
    ahead: aheadIn(dataChanges(old, own), changes, rules),
    decisions: open,
    usedAnswers: [...migration.usedAnswers],
  };
}

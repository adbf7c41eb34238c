import { say } from '../../../locales/say.ts';
import { faultsOf } from '../../../render/refused/faults.ts';
import type { Text } from '../../../text/language.ts';
import type { AppFacts, ObjectFacts } from '../facts/app-facts.ts';
import { placeOfObject } from '../facts/charts-objects.ts';
import type { Diagnostic } from '../finding.ts';
import type { AppRule } from '../rule.ts';

/** What the API server refuses by itself stops the whole sync, and no schema tells. */
export const objectRefused: AppRule = {
  scope: 'app',
  severity: 'error',
  title: say('rules.objectRefused'),
  check: facts =>
    facts.rendered?.status === 'rendered'
      ? facts.rendered.facts.refused.map(({ path, fact, ...object }) => ({
          ...placeOfObject(facts, object, path),
          ...wordsFor(object, fact),
        }))
      : writtenObjects(facts).flatMap(object => faultsIn(facts, object)),
};

/** Fields of a kustomization that may complete an object, or mend it. */
const COMPLETING = [
  'patches',
  'patchesStrategicMerge',
  'patchesJson6902',
  'replacements',
  'vars',
  'components',
];
/** Fields that add to labels and to what matches them. */
const LABELLING = new Set(['labels', 'commonLabels']);
const MATCHED = new Set(['labels', 'matchLabels']);
const PLAIN = new Set(['resources', 'bases']);

/** The objects that come out as they are written: none where something may still patch them. */
function writtenObjects({ kustomizations, objects, isPart }: AppFacts): readonly ObjectFacts[] {
  const isPatched = kustomizations.some(({ keys }) => keys.some(key => COMPLETING.includes(key)));
  if (isPart || isPatched) return [];
  const references = kustomizations.flatMap(each => each.references);
  const built = new Set(
    references.filter(({ steps }) => PLAIN.has(String(steps[0]))).flatMap(({ path }) => path ?? []),
  );
  return objects.filter(({ file, listed }) => listed && (references.length === 0 || built.has(file)));
}

function faultsIn({ root, kustomizations }: AppFacts, object: ObjectFacts): Diagnostic[] {
  const addsLabels = kustomizations.some(({ keys }) => keys.some(key => LABELLING.has(key)));
  return faultsOf(object)
    .filter(({ mayBeAdded }) => mayBeAdded !== true || root === undefined)
    .filter(({ path }) => !addsLabels || !path.some(step => MATCHED.has(String(step))))
    .map(({ path, fact }) => ({ ...object.at(...path), ...wordsFor(object, fact) }));
}

function wordsFor(
  { kind, name }: { kind: string; name: string },
  fact: Text,
): Pick<Diagnostic, 'message' | 'hint'> {
  return { message: say('rules.serverRefuses', { kind, name, fact }), hint: say('rules.mendObject') };
}

import type { AppFacts, ObjectFacts } from '../facts/app-facts.ts';
import type { Diagnostic } from '../finding.ts';
import type { AppRule } from '../rule.ts';
import { stringOf, valueAt } from '../../../data/fields.ts';
import { deafAnnotation, isSealedSecret, scopeIn } from '../../../sealing/sealed-data.ts';
import { say } from '../../../locales/say.ts';

/** Name and namespace are part of the ciphertext: where kustomize changes them nobody can open it. */
export const sealedSecretScope: AppRule = {
  scope: 'app',
  severity: 'error',
  title: say('rules.sealedsecretStaysWhereSealed'),
  check: facts =>
    facts.objects
      .filter(isSealedSecret)
      .flatMap(object => [
        ...checkAnnotations(object),
        ...checkTemplate(object),
        ...(object.listed ? checkPlace(facts, object) : []),
      ]),
};

/** What Flux says, else kustomize's own namespace, prefix and suffix, from the kustomization that lists the file outwards. */
function checkPlace(facts: AppFacts, object: ObjectFacts): Diagnostic[] {
  const scope = scopeIn(object.body['metadata']);
  if (scope === 'cluster-wide') return [];
  const around = kustomizationsAround(facts, object.file);
  const { deployedTo } = facts;
  const own = around.find(({ namespace }) => namespace !== undefined)?.namespace;
  const moved = deployedTo?.wins === true ? (deployedTo.namespace ?? own) : own;
  const diagnostics: Diagnostic[] = [];
  if (object.namespace !== undefined && moved !== undefined && moved !== object.namespace)
    diagnostics.push({
      ...object.at('metadata', 'namespace'),
      message: say('rules.sealedNamespaceKustomizePutsInto', {
        name: object.name,
        namespace: object.namespace,
        moved,
      }),
      hint: say('rules.sealAgain', { moved }),
    });
  const affix = around.find(
    ({ data }) => data['namePrefix'] !== undefined || data['nameSuffix'] !== undefined,
  );
  if (affix && scope === 'strict')
    diagnostics.push({
      ...object.at('metadata', 'name'),
      message: say('rules.sealedNameWhichChangesNameprefix', { name: object.name, file: affix.file }),
      hint: say('rules.sealNameComesOutScope'),
    });
  return diagnostics;
}

/** From the innermost folder outwards. */
function kustomizationsAround({ kustomizations }: AppFacts, file: string) {
  return kustomizations
    .filter(({ folder }) => file.startsWith(`${folder}/`))
    .toSorted((a, b) => b.folder.length - a.folder.length)
    .toReversed();
}

/** The Secret takes its name from the template only where they agree; the controller reads the object's own. */
function checkTemplate(object: ObjectFacts): Diagnostic[] {
  const template = valueAt(object.body, ['spec', 'template', 'metadata']);
  return (['name', 'namespace'] as const).flatMap(field => {
    const own = object[field];
    const other = stringOf(valueAt(template, [field]));
    if (other === undefined || own === undefined || own === '' || own === other) return [];
    return [
      {
        ...object.at('spec', 'template', 'metadata', field),
        message: say('rules.templatesNotObjects', { field, other, own }),
        hint: say('rules.writeValueOpenedObjectsOwn', { own, field }),
      },
    ];
  });
}

function checkAnnotations(object: ObjectFacts): Diagnostic[] {
  const { metadata } = object.body;
  const template = valueAt(object.body, ['spec', 'template', 'metadata']);
  const deaf = deafAnnotation(metadata) ?? deafAnnotation(template);
  if (deaf !== undefined)
    return [
      {
        ...object.at('metadata', 'annotations', `sealedsecrets.bitnami.com/${deaf}`),
        message: say('rules.annotationOnlyCountsTrue', { deaf }),
        hint: say('rules.writeTrueRemove'),
      },
    ];
  const [own, inside] = [scopeIn(metadata), scopeIn(template)];
  if (own === inside || template === undefined || (own !== 'strict' && inside === 'strict')) return [];
  return [
    {
      ...object.at('spec', 'template', 'metadata', 'annotations'),
      message: say('rules.templateObjectControllerReadsObject', { inside, own }),
      hint: say('rules.giveBothSameAnnotation'),
    },
  ];
}

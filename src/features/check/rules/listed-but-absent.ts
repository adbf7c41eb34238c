import path from 'node:path';
import type { AppFacts } from '../facts/app-facts.ts';
import type { Diagnostic } from '../finding.ts';
import { yamlFix } from '../fixes.ts';
import { type Kustomization, KUSTOMIZATION_FILES } from '../../../repository/kustomization.ts';
import type { PathReference } from '../../../repository/kustomization-paths.ts';
import type { AppRule } from '../rule.ts';
import { say } from '../../../locales/say.ts';

/** Fields whose entries may be folders with a kustomization of their own. */
const MAY_BE_FOLDERS = new Set([
  'resources',
  'bases',
  'components',
  'generators',
  'transformers',
  'validators',
]);

/** Kustomize stops at the first path that leads nowhere. */
export const listedButAbsent: AppRule = {
  scope: 'app',
  severity: 'error',
  title: say('rules.whatKustomizationListsExists'),
  check: facts =>
    facts.kustomizations.flatMap(kustomization =>
      kustomization.references
        .filter(({ steps }) => steps[0] !== 'helmCharts')
        .flatMap(reference => checkOne(facts, kustomization, reference)),
    ),
};

function checkOne(facts: AppFacts, kustomization: Kustomization, reference: PathReference): Diagnostic[] {
  const { path: target, steps, value } = reference;
  if (target === undefined) return [];
  const place = kustomization.at(...steps);
  if (target === '..' || target.startsWith('../'))
    return [
      {
        ...place,
        message: say('rules.leadsOutRepository', { value }),
        hint: say('rules.keepWhatBuiltInside'),
      },
    ];
  const kind = facts.kindOf(target);
  if (kind === 'file') return [];
  if (kind === undefined) return [absent(facts, kustomization, reference)];
  const isBuilt = KUSTOMIZATION_FILES.some(name => facts.kindOf(`${target}/${name}`) === 'file');
  if (isBuilt && MAY_BE_FOLDERS.has(String(steps[0]))) return [];
  return [
    {
      ...place,
      message: say('rules.folder', {
        value,
        value2: isBuilt ? '' : ' without a kustomization',
        value3: isBuilt ? '' : '，其中没有 kustomization',
      }),
      hint: say('rules.listFiles'),
    },
  ];
}

function absent(facts: AppFacts, kustomization: Kustomization, reference: PathReference): Diagnostic {
  const { value, steps } = reference;
  const moved = movedTo(facts, kustomization, reference);
  return {
    ...kustomization.at(...steps),
    message: say('rules.thereNo', { value }),
    hint: moved === undefined ? say('rules.addFileTakeOffList') : say('rules.listThat', { moved }),
    ...(moved === undefined
      ? {}
      : {
          fix: () =>
            yamlFix(kustomization.file, kustomization.text, { kind: 'set', path: steps, value: moved }),
        }),
  };
}

/** The only file of the same name in the app, if nothing lists it yet. */
function movedTo(
  facts: AppFacts,
  { folder }: Kustomization,
  { value, steps }: PathReference,
): string | undefined {
  if (steps.length !== 2) return undefined;
  const same = facts.files.filter(
    file =>
      path.posix.basename(file) === path.posix.basename(value) && !file.startsWith(`${facts.folder}/values/`),
  );
  const [only] = same;
  if (only === undefined || same.length > 1 || facts.listed.has(only)) return undefined;
  return path.posix.relative(folder, only);
}

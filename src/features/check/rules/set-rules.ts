import { addTo } from '../../../data/append.ts';
import { say } from '../../../locales/say.ts';
import {
  applicationName,
  isApplicationName,
  MAX_APPLICATION_NAME,
} from '../../../repository/application-name.ts';
import { display } from '../../../text/display.ts';
import type { Text } from '../../../text/language.ts';
import type { Fight, LostApplication, RepositoryDiagnostic } from '../facts/repository-facts.ts';
import type { RepositoryRule } from '../rule.ts';
import { lossWords } from './loss-words.ts';
import { fewNames } from './few-names.ts';

/** The API server refuses such an Application; of a set, Argo CD then makes none. */
export const applicationNameInvalid: RepositoryRule = {
  scope: 'repository',
  severity: 'error',
  title: say('rules.applicationNameInvalid'),
  check: facts => {
    // Of folders that a set takes app-name speaks.
    const told = new Set(facts.apps.map(({ folder }) => applicationName(facts.applicationSets, folder)));
    return facts.applications
      .filter(({ name, set }) => !isApplicationName(name) && !(set !== undefined && told.has(name)))
      .map(({ name, from }) => ({
        file: from,
        isOfNoApp: true as const,
        message: say('rules.sayApplicationNameInvalid', { name: display(name) }),
        hint: say('rules.useMostLowerCaseLetters', { max_length: MAX_APPLICATION_NAME }),
      }));
  },
};

/** To Argo CD an Application of another name is another one: the old one is deleted, and with it what it made. */
export const applicationsetDeletes: RepositoryRule = {
  scope: 'repository',
  severity: 'warning',
  title: say('rules.applicationsetDeletes'),
  check: ({ gone, removed }) => {
    const told = new Set(removed.map(({ folder }) => folder));
    const bySet = new Map<string, LostApplication[]>();
    for (const each of gone) {
      const { application, claims, crds } = each;
      if (application.set === undefined) continue;
      // Of a folder that is gone app-removed speaks, unless data goes with it.
      const isTold = told.has(application.path ?? '') && !each.isWithSet && claims.length + crds.length === 0;
      if (!isTold) addTo(bySet, `${application.from} ${application.set}`, each);
    }
    return [...bySet.values()].flatMap(all => [
      ...saidOf(
        all.filter(({ deletes, isWithSet }) => deletes && !isWithSet),
        'rules.setDeletes',
      ),
      ...saidOf(
        all.filter(({ deletes, isWithSet }) => deletes && isWithSet),
        'rules.setGoneDeletes',
      ),
      ...saidOf(
        all.filter(({ deletes, isWithSet, to }) => !deletes && !isWithSet && to),
        'rules.setLeavesOld',
      ),
    ]);
  },
};

type Fate = 'rules.setDeletes' | 'rules.setGoneDeletes' | 'rules.setLeavesOld';

const HINTS: Readonly<Record<Fate, Text>> = {
  'rules.setDeletes': say('rules.hintSetDeletes'),
  'rules.setGoneDeletes': say('rules.hintSetGoneDeletes'),
  'rules.setLeavesOld': say('rules.hintSetLeavesOld'),
};

function saidOf(gone: readonly LostApplication[], fate: Fate): RepositoryDiagnostic[] {
  const [first] = gone;
  if (!first) return [];
  const names = fewNames(
    gone.map(({ application: { name }, to }) => (to && to.name !== name ? `${name} → ${to.name}` : name)),
  );
  const all = (key: 'claims' | 'crds' | 'clusters' | 'charts'): string[] => [
    ...new Set(gone.flatMap(each => each[key])),
  ];
  const lost = lossWords({
    claims: all('claims'),
    crds: all('crds'),
    clusters: all('clusters'),
    charts: all('charts'),
  });
  const set = display(first.application.set ?? '');
  return [
    {
      file: first.application.from,
      isOfNoApp: true,
      isOfChange: true,
      message: say(fate, { set, names, lost }),
      hint: HINTS[fate],
    },
  ];
}

/** Its controller syncs step by step, and nobody but it: what is in no step waits for a person. */
export const applicationsetRollingAutosync: RepositoryRule = {
  scope: 'repository',
  severity: 'warning',
  title: say('rules.applicationsetRollingAutosync'),
  check: ({ sets }) =>
    sets.flatMap(({ set, file, document, automated, unrolled, hasSteps }) => {
      const about = { file, document, steps: ['spec', 'strategy'], isOfNoApp: true as const };
      const words = { set: display(set), names: fewNames(unrolled), automated };
      return [
        ...(unrolled.length > 0
          ? [{ ...about, message: say('rules.setUnrolled', words), hint: say('rules.hintSetUnrolled') }]
          : []),
        ...(hasSteps && automated > 0
          ? [
              {
                ...about,
                severity: 'note' as const,
                message: say('rules.setRollsAutomated', words),
                hint: say('rules.hintSetRollsAutomated'),
              },
            ]
          : []),
      ];
    }),
};

/** A child that its root does not see does not exist for Argo CD. */
export const rootMissesChild: RepositoryRule = {
  scope: 'repository',
  severity: 'warning',
  title: say('rules.rootMissesChild'),
  check: ({ missed }) =>
    missed.map(({ file, document, kind, name, root, folder, isDeeper }) => {
      const words = { name: display(`${kind} ${name}`), root: display(root), folder: display(folder) };
      return {
        file,
        document,
        isOfNoApp: true,
        message: say(isDeeper ? 'rules.rootDoesNotDescend' : 'rules.rootDoesNotList', words),
        hint: say(isDeeper ? 'rules.hintRootDoesNotDescend' : 'rules.hintRootDoesNotList', words),
      };
    }),
};

/** Each sync takes the object from the other one, and whichever is deleted takes it along. */
export const applicationFight: RepositoryRule = {
  scope: 'repository',
  severity: 'warning',
  title: say('rules.applicationFight'),
  check: ({ fights }) => fights.map(sayFight),
};

/** What there is to be said of a fight. */
export function sayFight({ one, other, objects }: Fight): RepositoryDiagnostic {
  const [first, second] = [one, other].map(({ name }) => display(name));
  const words = {
    first,
    second,
    file: display(one.from),
    objects: fewNames(objects),
    path: display(other.folder ?? ''),
  };
  return {
    file: other.from,
    isOfNoApp: true,
    message: say(objects.length > 0 ? 'rules.bothMake' : 'rules.bothDeploy', words),
    hint: say('rules.hintBothMake'),
  };
}

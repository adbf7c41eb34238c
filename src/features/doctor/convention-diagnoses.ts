import type { Conventions } from '../../repository/conventions/conventions.ts';
import { type Habit, HABIT_NAMES, type HabitName, HABITS } from '../../repository/conventions/habits.ts';
import type { Learned } from '../../repository/conventions/learned.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { Text } from '../../text/language.ts';
import { say } from '../../locales/say.ts';

/** Everything that slipway goes by in a repository, with the evidence of each. */
export function diagnoseConventions(conventions: Conventions): Diagnosis[] {
  const {
    environments,
    domains,
    gateway,
    imagePrefix,
    dockerHub,
    storageClasses,
    minimumAge,
    rules,
    kubernetes,
    habits,
    style,
  } = conventions;
  return [
    show('environments', environments, value => value.join(', ')),
    show('domains', domains, value => value.join(', ')),
    ...environments.value.map(name => show(`hosts of ${name}`, conventions.hostPattern(name), String)),
    show('gateway', gateway, ({ namespace, name, sectionName, passthrough }) =>
      [
        `${namespace}/${name}`,
        ...(sectionName === undefined ? [] : [`listener ${sectionName}`]),
        ...(passthrough === undefined ? [] : [`passthrough ${passthrough}`]),
      ].join(', '),
    ),
    show('image prefix', imagePrefix, ({ mirror, file }) => `${mirror} (${file})`),
    show('short image names', dockerHub, String),
    show('storage classes', storageClasses, value => value.join(', ')),
    show('minimum age', minimumAge, days => say('doctor.days', { days })),
    show('Kubernetes that charts see', kubernetes, ({ kubeVersion, apiVersions }) =>
      [kubeVersion, ...apiVersions].join(', '),
    ),
    ...(rules ? [show('rules of check', rules, describeRules)] : []),
    ...HABIT_NAMES.map(name => showHabit(name, habits[name])),
    show('resources folder', style.resourcesFolder, folder => folder || "the app's own"),
    show('ignored charts', style.ignoreLine, String),
    show('order of a kustomization', style.sectionOrder, value => value.join(', ')),
    show('indentation of lists', style.listIndent.resources, String),
  ].flat();
}

/** A rule about what a team may do or leave is on where this one does it. */
function showHabit(name: HabitName, { holds, evidence }: Habit): Diagnosis[] {
  const message = holds ? say('doctor.rulesOn', { evidence }) : say('doctor.rulesOff', { evidence });
  return [{ topic: 'conventions', status: 'ok', subject: HABITS[name].join(', '), message }];
}

function describeRules(rules: Record<string, string>): string {
  return Object.entries(rules)
    .map(([code, level]) => `${code} ${level}`)
    .join(', ');
}

function show<Value>(
  subject: string,
  learned: Learned<Value> | undefined,
  print: (value: Value) => string | Text,
): Diagnosis[] {
  const base = { topic: 'conventions', status: 'ok', subject } as const;
  if (!learned) return [{ ...base, message: say('doctor.noneSeen') }];
  return [
    {
      ...base,
      message: say('doctor.valueAndEvidence', { value: print(learned.value), evidence: learned.evidence }),
    },
  ];
}

import type { Conventions } from '../../repository/conventions/conventions.ts';
import type { SecretConvention } from '../../repository/conventions/secrets.ts';
import { type Habit, HABIT_NAMES, type HabitName, HABITS } from '../../repository/conventions/habits.ts';
import type { Learned } from '../../repository/conventions/learned.ts';
import type { Diagnosis } from './diagnosis.ts';
import { type Text, untranslated } from '../../text/language.ts';
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
    show(say('doctor.subjectEnvironments'), environments, value => value.join(', ')),
    show(say('doctor.subjectDomains'), domains, value => value.join(', ')),
    ...(domains ? environments.value : []).map(name =>
      show(say('doctor.subjectHosts', { name }), conventions.hostPattern(name), String),
    ),
    show(say('doctor.subjectGateway'), gateway, ({ namespace, name, sectionName, passthrough }) =>
      [
        `${namespace}/${name}`,
        ...(sectionName === undefined ? [] : [`listener ${sectionName}`]),
        ...(passthrough === undefined ? [] : [`passthrough ${passthrough}`]),
      ].join(', '),
    ),
    show(say('doctor.subjectImagePrefix'), imagePrefix, ({ mirror, file }) => `${mirror} (${file})`),
    show(say('doctor.subjectShortImageNames'), dockerHub, String),
    show(say('doctor.subjectStorageClasses'), storageClasses, value => value.join(', ')),
    show(say('doctor.subjectSecrets'), conventions.secrets(''), describeSecrets),
    show(say('doctor.subjectMinimumAge'), minimumAge, days => say('doctor.days', { days })),
    show(say('doctor.subjectKubernetes'), kubernetes, ({ kubeVersion, apiVersions }) =>
      [kubeVersion, ...apiVersions].join(', '),
    ),
    ...(rules ? [show(say('doctor.subjectRules'), rules, describeRules)] : []),
    ...HABIT_NAMES.map(name => showHabit(name, habits[name])),
    show(
      say('doctor.subjectResourcesFolder'),
      style.resourcesFolder,
      folder => folder || say('doctor.appsOwnFolder'),
    ),
    show(say('doctor.subjectValuesFile'), style.valuesFile, file => file || 'values/<chart>-<version>.yaml'),
    show(say('doctor.subjectIgnoredCharts'), style.ignoreLine, String),
    show(say('doctor.subjectOrder'), style.sectionOrder, value => value.join(', ')),
    show(say('doctor.subjectIndentation'), style.listIndent.resources, String),
  ].flat();
}

const SECRETS = { sealed: 'SealedSecret', external: 'ExternalSecret', sops: 'SOPS' } as const;

function describeSecrets({ mechanism, external: { store } }: SecretConvention): string {
  const from = mechanism === 'external' && store ? ` (${store.kind} ${store.name})` : '';
  return SECRETS[mechanism] + from;
}

/** A rule about what a team may do or leave is on where this one does it. */
function showHabit(name: HabitName, { holds, evidence, isUnseen }: Habit): Diagnosis[] {
  const unseen = say(holds ? 'doctor.rulesOnUnseen' : 'doctor.rulesOffUnseen');
  const message = isUnseen ? unseen : say(holds ? 'doctor.rulesOn' : 'doctor.rulesOff', { evidence });
  return [{ topic: 'conventions', status: 'ok', subject: untranslated(HABITS[name].join(', ')), message }];
}

function describeRules(rules: Record<string, string>): string {
  return Object.entries(rules)
    .map(([code, level]) => `${code} ${level}`)
    .join(', ');
}

function show<Value>(
  subject: Text,
  learned: Learned<Value> | undefined,
  print: (value: Value) => string | Text,
): Diagnosis[] {
  const base = { topic: 'conventions', status: 'ok', subject } as const;
  const value = learned && print(learned.value);
  if (!learned || !value) return [{ ...base, message: say('doctor.noneSeen') }];
  const { evidence } = learned;
  return [{ ...base, message: say('doctor.valueAndEvidence', { value, evidence }) }];
}

import path from 'node:path';
import { nearest } from '../../../text/nearest.ts';
import type { AppFacts } from '../facts/app-facts.ts';
import type { Diagnostic } from '../finding.ts';
import { yamlFix } from '../fixes.ts';
import { type Kustomization, isKustomization } from '../../../repository/kustomization.ts';
import type { AppRule } from '../rule.ts';
import { isRecord } from '../../../data/fields.ts';
import { CHART_FIELDS } from '../../../repository/chart-fields.ts';
import { say } from '../../../locales/say.ts';

/** Fields of kustomize 5.8.1 by the type of their value. It refuses every other field. */
const FIELDS: Readonly<Record<string, 'text' | 'list' | 'map'>> = {
  apiVersion: 'text',
  kind: 'text',
  metadata: 'map',
  openapi: 'map',
  namePrefix: 'text',
  nameSuffix: 'text',
  namespace: 'text',
  commonLabels: 'map',
  labels: 'list',
  commonAnnotations: 'map',
  patchesStrategicMerge: 'list',
  patchesJson6902: 'list',
  patches: 'list',
  images: 'list',
  imageTags: 'list',
  replacements: 'list',
  replicas: 'list',
  vars: 'list',
  sortOptions: 'map',
  resources: 'list',
  components: 'list',
  crds: 'list',
  bases: 'list',
  configMapGenerator: 'list',
  secretGenerator: 'list',
  helmGlobals: 'map',
  helmCharts: 'list',
  helmChartInflationGenerator: 'list',
  generatorOptions: 'map',
  configurations: 'list',
  generators: 'list',
  transformers: 'list',
  validators: 'list',
  buildMetadata: 'list',
};

const WORDS = {
  text: say('rules.aText'),
  list: say('rules.aList'),
  map: say('rules.map'),
  switch: say('rules.trueFalse'),
} as const;

/** What kustomize itself would refuse, found without running it. */
export const kustomizationShape: AppRule = {
  scope: 'app',
  severity: 'error',
  title: say('rules.kustomizationHasFieldsKustomizeKnows'),
  check: facts => [...facts.kustomizations.flatMap(checkOne), ...twoInOneFolder(facts)],
};

function checkOne(kustomization: Kustomization): Diagnostic[] {
  const { data, at } = kustomization;
  if (Object.keys(data).length === 0)
    return [
      {
        ...at(),
        message: say('rules.kustomizationEmpty'),
        hint: say('rules.listResourcesRemoveFolder'),
      },
    ];
  const entries = Array.isArray(data['helmCharts']) ? data['helmCharts'] : [];
  return [
    ...checkFields(kustomization, [], data, FIELDS),
    ...entries.flatMap((entry: unknown, index) =>
      isRecord(entry)
        ? checkFields(kustomization, ['helmCharts', index], entry, CHART_FIELDS)
        : [wrongType(kustomization, ['helmCharts', index], 'map')],
    ),
  ];
}

function checkFields(
  kustomization: Kustomization,
  steps: readonly (string | number)[],
  data: Readonly<Record<string, unknown>>,
  known: Readonly<Record<string, keyof typeof WORDS>>,
): Diagnostic[] {
  return Object.entries(data).flatMap(([key, value]) => {
    const type = Object.hasOwn(known, key) ? known[key] : undefined;
    if (type === undefined) return [unknownField(kustomization, [...steps, key], Object.keys(known))];
    return value === null || isOf(type, value) ? [] : [wrongType(kustomization, [...steps, key], type)];
  });
}

function isOf(type: keyof typeof WORDS, value: unknown): boolean {
  if (type === 'list') return Array.isArray(value);
  if (type === 'map') return isRecord(value);
  return typeof value === (type === 'text' ? 'string' : 'boolean');
}

function unknownField(
  { at }: Kustomization,
  steps: readonly (string | number)[],
  known: string[],
): Diagnostic {
  const key = String(steps.at(-1));
  const near = nearest(key, known);
  return {
    ...at(...steps),
    message: say('rules.kustomizeKnowsNoFieldHere', { key }),
    hint: near ? say('rules.write', { near }) : say('rules.removeField'),
  };
}

function wrongType(
  { at, file, text }: Kustomization,
  steps: readonly (string | number)[],
  type: keyof typeof WORDS,
): Diagnostic {
  const key = steps.filter(step => typeof step === 'string').join('.');
  const place = at(...steps);
  const quoted = type === 'text' ? yamlFix(file, text, { kind: 'quote', path: steps }) : [];
  return {
    ...place,
    message: say('rules.must', { key, words: WORDS[type] }),
    hint: type === 'text' ? say('rules.putQuotes') : say('rules.writeExpected', { words: WORDS[type] }),
    ...(quoted.length > 0 ? { fix: () => quoted } : {}),
  };
}

/** Kustomize refuses a folder with two of its files. */
function twoInOneFolder({ files }: AppFacts): Diagnostic[] {
  const own = files.filter(isKustomization);
  return own
    .filter(
      (file, index) => own.findIndex(other => path.posix.dirname(other) === path.posix.dirname(file)) < index,
    )
    .map(file => ({
      file,
      line: 1,
      column: 1,
      message: say('rules.folderHasSecondKustomization'),
      hint: say('rules.keepOneThem'),
    }));
}

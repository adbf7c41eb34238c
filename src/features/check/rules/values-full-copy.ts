import path from 'node:path';
import type { AppFacts } from '../facts/app-facts.ts';
import type { Diagnostic } from '../finding.ts';
import type { ChartEntry, Kustomization } from '../../../repository/kustomization.ts';
import type { AppRule } from '../rule.ts';
import { lineColumn, type LocatedYaml, readLocated } from '../../../yaml/read.ts';
import { isRecord } from '../../../data/fields.ts';
import { say } from '../../../locales/say.ts';

const NAMED = 6;

/** Only a full copy shows changed defaults in a diff, and leaves nobody guessing which keys there are. */
export const valuesFullCopy: AppRule = {
  scope: 'app',
  habit: 'fullCopies',
  severity: 'warning',
  title: say('rules.valuesFileFullCopyVersions'),
  check: facts =>
    facts.charts.flatMap(({ chart, kustomization }) => checkOne(facts, chart, kustomization) ?? []),
};

function checkOne(facts: AppFacts, chart: ChartEntry, { folder }: Kustomization): Diagnostic | undefined {
  if (chart.valuesFile === undefined) return undefined;
  const file = path.posix.join(folder, chart.valuesFile);
  const ours = facts.yaml(file);
  const defaults = facts.defaults(chart);
  if (!ours || defaults.status === 'unknown') return undefined;
  const theirs = readLocated(defaults.text);
  if (theirs.status === 'unreadable') return undefined;
  const missing = missingKeys(firstData(ours), firstData(theirs.yaml), []);
  const [first] = missing;
  if (!first) return undefined;
  return {
    file,
    ...placeOfParent(ours, first),
    message: describe(chart, missing),
    hint: say('rules.addThemFromChartsValues'),
  };
}

function firstData(yaml: LocatedYaml): unknown {
  return yaml.documents[0];
}

/** Keys of the defaults that are not in ours, outermost only. A `null` of ours removes a default on purpose. */
function missingKeys(ours: unknown, defaults: unknown, trail: readonly string[]): string[][] {
  if (!isRecord(defaults) || (trail.length > 0 && !isRecord(ours))) return [];
  const own = isRecord(ours) ? ours : {};
  return Object.entries(defaults).flatMap(([key, value]) =>
    Object.hasOwn(own, key) ? missingKeys(own[key], value, [...trail, key]) : [[...trail, key]],
  );
}

function placeOfParent(yaml: LocatedYaml, keys: readonly string[]): { line: number; column: number } {
  const offset = keys.length > 1 ? yaml.offsetOf(0, keys.slice(0, -1)) : undefined;
  return offset === undefined ? { line: 1, column: 1 } : lineColumn(yaml.text, offset);
}

function describe({ name, version }: ChartEntry, missing: readonly string[][]) {
  const named = missing
    .slice(0, NAMED)
    .map(keys => keys.join('.'))
    .join(', ');
  const more = missing.length - NAMED;
  const of = [name, version].filter(part => part !== undefined).join(' ');
  return say('rules.lacksDefaults', {
    count: missing.length,
    value: of,
    named,
    value2: more > 0 ? ` and ${more} more` : '',
    value3: more > 0 ? ` 等` : '',
  });
}

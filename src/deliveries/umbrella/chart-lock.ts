import { createHash } from 'node:crypto';
import { asList, isRecord, stringOf } from '../../data/fields.ts';
import { UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { editYaml, type YamlEdit } from '../../yaml/edit.ts';
import { requireYaml } from '../../yaml/read.ts';

/** One dependency that moves: its position in Chart.yaml. */
export type MovedDependency = { index: number; to: string };

/**
 * What `helm dependency update` would make of a Chart.lock once dependencies have moved: their versions and the digest. The time
 * of its making stays: nothing was resolved anew.
 * @param chart the text of Chart.yaml, or requirements.yaml, as it will be
 * @throws UserError E_LOCK where the lock does not list the dependencies as the chart does
 */
export function updateChartLock(
  { lock, file }: { lock: string; file: string },
  chart: { text: string; file: string },
  moved: readonly MovedDependency[],
): string {
  const wanted = dependenciesIn(chart.text, chart.file);
  const locked = dependenciesIn(lock, file);
  const isSame =
    wanted.length === locked.length &&
    wanted.every(({ name, repository }, index) => {
      const other = locked[index];
      return other !== undefined && other.name === name && other.repository === repository;
    });
  if (!isSame) throw outOfStep(file);
  const versions = moved.map(({ index, to }): YamlEdit => {
    return { kind: 'set', path: ['dependencies', index, 'version'], value: to };
  });
  const next = editYaml(lock, file, versions);
  const digest = digestOf(wanted, dependenciesIn(next, file));
  return editYaml(next, file, [{ kind: 'set', path: ['digest'], value: digest }]);
}

function outOfStep(file: string): UserError {
  const folder = file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '.';
  return new UserError('E_VALUE', say('upgrade.chartLockOutOfStep', { file }), {
    hint: say('upgrade.runDependencyUpdate', { folder }),
    subject: file,
  });
}

function dependenciesIn(text: string, file: string): Record<string, unknown>[] {
  const [document] = requireYaml(text, file).documents;
  return asList(isRecord(document) ? document['dependencies'] : undefined).filter(isRecord);
}

/** Helm's own: sha256 of the JSON of what is asked for and what was resolved, with the fields in Helm's order. */
function digestOf(
  wanted: readonly Record<string, unknown>[],
  locked: readonly Record<string, unknown>[],
): string {
  const json = goJson([wanted.map(inHelmsOrder), locked.map(inHelmsOrder)]);
  return `sha256:${createHash('sha256').update(json).digest('hex')}`;
}

const FIELDS = ['name', 'version', 'repository', 'condition', 'tags', 'enabled', 'import-values', 'alias'];

/** `repository` is written even where it is empty; all others are left out then. */
function inHelmsOrder(dependency: Record<string, unknown>): Record<string, unknown> {
  const fields = FIELDS.flatMap(key => {
    const value = key === 'repository' ? (stringOf(dependency[key]) ?? '') : dependency[key];
    return key !== 'repository' && isEmpty(value) ? [] : [[key, sorted(value)] as const];
  });
  return Object.fromEntries(fields);
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || value === false || asEmpty(value);
}

function asEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** Go writes the keys of a map in their order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isRecord(value)) return value;
  const pairs = Object.entries(value).map(([key, item]) => [key, sorted(item)] as const);
  return Object.fromEntries(pairs.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

const ESCAPED: Readonly<Record<string, string>> = { '<': '\\u003c', '>': '\\u003e', '&': '\\u0026' };

function goJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[<>&\u2028\u2029]/g,
    char => ESCAPED[char] ?? `\\u${(char.codePointAt(0) ?? 0).toString(16)}`,
  );
}

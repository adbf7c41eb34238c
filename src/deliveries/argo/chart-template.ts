import { posix } from 'node:path';
import { isRecord, stringOf, valueAt } from '../../data/fields.ts';
import { chartOfTemplate } from '../../repository/templates-left-out.ts';
import { readTemplate, type ReadTemplate } from '../../yaml/helm-template.ts';
import type { LocatedYaml } from '../../yaml/read.ts';
import { type Place, placeId } from '../chart-use.ts';
import { type LocatedObject, objectsIn } from '../located-object.ts';
import type { ReadRepository } from '../objects.ts';
import { sourcesOf } from './source.ts';

/** An object in a template of a chart of the repository, filled in as far as the chart's own values tell. */
export type TemplatedObject = LocatedObject & {
  /** The only place that gives a text of it, or why there is none; undefined for a text that stands there as it is. */
  givenAt(place: Place): GivenText | undefined;
};

/** With `isOpen` nobody here knows what the text comes to. */
type GivenText = { from: Place } | { held: string; isOpen: boolean };

const APPLICATIONS = /^kind:[ \t]*["']?Application(?:Set)?["']?[ \t\r]*$/m;

type Context = {
  repository: ReadRepository;
  /** The Applications and sets that stand in no template. */
  objects: readonly LocatedObject[];
  parsed(file: string): LocatedYaml | undefined;
};

/** The Applications and ApplicationSets that charts of the repository make: app of apps. What is no YAML but for its actions is left out. */
export function templatedObjects(context: Context): TemplatedObject[] {
  const { text, isTemplate } = context.repository;
  return [...text].flatMap(([file, content]) => {
    if (!isTemplate(file) || !APPLICATIONS.test(content)) return [];
    const folder = chartOfTemplate(text, file);
    const template = folder === undefined ? undefined : readTemplate(content);
    if (folder === undefined || !template) return [];
    const values = chartValues(context, folder, variablesIn(content));
    return objectsIn(file, template.yaml)
      .filter(({ group, kind }) => group === 'argoproj.io' && /^Application(?:Set)?$/.test(kind))
      .map(object => filledObject(object, template, values));
  });
}

type Given = { text: string; from: Place | undefined; held: string | undefined };
/** What the chart's values give for an action. */
type Values = (action: string) => Given | undefined;

function filledObject(object: LocatedObject, template: ReadTemplate, values: Values): TemplatedObject {
  const fill = (text: string): string => template.filled(text, action => values(action)?.text);
  const scalarAt: LocatedYaml['scalarAt'] = (document, path) => {
    const scalar = template.yaml.scalarAt(document, path);
    return scalar && { ...scalar, text: fill(scalar.text) };
  };
  return {
    ...object,
    name: fill(object.name),
    body: filledMap(object.body, fill),
    yaml: { ...template.yaml, scalarAt },
    givenAt: ({ document, path }) => {
      const written = template.yaml.scalarAt(document, path)?.text ?? '';
      return givenText(written, template, values);
    },
  };
}

function givenText(written: string, template: ReadTemplate, values: Values): GivenText | undefined {
  const given: (Given | undefined)[] = [];
  const rest = template.filled(written, action => {
    given.push(values(action));
    return '';
  });
  if (given.length === 0) return undefined;
  const [first] = given;
  const from = rest === '' && given.length === 1 && first?.held === undefined ? first?.from : undefined;
  if (from) return { from };
  const reason = first?.held ?? template.filled(written, () => undefined);
  return { held: reason, isOpen: given.includes(undefined) };
}

function filledMap(map: Record<string, unknown>, fill: (text: string) => string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, filledValue(value, fill)]));
}

function filledValue(value: unknown, fill: (text: string) => string): unknown {
  if (typeof value === 'string') return fill(value);
  if (Array.isArray(value)) return value.map(item => filledValue(item, fill));
  return isRecord(value) ? filledMap(value, fill) : value;
}

/** What `values.yaml` of a chart gives for `.Values.a.b`, held where something else may give it too; a text that stands there itself. */
function chartValues(
  { repository: { text }, objects, parsed }: Context,
  folder: string,
  variables: ReadonlyMap<string, readonly string[]>,
): Values {
  const file = posix.join(folder, 'values.yaml');
  const yaml = parsed(file);
  const others = [...text.keys()].filter(
    name => posix.dirname(name) === folder && name !== file && /^values.*\.ya?ml$/.test(posix.basename(name)),
  );
  return action => {
    const literal = /^\{\{-?\s?`([^`]*)`\s?-?\}\}$/.exec(action)?.[1];
    if (literal !== undefined) return { text: literal, from: undefined, held: undefined };
    const path = valuesPath(action, variables);
    const given = path && yaml?.scalarAt(0, path)?.text;
    if (path === undefined || given === undefined) return undefined;
    const also = others.filter(name => valueAt(parsed(name)?.documents[0], path) !== undefined);
    const by = [...also, ...objects.filter(each => sets(each, folder, path)).map(({ at }) => placeId(at))];
    const held = by.length > 0 ? [file, ...by].join(', ') : undefined;
    return { text: given, from: { file, document: 0, path }, held };
  };
}

/** `.Values.a.b`, with nothing behind it that would make another text of it. */
function valuesPath(
  action: string,
  variables: ReadonlyMap<string, readonly string[]>,
): readonly string[] | undefined {
  const [value = '', ...functions] = inAction(action).split('|');
  const isPlain = functions.every(name => /^(?:quote|squote|toString|trim)$/.test(name.trim()));
  return isPlain ? pathOf(value.trim(), variables) : undefined;
}

function inAction(action: string): string {
  return action.replace(/^\{\{-?/, '').replace(/-?\}\}$/, '');
}

/** `.Values.a`, `$x.a` and `index .Values.a "b"`. */
function pathOf(
  expression: string,
  variables: ReadonlyMap<string, readonly string[]>,
): readonly string[] | undefined {
  const [, inner, key] = /^index (\S+) "([^"\\]+)"$/.exec(expression) ?? [];
  if (inner !== undefined && key !== undefined) return joined(pathOf(inner, variables), [key]);
  const [, root = '', path = ''] = /^(\$?\.Values|\$\w+)((?:\.[A-Za-z_]\w*)*)$/.exec(expression) ?? [];
  const start = root.endsWith('.Values') ? [] : variables.get(root);
  return joined(start, path.split('.').slice(1));
}

function joined(
  start: readonly string[] | undefined,
  keys: readonly string[],
): readonly string[] | undefined {
  return start && [...start, ...keys];
}

/** What a template calls `$x`, where it says so once and for all. */
function variablesIn(text: string): ReadonlyMap<string, readonly string[]> {
  const known = new Map<string, readonly string[]>();
  const times = new Map<string, number>();
  const given = [...text.matchAll(/(\$\w{1,60})[ \t]{0,9}:?=[ \t]{0,9}([^}\n]{0,200})\}\}/g)];
  for (const [, name = ''] of given) times.set(name, (times.get(name) ?? 0) + 1);
  for (const [, name = '', value = ''] of given) {
    const path = times.get(name) === 1 ? pathOf(value.replace(/-$/, '').trim(), known) : undefined;
    if (path) known.set(name, path);
  }
  return known;
}

/** Whether an Application that deploys the chart gives the value itself. */
function sets({ body }: LocatedObject, folder: string, path: readonly string[]): boolean {
  const spec = valueAt(body, ['spec']);
  return [...sourcesOf(spec), ...sourcesOf(valueAt(spec, ['template', 'spec']))].some(source => {
    if (!isRecord(source) || posix.normalize(stringOf(source['path']) ?? '') !== folder) return false;
    return JSON.stringify(source['helm'] ?? {}).includes(path.at(-1) ?? '');
  });
}

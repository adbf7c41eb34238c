import { asList, isRecord, recordsAt, stringOf, stringsAt, valueAt } from '../../data/fields.ts';
import type { Kustomization } from '../../repository/kustomization.ts';
import { insideFrom } from '../../repository/kustomization-paths.ts';
import type { RepositoryText } from '../../repository/model.ts';
import { inside, type Place } from '../chart-use.ts';
import { type LocatedObject, textIn } from '../located-object.ts';
import type { FluxKustomization } from './flux-kustomizations.ts';

/** What a variable stands for, and where that is written: behind `prefix` in the text at `at`. */
export type Variable = { value: string; at: Place | undefined; prefix?: string };

/** What a Kustomization fills in. */
export type Variables = {
  /** Whether anything is filled in at all. */
  isOn: boolean;
  known: ReadonlyMap<string, Variable>;
  /** Where more variables come from that nobody can read here: `Secret cluster-secrets`. */
  unread: readonly string[];
};

export type VariableSources = {
  /** The ConfigMaps of the repository, of whatever kind. */
  configMaps: readonly LocatedObject[];
  /** Every kustomization, for what it generates. */
  kustomizations: readonly Kustomization[];
  text: RepositoryText;
};

/** The variables of `postBuild`: those of ConfigMaps in the repository in their order, then those written right there. */
export function variablesOf({ spec, object }: FluxKustomization, sources: VariableSources): Variables {
  const known = new Map<string, Variable>();
  const unread: string[] = [];
  for (const entry of recordsAt(spec, ['postBuild', 'substituteFrom'])) {
    const found = fromEntry(entry, object, sources);
    for (const [name, variable] of found ?? []) known.set(name, variable);
    if (!found) unread.push(`${String(entry['kind'])} ${String(entry['name'])}`);
  }
  const inline = valueAt(spec, ['postBuild', 'substitute']);
  for (const name of Object.keys(isRecord(inline) ? inline : {})) {
    const variable = inlineVariable(inline, name, object);
    if (variable) known.set(name, variable);
  }
  const isAlways = valueAt(spec, ['postBuild', 'substituteStrategy']) === 'Always';
  return { isOn: known.size > 0 || unread.length > 0 || isAlways, known, unread };
}

/** What a patch from above gives stands in that patch, and not here. */
function inlineVariable(inline: unknown, name: string, object: LocatedObject): Variable | undefined {
  const value = textOf(valueAt(inline, [name]));
  if (value === undefined) return undefined;
  const path = ['spec', 'postBuild', 'substitute', name];
  const written = textIn(object, ...path);
  return { value, at: written === undefined ? undefined : inside(object.at, ...path) };
}

/** Line breaks are taken out, as Flux does. */
function textOf(value: unknown): string | undefined {
  const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : stringOf(value);
  return text?.replaceAll('\n', '');
}

type Found = [string, Variable][];

function fromEntry(
  entry: Record<string, unknown>,
  by: LocatedObject,
  sources: VariableSources,
): Found | undefined {
  const name = stringOf(entry['name']);
  if (entry['kind'] !== 'ConfigMap' || name === undefined) return undefined;
  const written = sources.configMaps.filter(
    map =>
      map.name === name &&
      (map.namespace === undefined || by.namespace === undefined || map.namespace === by.namespace),
  );
  const [only, ...others] = written;
  if (only) return others.every(other => sameData(only, other)) ? written.flatMap(dataOf) : undefined;
  const generated = sources.kustomizations.flatMap(each => generatedBy(each, name, sources.text));
  return generated.length > 0 ? generated : undefined;
}

/** One of each cluster: which of them is meant nobody can tell here. */
function sameData(a: LocatedObject, b: LocatedObject): boolean {
  return JSON.stringify(a.body['data']) === JSON.stringify(b.body['data']);
}

function dataOf(map: LocatedObject): Found {
  const data = map.body['data'];
  return Object.entries(isRecord(data) ? data : {}).flatMap(([name, value]) => {
    const text = textOf(value);
    return text === undefined ? [] : [[name, { value: text, at: inside(map.at, 'data', name) }]];
  });
}

/** `literals: [NAME=value]`, and the lines of `envs`. */
function generatedBy({ data, file, folder }: Kustomization, name: string, text: RepositoryText): Found {
  return asList(data['configMapGenerator']).flatMap((generator, index) => {
    if (!isRecord(generator) || generator['name'] !== name) return [];
    const literals = stringsAt(generator, ['literals']).flatMap((line, position) =>
      fromLine(line, { file, document: 0, path: ['configMapGenerator', index, 'literals', position] }),
    );
    const envs = stringsAt(generator, ['envs']).flatMap(written =>
      (text.get(insideFrom(folder, written) ?? '') ?? '')
        .split('\n')
        .flatMap(line => fromLine(line, undefined)),
    );
    return [...envs, ...literals];
  });
}

function fromLine(line: string, at: Place | undefined): Found {
  const [, name, value] = /^([^=#\s][^=]*)=(.*)$/.exec(line) ?? [];
  if (name === undefined || value === undefined) return [];
  const plain = value.replace(/^(["'])(.*)\1$/, '$2');
  return [[name, { value: plain, at: plain === value ? at : undefined, prefix: `${name}=` }]];
}

import { posix } from 'node:path';
import { isRecord, valueAt } from '../../data/fields.ts';
import type { RepositoryText } from '../../repository/model.ts';
import { inside, type UsedVersion, versionKind } from '../chart-use.ts';
import { type LocatedObject, textIn } from '../located-object.ts';
import type { FluxKustomization } from './flux-kustomizations.ts';
import { findSource, type SourceRef, sourceRefAt, type Sources } from './sources.ts';
import { mayHoldVariables, substitute } from './substitution/substitute.ts';
import type { Variables } from './variables.ts';

/** What the charts of releases are looked up in. */
export type ChartLookup = {
  sources: Sources;
  text: RepositoryText;
  /** The Kustomizations of Flux that build a file. */
  buildersOf(file: string): readonly FluxKustomization[];
  variablesOf(kustomization: FluxKustomization): Variables;
};

/** Where a chart comes from, and the object and the field that say its version. */
export type ReleaseChart = {
  name: string;
  source: string | undefined;
  folder?: string;
  at: LocatedObject;
  field: readonly string[] | undefined;
  held?: string;
};

/** The chart of a release; undefined where it is named twice, or by what does not stand here. */
export function chartOf(lookup: ChartLookup, release: LocatedObject): ReleaseChart | undefined {
  const { body } = release;
  const ref = sourceRefAt(body, ['spec', 'chartRef']);
  const isTwice = ref !== undefined && isRecord(valueAt(body, ['spec', 'chart']));
  if (isTwice) return undefined;
  if (!ref) return templated(lookup, release, ['spec', 'chart', 'spec']);
  const source = findSource(lookup.sources, release, ref);
  if (source?.kind === 'OCIRepository') return inRegistry(lookup, source);
  return source?.kind === 'HelmChart' ? templated(lookup, source, ['spec']) : undefined;
}

/** What the name of an object comes to in each build of it; as it is written where it holds no variable. */
export function filledNames(
  { buildersOf, variablesOf }: Pick<ChartLookup, 'buildersOf' | 'variablesOf'>,
  { name, at }: LocatedObject,
): string[] {
  if (!mayHoldVariables(name)) return [name];
  const names = buildersOf(at.file).flatMap(builder => {
    const { known } = variablesOf(builder);
    const filled = substitute(name, variable => known.get(variable)?.value);
    return filled && filled.unknown.length === 0 ? [filled.text] : [];
  });
  return [...new Set([name, ...names])];
}

/** A text with what Flux fills in; undefined where something of it stays open. */
function filledText(
  { buildersOf, variablesOf }: ChartLookup,
  { at }: LocatedObject,
  written: string | undefined,
): string | undefined {
  if (written === undefined || !mayHoldVariables(written)) return written;
  const [builder] = buildersOf(at.file);
  const known = builder && variablesOf(builder).known;
  const filled = substitute(written, name => known?.get(name)?.value);
  return filled && filled.unknown.length === 0 ? filled.text : undefined;
}

/** `chart`, `version` and `sourceRef`, as a release and a HelmChart have them. */
function templated(
  lookup: ChartLookup,
  object: LocatedObject,
  path: readonly string[],
): ReleaseChart | undefined {
  const name = filledText(lookup, object, textIn(object, ...path, 'chart'));
  const ref = sourceRefAt(object.body, [...path, 'sourceRef']);
  if (name === undefined || !ref) return undefined;
  if (ref.kind === 'GitRepository') return inRepository(lookup, object, name, ref);
  const source = findSource(lookup.sources, object, ref);
  const url = source && filledText(lookup, source, textIn(source, 'spec', 'url'));
  if (url === undefined) return undefined;
  return { name, source: url, at: object, field: [...path, 'version'] };
}

/** A chart of a git repository: of this one where its folder is here. */
function inRepository(
  lookup: ChartLookup,
  at: LocatedObject,
  chart: string,
  ref: SourceRef,
): ReleaseChart | undefined {
  const folder = posix.normalize(chart).replace(/\/$/, '');
  const isHere = lookup.text.has(`${folder}/Chart.yaml`) && !folder.startsWith('..');
  return isHere && ref.kind === 'GitRepository'
    ? { name: posix.basename(folder), source: undefined, folder, at, field: undefined }
    : undefined;
}

/** The last part of the address names the chart; a digest is stronger than a range, and that than a tag. */
function inRegistry(lookup: ChartLookup, source: LocatedObject): ReleaseChart | undefined {
  const url = filledText(lookup, source, textIn(source, 'spec', 'url'))?.replace(/(?<!\/)\/+$/, '');
  if (url === undefined) return undefined;
  const at = url.lastIndexOf('/');
  const has = (key: string): boolean => textIn(source, 'spec', 'ref', key) !== undefined;
  const field = ['spec', 'ref', has('semver') ? 'semver' : 'tag'];
  const chart = { name: url.slice(at + 1), source: url.slice(0, at), at: source, field };
  return has('digest') ? { ...chart, field: ['spec', 'ref', 'tag'], held: 'ref.digest' } : chart;
}

/** The version of a chart as the object that says it has it written. */
export function versionOf({ at, field, source }: ReleaseChart): UsedVersion {
  if (source === undefined) return { kind: 'none', text: '', at: undefined };
  const written = field && textIn(at, ...field);
  if (field === undefined) return { kind: 'floating', text: '', at: undefined };
  if (written === undefined)
    return { kind: 'floating', text: '', at: undefined, put: inside(at.at, ...field) };
  const isTag = field.at(-1) === 'tag';
  const text = isTag && !mayHoldVariables(written) ? written.replaceAll('_', '+') : written;
  const kind = versionKind(text);
  return {
    kind: isTag && kind === 'range' ? 'floating' : kind,
    text,
    at: inside(at.at, ...field),
    ...(isTag ? { isTag } : {}),
  };
}

import { asList, isRecord, stringOf, valueAt } from '../../data/fields.ts';
import { pinReason } from '../../repository/pin.ts';
import type { RepositoryText } from '../../repository/model.ts';
import { type ChartUse, inside, type Place, placeId, type UsingApp, versionKind } from '../chart-use.ts';
import { commentIn, type LocatedObject, textIn } from '../located-object.ts';
import type { LocatedYaml } from '../../yaml/read.ts';
import { memoized } from '../../data/memoized.ts';
import { isOwnRepository, type OwnRepositories } from '../../repository/own-repositories.ts';
import { type Element, openElement } from '../../repository/sets/element.ts';
import { fillingOf } from '../../repository/sets/fill.ts';
import type { Sets } from '../../repository/sets/set-repository.ts';
import { type FilledSource, filledSources, type SourceTexts } from './sets/templated-source.ts';
import type { TemplatedObject } from './chart-template.ts';
import { chartSource } from './source.ts';
import { isFilledIn } from '../../text/filled-in.ts';
import { sourceValues } from './source-values.ts';

export type ArgoContext = {
  objects: readonly (LocatedObject | TemplatedObject)[];
  text: RepositoryText;
  /** What means this repository itself. */
  own: OwnRepositories;
  sets: Sets;
  /** A file as it is parsed; undefined where it is no YAML. */
  parsed(file: string): LocatedYaml | undefined;
};

/** The charts of Argo CD's Applications, and of what ApplicationSets make Applications of. */
export function argoUses(context: ArgoContext): ChartUse[] {
  return context.objects
    .filter(({ group }) => group === 'argoproj.io')
    .flatMap(object => {
      if (object.kind === 'Application') return applicationUses(context, object);
      return object.kind === 'ApplicationSet' ? setUses(context, object) : [];
    });
}

/** A template of a generator's own may name another chart: which one is not looked into here. */
function withoutOwnSource(element: Element): Element {
  const { template } = element;
  const isOther = ['source', 'sources'].some(key => valueAt(template, ['spec', key]) !== undefined);
  return isOther ? openElement('template') : element;
}

function applicationUses(context: ArgoContext, object: Sourced['object']): ChartUse[] {
  return sourcesAt(object, ['spec']).flatMap(sourced =>
    useOf(context, sourced, { ...textsOf(sourced), ...ONLY, ...givenBy(sourced) }),
  );
}

/** What Helm fills in where a chart makes the object. */
function givenBy({ object, at }: Sourced): Partial<Pick<FilledSource, 'from' | 'held'>> {
  return ('givenAt' in object ? object.givenAt(inside(at, 'targetRevision')) : undefined) ?? {};
}

/** Whether Helm fills in what no generator of the set knows. */
function isOpenToHelm({ object, at }: Sourced): boolean {
  return ['chart', 'repoURL', 'targetRevision'].some(key => {
    const given = 'givenAt' in object ? object.givenAt(inside(at, key)) : undefined;
    return given !== undefined && 'isOpen' in given && given.isOpen;
  });
}

const ONLY = { id: undefined, from: undefined, held: undefined, valueFiles: undefined };

/** One use for each place that decides a version of the Applications that a set makes. */
function setUses(context: ArgoContext, object: Sourced['object']): ChartUse[] {
  const spec = valueAt(object.body, ['spec']);
  const filling = fillingOf(spec);
  const patch = stringOf(valueAt(spec, ['templatePatch'])) ?? '';
  const isPatched = /\b(?:sources?|targetRevision|chart)\b/.test(patch);
  const elements = memoized(() => context.sets.elements(object.body, object.at).map(withoutOwnSource));
  return sourcesAt(object, ['spec', 'template', 'spec']).flatMap(sourced => {
    if (isOpenToHelm(sourced)) return [];
    const filled = filledSources({
      texts: textsOf(sourced),
      helm: sourced.source['helm'],
      filling,
      elements,
    });
    // Several places are one source of the template.
    return filled
      .flatMap(each =>
        useOf(context, sourced, each.from || each.held ? each : { ...each, ...givenBy(sourced) }),
      )
      .map((use, index) => ({
        ...use,
        ...(index > 0 ? { reads: [] } : {}),
        ...(isPatched ? { held: 'templatePatch' } : {}),
      }));
  });
}

/** `sources` counts before `source`. */
function sourcesAt(object: Sourced['object'], path: readonly string[]): Sourced[] {
  const several = asList(valueAt(object.body, [...path, 'sources']));
  const sources = several.length > 0 ? several : [valueAt(object.body, [...path, 'source'])];
  return sources.flatMap((source, index) => {
    const at = inside(object.at, ...path, ...(several.length > 0 ? ['sources', index] : ['source']));
    return isRecord(source) ? [{ object, path, sources, source, at }] : [];
  });
}

/** What says which chart it is, and of which release, as it is written. */
function textsOf({ object, path, source, at }: Sourced): SourceTexts {
  const helm = isRecord(source['helm']) ? source['helm'] : {};
  const release = [helm['releaseName'], valueAt(object.body, [...path.slice(0, -1), 'metadata', 'name'])];
  const namespace = [helm['namespace'], valueAt(object.body, [...path, 'destination', 'namespace'])];
  const steps = inside(at, 'targetRevision').path.slice(object.at.path.length);
  return {
    chart: stringOf(source['chart']),
    url: stringOf(source['repoURL']),
    revision: textIn(object, ...steps),
    release: release.flatMap(text => stringOf(text) ?? [])[0] ?? object.name,
    namespace: namespace.flatMap(text => stringOf(text) ?? [])[0],
  };
}

type Sourced = {
  object: LocatedObject | TemplatedObject;
  /** To the spec of the Application. */
  path: readonly string[];
  sources: readonly unknown[];
  source: Record<string, unknown>;
  at: Place;
};

function useOf(context: ArgoContext, sourced: Sourced, filled: FilledSource): ChartUse[] {
  const { object, sources, source, at } = sourced;
  const { chart: name, url, release, namespace, id, valueFiles } = filled;
  if (!name || !url || isFilledIn(name) || isFilledIn(url)) return [];
  const helm = isRecord(source['helm']) ? source['helm'] : {};
  return [
    {
      delivery: 'argo',
      id: id === undefined ? placeId(at) : `${placeId(at)} ${id}`,
      app: appOf(object),
      at,
      name,
      source: chartSource(url),
      ...versionOf(context, sourced, filled),
      release: { name: release, namespace },
      reads: [{ kind: object.kind as 'Application', file: at.file, document: at.document, charts: 1 }],
      ...(helm['skipCrds'] === true ? { skipsCrds: true } : {}),
      ...(helm['skipSchemaValidation'] === true ? { skipsSchema: true } : {}),
      values: sourceValues({
        helm,
        valueFiles,
        at: inside(at, 'helm'),
        sources,
        isOwn: address => isOwnRepository(context.own, address),
        holds: file => context.text.has(file),
        isTemplated: 'givenAt' in object,
      }),
    },
  ];
}

/** An Application stands in a file of its own more often than in a folder. */
function appOf({ at, name }: LocatedObject): UsingApp {
  const slash = at.file.lastIndexOf('/');
  return { name, environment: slash < 0 ? '.' : at.file.slice(0, slash), path: at.file };
}

type Version = Pick<ChartUse, 'version' | 'held'>;

function versionOf(context: ArgoContext, { object, at }: Sourced, filled: FilledSource): Version {
  const { revision: text, from, held } = filled;
  const here = inside(at, 'targetRevision');
  if (text === undefined)
    return { version: { kind: 'floating', text: '', at: undefined, put: here }, held: undefined };
  const kind = text === 'HEAD' ? ('floating' as const) : versionKind(text);
  if (from) return givenVersion(context, { kind, text, at: from });
  const steps = here.path.slice(object.at.path.length);
  const reason = isFilledIn(text) ? text : pinReason(commentIn(object, ...steps));
  return { version: { kind, text, at: here }, held: held ?? reason };
}

/** A version that a file, or a list, gives to a set; what is not written there as it is, is not to be written there. */
function givenVersion({ parsed }: ArgoContext, version: Version['version'] & { at: Place }): Version {
  const { at, text } = version;
  const yaml = parsed(at.file);
  const isWritten = yaml?.scalarAt(at.document, at.path)?.text === text;
  if (!yaml || !isWritten) return { version, held: placeId(at) };
  return { version, held: pinReason(commentIn({ at: { ...at, path: [] }, yaml }, ...at.path)) };
}

import { asList, isRecord, stringOf, valueAt } from '../../data/fields.ts';
import { pinReason } from '../../repository/pin.ts';
import type { RepositoryText } from '../../repository/model.ts';
import { type ChartUse, inside, type Place, placeId, type UsingApp, versionKind } from '../chart-use.ts';
import { commentIn, type LocatedObject, textIn } from '../located-object.ts';
import { isOwnRepository, type OwnRepositories } from './own-repositories.ts';
import { sourceValues } from './source-values.ts';

export type ArgoContext = {
  objects: readonly LocatedObject[];
  text: RepositoryText;
  /** What means this repository itself. */
  own: OwnRepositories;
};

/** The charts of Argo CD's Applications, and of what ApplicationSets make Applications of. */
export function argoUses(context: ArgoContext): ChartUse[] {
  return context.objects
    .filter(({ group }) => group === 'argoproj.io')
    .flatMap(object => {
      const path = SPECS[object.kind];
      return path ? applicationUses(context, object, path) : [];
    });
}

const SPECS: Readonly<Record<string, readonly string[] | undefined>> = {
  Application: ['spec'],
  ApplicationSet: ['spec', 'template', 'spec'],
};

/** `sources` counts before `source`. */
function applicationUses(context: ArgoContext, object: LocatedObject, path: readonly string[]): ChartUse[] {
  const several = asList(valueAt(object.body, [...path, 'sources']));
  const one = valueAt(object.body, [...path, 'source']);
  const sources = several.length > 0 ? several : [one];
  return sources.flatMap((source, index) => {
    const at = inside(object.at, ...path, ...(several.length > 0 ? ['sources', index] : ['source']));
    return isRecord(source) ? sourceUse(context, { object, path, sources, source, at }) : [];
  });
}

type Sourced = {
  object: LocatedObject;
  /** To the spec of the Application. */
  path: readonly string[];
  sources: readonly unknown[];
  source: Record<string, unknown>;
  at: Place;
};

function sourceUse({ own, text: files }: ArgoContext, sourced: Sourced): ChartUse[] {
  const { object, path, sources, source, at } = sourced;
  const [name, url] = [stringOf(source['chart']), stringOf(source['repoURL'])];
  if (!name || !url || isFilledIn(name) || isFilledIn(url)) return [];
  const helm = isRecord(source['helm']) ? source['helm'] : {};
  const release = [helm['releaseName'], valueAt(object.body, [...path.slice(0, -1), 'metadata', 'name'])];
  const namespace = [helm['namespace'], valueAt(object.body, [...path, 'destination', 'namespace'])];
  return [
    {
      delivery: 'argo',
      id: placeId(at),
      app: appOf(object),
      at,
      name,
      source: chartSource(url),
      ...versionOf(sourced),
      release: {
        name: release.flatMap(text => stringOf(text) ?? [])[0] ?? object.name,
        namespace: namespace.flatMap(text => stringOf(text) ?? [])[0],
      },
      reads: [{ kind: object.kind as 'Application', file: at.file, document: at.document, charts: 1 }],
      ...(helm['skipCrds'] === true ? { skipsCrds: true } : {}),
      ...(helm['skipSchemaValidation'] === true ? { skipsSchema: true } : {}),
      values: sourceValues({
        helm,
        at: inside(at, 'helm'),
        sources,
        isOwn: address => isOwnRepository(own, address),
        holds: file => files.has(file),
      }),
    },
  ];
}

/** An Application stands in a file of its own more often than in a folder. */
function appOf({ at, name }: LocatedObject): UsingApp {
  const slash = at.file.lastIndexOf('/');
  return { name, environment: slash < 0 ? '.' : at.file.slice(0, slash), path: at.file };
}

/** The sources of an Application: `sources` counts before `source`. */
export function sourcesOf(spec: unknown): readonly unknown[] {
  const several = asList(valueAt(spec, ['sources']));
  return several.length > 0 ? several : [valueAt(spec, ['source'])];
}

/** A registry stands without its scheme; Argo CD tells both apart by that. */
export function chartSource(url: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(url) ? url : `oci://${url}`;
}

function versionOf({ object, at }: Sourced): Pick<ChartUse, 'version' | 'held'> {
  const steps = inside(at, 'targetRevision').path.slice(object.at.path.length);
  const text = textIn(object, ...steps);
  const put = inside(at, 'targetRevision');
  if (text === undefined)
    return { version: { kind: 'floating', text: '', at: undefined, put }, held: undefined };
  const kind = text === 'HEAD' ? ('floating' as const) : versionKind(text);
  return {
    version: { kind, text, at: inside(at, 'targetRevision') },
    held: isFilledIn(text) ? text : pinReason(commentIn(object, ...steps)),
  };
}

/** What a generator, or another program, fills in. */
export function isFilledIn(text: string): boolean {
  return /\{\{|<[A-Z][A-Z0-9_]*>|\$\{/.test(text);
}

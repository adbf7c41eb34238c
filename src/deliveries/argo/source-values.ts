import { asList, isRecord, stringOf } from '../../data/fields.ts';
import { readParameters } from './parameters.ts';
import { readLocated } from '../../yaml/read.ts';
import { inside, type Place, placeId, type ValuesPlace } from '../chart-use.ts';

export type HelmOfSource = {
  helm: Record<string, unknown>;
  at: Place;
  /** What a generator makes of `valueFiles`; the files as they are written where that is the same. */
  valueFiles?: readonly string[] | undefined;
  sources: readonly unknown[];
  /** Whether an address means this repository. */
  isOwn(url: string): boolean;
  /** Whether this repository holds a file. */
  holds(path: string): boolean;
  /** Whether a template of Helm holds it: what stands in one cannot be read as values, nor edited. */
  isTemplated: boolean;
};

/** Where the values of a source stand: files, then `valuesObject`, or `values` without it, then parameters. */
export function sourceValues(source: HelmOfSource): ValuesPlace[] {
  const { helm, at } = source;
  const made = source.valueFiles?.map(written => filePlace(written, undefined, source));
  const files = asList(helm['valueFiles']).flatMap((written, index) =>
    typeof written === 'string' ? [filePlace(written, inside(at, 'valueFiles', index), source)] : [],
  );
  if (source.isTemplated) return [...files, ...templatedValues(source)];
  return [
    ...(made ?? files),
    ...(isRecord(helm['valuesObject'])
      ? [{ kind: 'map' as const, at: inside(at, 'valuesObject') }]
      : textPlace(stringOf(helm['values']), inside(at, 'values'))),
    ...parameterPlaces(helm['parameters'], inside(at, 'parameters'), false),
    ...parameterPlaces(helm['fileParameters'], inside(at, 'fileParameters'), true),
  ];
}

function templatedValues({ helm, at }: HelmOfSource): ValuesPlace[] {
  return ['values', 'valuesObject', 'parameters', 'fileParameters'].flatMap(key =>
    helm[key] === undefined || helm[key] === null
      ? []
      : [{ kind: 'opaque' as const, what: `${placeId(inside(at, key))} in a template of Helm` }],
  );
}

/** Those that give values by key, and by name those that nobody can lay over values here. */
function parameterPlaces(list: unknown, at: Place, ofFiles: boolean): ValuesPlace[] {
  const { parameters, others } = readParameters(list, { ofFiles });
  const left =
    others.length > 0 ? [{ kind: 'opaque' as const, what: `${placeId(at)}: ${others.join(', ')}` }] : [];
  return [...(parameters.length > 0 ? [{ kind: 'parameters' as const, at, ofFiles }] : []), ...left];
}

/** YAML in a text; what a generator fills in may be none before. */
function textPlace(text: string | undefined, at: Place): ValuesPlace[] {
  if (text === undefined || text.trim() === '') return [];
  const result = readLocated(text);
  const isRead = result.status === 'read' && !result.yaml.dataProblem;
  // Comments alone say nothing.
  const data = isRead ? (result.yaml.documents[0] ?? null) : undefined;
  if (data === null) return [];
  if (isRecord(data)) return [{ kind: 'text', at }];
  return [{ kind: 'opaque', what: 'helm.values that are no YAML map yet', isUnread: true }];
}

/** `$ref/…` starts at the root of that source's repository; anything else is a file of the chart, or an address. */
function filePlace(
  written: string,
  at: Place | undefined,
  { sources, isOwn, holds }: HelmOfSource,
): ValuesPlace {
  const [prefix = '', ref] = /^\$([^/]+)\//.exec(written) ?? [];
  const source = sources.find(each => isRecord(each) && ref !== undefined && each['ref'] === ref);
  const url = isRecord(source) ? stringOf(source['repoURL']) : undefined;
  const [path, rest] = [written.slice(prefix.length).replace(/^\/+/, ''), written.slice(prefix.length)];
  if (url === undefined || !isOwn(url) || !holds(path)) return { kind: 'opaque', what: written };
  return { kind: 'file', path, reference: { at, prefix, folder: '', written: rest }, via: 'ref' };
}

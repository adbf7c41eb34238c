import { addTo } from '../../data/append.ts';
import type { ChartPlaceKind } from './chart-places.ts';

/** Charts that one document, or one script, gives to a cluster. */
export type ChartPlace = {
  kind: ChartPlaceKind;
  file: string;
  /** Counted as `documents` of `yaml/read.ts` counts; 0 in what is no YAML. */
  document: number;
  /** From 1, where it begins. */
  line: number;
  /** How many charts: sources of an Application, dependencies of a Chart.yaml, commands of a script. */
  charts: number;
  /** The kind of the object that a HelmRelease takes its chart from, where only a cluster may know what that holds; `Helm template`. */
  source?: string;
};

/** What an object stands in that only rendering fills in. */
export const HELM_TEMPLATE = 'Helm template';

/** What `--json` says of charts that nobody read: one entry per kind and source, the most frequent first. */
export type Unread = { kind: ChartPlaceKind; source?: string; count: number; first: string };

/** What an adapter read: all charts of a kind in a document, or with `charts` so many of them. */
export type ReadPlace = Pick<ChartPlace, 'kind' | 'file' | 'document'> & { charts?: number };

/**
 * Takes what adapters read off the list of places that give charts to a cluster; what is left is not looked at by anyone,
 * and has to be said. An adapter that learns a kind hands in its places here, and nothing else changes.
 */
export function withoutRead(found: readonly ChartPlace[], read: Iterable<ReadPlace>): ChartPlace[] {
  const known = new Map<string, number>();
  for (const place of read)
    known.set(idOf(place), (known.get(idOf(place)) ?? 0) + (place.charts ?? Number.POSITIVE_INFINITY));
  return found.flatMap(place => {
    const charts = place.charts - (known.get(idOf(place)) ?? 0);
    return charts > 0 ? [{ ...place, charts }] : [];
  });
}

function idOf({ kind, file, document }: ReadPlace): string {
  return `${kind} ${file}#${document}`;
}

/** Counts places by kind; `first` is `file:line` of the first by path. */
export function countUnread(places: readonly ChartPlace[]): Unread[] {
  const kinds = new Map<string, ChartPlace[]>();
  for (const place of places) addTo(kinds, `${place.kind} ${place.source ?? ''}`, place);
  return [...kinds.values()]
    .flatMap(own => {
      const [first] = own.toSorted(byPlace);
      if (!first) return [];
      const { kind, source, file, line } = first;
      return [
        { kind, ...(source === undefined ? {} : { source }), count: chartsIn(own), first: `${file}:${line}` },
      ];
    })
    .toSorted((a, b) => b.count - a.count || (a.kind < b.kind ? -1 : 1));
}

type Place = { file: string; line: number };

function byPlace(a: Place, b: Place): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line;
}

/** How many charts some places give to a cluster. */
export function chartsIn(places: readonly { charts: number }[]): number {
  return places.reduce((sum, { charts }) => sum + charts, 0);
}

import type { AppDelivery } from '../chart-use.ts';
import type { Names, Standing } from './names.ts';
import type { WrittenDocument } from './documents.ts';

/** What a document is for. */
export type Part =
  | 'release'
  | 'source'
  | 'namespace'
  | 'kustomization'
  /** Flux's own: what builds the folder. */
  | 'flux'
  /** What kustomize is told about names. */
  | 'configuration'
  | 'application'
  /** The Application that leads to the folder of another. */
  | 'wrapper'
  | 'chart';

/** A document of an app, with the place that it has. */
export type UnitDocument = WrittenDocument & { part: Part; file: string; index: number };

/** A list outside of an app that names it: the file of the kustomization, and the entry as it is written. */
export type Listing = { file: string; entry: string };

/** Where the values of a new sibling go: into the manifest as a map or a text, into a file, or nowhere. */
type ValuesStyle = 'map' | 'text' | 'file' | 'none';

/** One app that is there already, as far as a new one of its kind would look like it. */
export type Unit = {
  delivery: AppDelivery;
  standing: Standing;
  documents: readonly UnitDocument[];
  values: { style: ValuesStyle; file: string | undefined };
  chart: { name: string; version: string; source: string | undefined };
  /** The name of the source, where the app has one of its own; how others are named, where it has not. */
  source: { kind: string; isOwn: boolean };
  /** Where its objects land. */
  namespace: string | undefined;
  /** The folder with the kustomization that builds the release. */
  folder: string | undefined;
  listings: readonly Listing[];
};

/** The name and the group of a unit. */
export function namesOf({ standing: { group, name } }: Pick<Unit, 'standing'>): Names {
  return { group, name };
}

import { isRecord, valueAt } from '../../data/fields.ts';
import { memoized } from '../../data/memoized.ts';
import { inside, type Place } from '../../yaml/place.ts';
import { foldersOf, isOwnRepository, ownRepositories } from '../own-repositories.ts';
import { clustersIn, type DeclaredClusters } from '../clusters.ts';
import { type ClusterSource, knownClusters, mayDeclareCluster } from './clusters.ts';
import type { Element } from './element.ts';
import { elementsOf, type SetRepository } from './elements.ts';
import { fillingOf } from './fill.ts';
import { expandSet } from './expand.ts';
import type { Expansion } from './made.ts';

/** What is known of a repository where sets are expanded. */
export type SetSight = {
  /** Every file that may be a parameter file, whatever it holds. */
  text: ReadonlyMap<string, string>;
  /** The Applications and sets, which say under which address the repository itself is known. */
  deploying(): readonly { apiVersion: string; body: unknown }[];
  /** The documents of a file; undefined for what is no YAML. */
  documents(file: string): readonly unknown[] | undefined;
};

/** Files that sets take parameters from are small; what is beyond this together nobody reads for them. */
const MOST_READ = 16 << 20;

/** The sets of a repository. */
export type Sets = {
  /** Whether an address means the repository itself. */
  isOwn(url: string): boolean;
  clusters: SetRepository['clusters'];
  /** Those of files below `clusters/`, whoever masters them. */
  declared: DeclaredClusters;
  /** What a set makes; each is expanded once. */
  expand(set: object): Expansion;
  /** What the generators of a set hand to its template, and where each of it stands. @param at where the set stands */
  elements(set: unknown, at: Place): readonly Element[];
};

/** Expands the sets of a repository; what their generators look into is found when the first set asks. */
export function setsOf(sight: SetSight): Sets {
  const repository = setRepositoryOf(sight);
  const expanded = new WeakMap<object, Expansion>();
  const declared = memoized(() => clustersIn(sight.text));
  return {
    isOwn: url => repository.isOwn(url),
    get clusters() {
      return repository.clusters;
    },
    get declared() {
      return declared();
    },
    expand: set => {
      const made = expanded.get(set) ?? expandSet(set, repository);
      expanded.set(set, made);
      return made;
    },
    elements(set, at) {
      const spec = valueAt(set, ['spec']);
      const generating = { repository, filling: fillingOf(spec) };
      return elementsOf(generating, valueAt(spec, ['generators']), inside(at, 'spec', 'generators')).elements;
    },
  };
}

/** What the generators of a repository's sets look into. */
export function setRepositoryOf({ text, deploying, documents }: SetSight): SetRepository {
  const own = memoized(() =>
    ownRepositories(
      deploying().map(({ apiVersion, body }) => ({ group: apiVersion.split('/')[0] ?? '', body })),
      text,
    ),
  );
  let left = MOST_READ;
  const folders = memoized(() => [...foldersOf(text)].toSorted());
  const clusters = memoized(() => knownClusters(sourcesIn(text, documents)));
  return {
    isOwn: url => isOwnRepository(own(), url),
    files: [...text.keys()],
    get folders() {
      return folders();
    },
    documents: memoized((file: string) => {
      left -= text.get(file)?.length ?? 0;
      return left < 0 ? undefined : documents(file);
    }),
    get clusters() {
      return clusters();
    },
  };
}

function sourcesIn(text: SetSight['text'], documents: SetSight['documents']): ClusterSource[] {
  return [...text].flatMap(([file, content]) =>
    mayDeclareCluster(file, content)
      ? (documents(file) ?? []).flatMap(body => (isRecord(body) ? [{ file, body }] : []))
      : [],
  );
}

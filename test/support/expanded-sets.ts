import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isRecord, recordsAt, stringOf, valueAt } from '../../src/data/fields.ts';
import { expandSet } from '../../src/repository/sets/expand.ts';
import type { Expansion } from '../../src/repository/sets/made.ts';
import type { SetRepository } from '../../src/repository/sets/elements.ts';
import { setRepositoryOf } from '../../src/repository/sets/set-repository.ts';
import { readDocuments } from '../../src/yaml/read.ts';

/** Sets after the documented generators, the repository that they look into, and what Argo CD's own code makes of them. */
export const SETS = path.resolve(import.meta.dirname, '../fixtures/application-sets');

/** What is compared of an Application. */
export type Answer = {
  applications: Record<string, unknown>[];
  /** Why Argo CD makes none. */
  error?: string;
};

/** The sets by their names, as they are written. */
export function readSets(): Map<string, unknown> {
  const names = readdirSync(path.join(SETS, 'sets')).toSorted();
  return new Map(
    names.map(name => {
      const file = path.join(SETS, 'sets', name);
      return [path.basename(name, '.yaml'), [...readDocuments(readFileSync(file, 'utf8'), name)][0]];
    }),
  );
}

/** The repository as discovery sees it. */
export function readSetRepository(sets: Iterable<unknown>): SetRepository {
  const root = path.join(SETS, 'repository');
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => path.relative(root, path.join(entry.parentPath, entry.name)))
    .toSorted();
  const text = new Map(files.map(file => [file, readFileSync(path.join(root, file), 'utf8')]));
  const known = setRepositoryOf({
    text,
    deploying: () => [...sets].map(body => ({ apiVersion: 'argoproj.io/v1alpha1', body })),
    documents: file => [...readDocuments(text.get(file) ?? '', file)],
  });
  // Most of the paths that these sets name are nowhere.
  return { ...known, isOwn: url => url === 'https://git.example.org/team/fleet.git' };
}

/** What slipway makes of a set, as the oracle writes it. */
export function answerOf(set: unknown, repository: SetRepository): Answer & { open: string[] } {
  const made = expandSet(set, repository);
  return {
    applications: made.applications.map(shown),
    ...(made.refused === undefined ? {} : { error: made.refused }),
    open: [...made.open, ...made.applications.flatMap(({ open }) => [...open.values()])],
  };
}

function shown({ body }: Expansion['applications'][number]): Record<string, unknown> {
  const at = (...steps: string[]): string => stringOf(valueAt(body, steps)) ?? '';
  const several = recordsAt(body, ['spec', 'sources']);
  const sources = several.length > 0 ? several : [valueAt(body, ['spec', 'source'])].filter(isRecord);
  const labels = valueAt(body, ['metadata', 'labels']);
  return {
    name: at('metadata', 'name'),
    paths: sources.map(source => stringOf(valueAt(source, ['path'])) ?? ''),
    namespace: at('spec', 'destination', 'namespace'),
    server: at('spec', 'destination', 'server'),
    cluster: at('spec', 'destination', 'name'),
    project: at('spec', 'project'),
    labels: isRecord(labels) ? { ...labels } : {},
    automated: isRecord(valueAt(body, ['spec', 'syncPolicy', 'automated'])),
  };
}

/** Argo CD gives them in no order. */
export function comparable({ applications, error }: Answer): unknown {
  if (error !== undefined) return 'refused';
  return applications
    .map(({ name, paths, namespace, server, cluster, project, labels, automated }) =>
      JSON.stringify({ name, paths, namespace, server, cluster, project, labels: labels ?? {}, automated }),
    )
    .toSorted();
}

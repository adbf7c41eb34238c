import { posix } from 'node:path';
import { asList, isRecord, stringOf, valueAt } from '../../../data/fields.ts';
import { type Applications, applicationsOf } from '../../../repository/applications.ts';
import { matchesAnywhere } from '../../../repository/application-set.ts';
import { type Sets, setsOf } from '../../../repository/sets/set-repository.ts';
import { readLocated } from '../../../yaml/read.ts';
import { type Snapshot, textsOf } from '../incremental/snapshot.ts';
import type { FolderSummary, ObjectSummary } from './folder-summary.ts';
import type { RepositoryFacts } from './repository-facts.ts';

/** Parameters of sets are small; what is larger together is not looked into. */
const MOST_TOGETHER = 16 << 20;

/** What the generators of the repository's ApplicationSets look into: of files only those that a set takes, or clusters stand in. */
export async function sightOfSets(
  snapshot: Pick<Snapshot, 'files' | 'read'>,
  summaries: readonly Pick<FolderSummary, 'deploying' | 'clusterFiles'>[],
): Promise<Sets> {
  const deploying = summaries.flatMap(summary => summary.deploying);
  const sets = deploying.filter(({ kind }) => kind === 'ApplicationSet');
  const generators = sets.map(({ body }) => body['spec']);
  const patterns = generators.flatMap(filePatterns).map(pattern => matchesAnywhere(posix.normalize(pattern)));
  const files = [...snapshot.files].flatMap(([file, kind]) => (kind === 'file' ? [file] : []));
  const isArgo = deploying.some(({ apiVersion }) => apiVersion.startsWith('argoproj.io/'));
  const declaring = isArgo ? summaries.flatMap(({ clusterFiles }) => clusterFiles) : [];
  const wanted = files.filter(file => /\.(?:ya?ml|json)$/.test(file) && patterns.some(takes => takes(file)));
  const contents = await contentsOf(snapshot, [...new Set([...declaring, ...wanted])]);
  return setsOf({
    text: new Map(files.map(file => [file, contents.get(file) ?? ''])),
    deploying: () => deploying,
    documents: file => documentsOf(contents.get(file)),
  });
}

/** The patterns of every git generator of files, however deep it is nested; what another generator fills in may be any file. */
function filePatterns(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(filePatterns);
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key !== 'files' || !Array.isArray(inner)) return filePatterns(inner);
    return asList(inner).flatMap(entry => {
      const path = isRecord(entry) && entry['exclude'] !== true ? stringOf(entry['path']) : undefined;
      return path === undefined ? [] : [path.replaceAll(/\{\{[^{}]*\}\}/g, '*')];
    });
  });
}

async function contentsOf(
  snapshot: Pick<Snapshot, 'read'>,
  files: readonly string[],
): Promise<Map<string, string>> {
  const contents = new Map<string, string>();
  let left = MOST_TOGETHER;
  for await (const [file, text] of textsOf(snapshot, files)) {
    left -= text.length;
    if (left >= 0) contents.set(file, text);
  }
  return contents;
}

function documentsOf(text: string | undefined): readonly unknown[] | undefined {
  const read = text === undefined ? undefined : readLocated(text);
  return read?.status === 'read' && !read.yaml.dataProblem ? read.yaml.documents : undefined;
}

/** The Applications of the repository, as far as they are told. */
export function applicationsIn(deploying: readonly ObjectSummary[], sets: Sets): Applications {
  return applicationsOf(
    deploying.map(({ file, ...manifest }) => ({ file, manifest })),
    sets,
  );
}

/** The sets that make no Application, and those that Argo CD refuses; what nobody can tell may make some. */
export function emptySetsIn(deploying: readonly ObjectSummary[], sets: Sets): RepositoryFacts['emptySets'] {
  return deploying.flatMap(({ kind, name, file, document, body }) => {
    if (kind !== 'ApplicationSet') return [];
    const { applications, refused, open } = sets.expand(body);
    if (applications.length > 0 || (refused === undefined && open.length > 0)) return [];
    const keeps = valueAt(body, ['spec', 'syncPolicy', 'preserveResourcesOnDeletion']) === true;
    return [{ set: name, file, document, keeps, refused }];
  });
}

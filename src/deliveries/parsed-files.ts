import type { Repository } from '../repository/model.ts';
import { parsedWhileFound } from '../repository/parsed-while-found.ts';
import { MOST_KEPT } from '../yaml/node-limit.ts';
import { type LocatedYaml, readLocated } from '../yaml/read.ts';

/** What files are parsed of. */
type Parsed = Pick<Repository, 'text' | 'apps'>;

type Kept = { files: Map<string, LocatedYaml | undefined>; left: number };

const kept = new WeakMap<Parsed, Kept>();

/**
 * A file of a repository, parsed once; undefined where it is not there, or no YAML that could be data. Also where there is no
 * room for it beside the others: its charts are counted as unread then, as `findChartPlaces` finds them without this.
 */
export function parsedFile(repository: Parsed, file: string): LocatedYaml | undefined {
  const { files } = keptOf(repository);
  if (!files.has(file)) keep(repository, file);
  return files.get(file);
}

/** What has been parsed of a repository by now. */
export function parsedByNow(repository: Parsed): ReadonlyMap<string, LocatedYaml | undefined> {
  return keptOf(repository).files;
}

function keptOf(repository: Parsed): Kept {
  const known = kept.get(repository) ?? keeping(parsedAlready(repository));
  kept.set(repository, known);
  return known;
}

function keeping(files: readonly [string, LocatedYaml | undefined][]): Kept {
  const size = files.reduce((sum, [, yaml]) => sum + (yaml?.size ?? 0), 0);
  return { files: new Map(files), left: MOST_KEPT - size };
}

function parsedAlready({ apps }: Parsed): [string, LocatedYaml][] {
  return apps.map(({ kustomization: { file, yaml } }) => [file, yaml]);
}

function keep(repository: Parsed, file: string): void {
  const own = keptOf(repository);
  const known = parsedWhileFound(repository.text, file);
  const yaml = own.left > 0 ? (known ?? parse(repository.text.get(file))) : undefined;
  const hasRoom = yaml !== undefined && yaml.size <= own.left;
  own.files.set(file, hasRoom ? yaml : undefined);
  if (hasRoom) own.left -= yaml.size;
}

function parse(text: string | undefined): LocatedYaml | undefined {
  const result = text === undefined ? undefined : readLocated(text);
  return result?.status === 'read' && !result.yaml.dataProblem ? result.yaml : undefined;
}

/** The same files parsed, but those that are others now: for a repository as it is once they are written. */
export function parsedLike(now: Parsed, before: Parsed, changed: ReadonlySet<string>): void {
  const known = [...parsedByNow(before)].filter(([file]) => !changed.has(file) && now.text.has(file));
  kept.set(now, keeping(known));
}

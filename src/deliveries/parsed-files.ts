import type { Repository } from '../repository/model.ts';
import { type LocatedYaml, readLocated } from '../yaml/read.ts';

/** What files are parsed of. */
type Parsed = Pick<Repository, 'text' | 'apps'>;

const parsed = new WeakMap<Parsed, Map<string, LocatedYaml | undefined>>();

/** A file of a repository, parsed once; undefined where it is not there, or no YAML that could be data. */
export function parsedFile(repository: Parsed, file: string): LocatedYaml | undefined {
  const known = parsed.get(repository) ?? new Map(parsedAlready(repository));
  parsed.set(repository, known);
  if (!known.has(file)) known.set(file, parse(repository.text.get(file)));
  return known.get(file);
}

/** What has been parsed of a repository by now. */
export function parsedByNow(repository: Parsed): ReadonlyMap<string, LocatedYaml | undefined> {
  return parsed.get(repository) ?? new Map(parsedAlready(repository));
}

function parsedAlready({ apps }: Parsed): [string, LocatedYaml][] {
  return apps.map(({ kustomization: { file, yaml } }) => [file, yaml]);
}

function parse(text: string | undefined): LocatedYaml | undefined {
  const result = text === undefined ? undefined : readLocated(text);
  return result?.status === 'read' && !result.yaml.dataProblem ? result.yaml : undefined;
}

/** The same files parsed, but those that are others now: for a repository as it is once they are written. */
export function parsedLike(now: Parsed, before: Parsed, changed: ReadonlySet<string>): void {
  const known = [...parsedByNow(before)].filter(([file]) => !changed.has(file) && now.text.has(file));
  parsed.set(now, new Map(known));
}

import type { Repository } from '../repository/model.ts';
import { type LocatedYaml, readLocated } from '../yaml/read.ts';

const parsed = new WeakMap<Repository, Map<string, LocatedYaml | undefined>>();

/** A file of a repository, parsed once; undefined where it is not there, or no YAML that could be data. */
export function parsedFile(repository: Repository, file: string): LocatedYaml | undefined {
  const known = parsed.get(repository) ?? new Map(parsedAlready(repository));
  parsed.set(repository, known);
  if (!known.has(file)) known.set(file, parse(repository.text.get(file)));
  return known.get(file);
}

/** What has been parsed of a repository by now. */
export function parsedByNow(repository: Repository): ReadonlyMap<string, LocatedYaml | undefined> {
  return parsed.get(repository) ?? new Map(parsedAlready(repository));
}

function parsedAlready({ apps }: Repository): [string, LocatedYaml][] {
  return apps.map(({ kustomization: { file, yaml } }) => [file, yaml]);
}

function parse(text: string | undefined): LocatedYaml | undefined {
  const result = text === undefined ? undefined : readLocated(text);
  return result?.status === 'read' && !result.yaml.dataProblem ? result.yaml : undefined;
}

import path from 'node:path';
import { append } from '../../../data/append.ts';
import { stringsAt } from '../../../data/fields.ts';
import type { Kustomization } from '../../../repository/kustomization.ts';
import { pathFrom, type PathReference } from '../../../repository/kustomization-paths.ts';
import type { LocatedYaml } from '../../../yaml/read.ts';

type Around = { folder: string; kindOf(path: string): 'file' | 'folder' | undefined };
type ReadYaml = (file: string) => LocatedYaml | undefined;

/** The files that the root kustomization leads to, through nested ones and generators too. */
export function listedFiles(
  around: Around,
  kustomizations: readonly Kustomization[],
  yaml: ReadYaml,
): ReadonlySet<string> {
  return withGenerated(reached(around, kustomizations), kustomizations, yaml);
}

/** A folder that is listed stands for its kustomization. */
function reached({ folder, kindOf }: Around, kustomizations: readonly Kustomization[]): ReadonlySet<string> {
  const listed = new Set<string>();
  const pending = kustomizations.filter(each => each.folder === folder);
  for (let next = pending.pop(); next; next = pending.pop()) {
    listed.add(next.file);
    for (const { path: target } of next.references) {
      if (target === undefined || listed.has(target)) continue;
      if (kindOf(target) === 'folder')
        append(
          pending,
          kustomizations.filter(each => each.folder === target && !listed.has(each.file)),
        );
      else listed.add(target);
    }
  }
  return listed;
}

/** Generators that are programs, such as ksops, name the files that they turn into objects. */
function withGenerated(
  listed: ReadonlySet<string>,
  kustomizations: readonly Kustomization[],
  yaml: ReadYaml,
): ReadonlySet<string> {
  const generators = kustomizations.flatMap(({ references }) =>
    references.flatMap(({ steps, path: target }) =>
      steps[0] === 'generators' && target !== undefined && listed.has(target) ? [target] : [],
    ),
  );
  const named = generators.flatMap(file =>
    (yaml(file)?.documents ?? []).flatMap(document =>
      stringsAt(document, ['files']).flatMap(name => pathFrom(path.posix.dirname(file), name) ?? []),
    ),
  );
  return new Set([...listed, ...named]);
}

/** What generators put into ConfigMaps and Secrets as it is: a program's own text, whatever its name says. */
export function dataFilesIn(kustomizations: readonly Kustomization[]): ReadonlySet<string> {
  const references = kustomizations.flatMap(each => each.references);
  const isData = ({ steps }: PathReference): boolean => steps[2] === 'files' || steps[2] === 'envs';
  const built = new Set(references.filter(each => !isData(each)).map(({ path: target }) => target));
  const data = references.filter(isData).flatMap(({ path: target }) => target ?? []);
  return new Set(data.filter(target => !built.has(target)));
}

import path from 'node:path';
import type { Text } from '../../text/language.ts';
import { lineColumn } from '../../yaml/read.ts';
import { isRecord, stringOf, valueAt } from '../../data/fields.ts';
import { type RepositoryPath, resolveInside } from '../../repository/repository-path.ts';
import { chartNameProblem } from './check-chart.ts';
import { readPlainYaml } from './plain-yaml.ts';
import type { Refusal } from './refusal.ts';
import { say } from '../../locales/say.ts';

export type Dependency = {
  name: string;
  version: string;
  repository: string;
  /** Where `file://` leads to. */
  folder: RepositoryPath | undefined;
};

export type Dependencies = { dependencies: Dependency[]; refusals: Refusal[] };

/** The `dependencies` of a Chart.yaml or a Chart.lock in the repository. What names another place is refused. */
export function chartDependencies(file: string, bytes: Uint8Array | undefined): Dependencies {
  const found: Dependencies = { dependencies: [], refusals: [] };
  if (!bytes) return found;
  const { yaml, problem } = readPlainYaml(bytes);
  if (problem) {
    const reason = say('render.fileProblem', { file, problem });
    return { ...found, refusals: [{ file, line: 1, column: 1, reason }] };
  }
  const list = valueAt(yaml.documents[0], ['dependencies']);
  for (const [index, entry] of Array.isArray(list) ? list.entries() : []) {
    if (!isRecord(entry)) continue;
    const judged = judgeDependency(entry, path.posix.dirname(file));
    if ('dependency' in judged) found.dependencies.push(judged.dependency);
    else {
      const offset = yaml.offsetOf(0, ['dependencies', index, judged.field]) ?? 0;
      found.refusals.push({ file, ...lineColumn(yaml.text, offset), reason: judged.reason });
    }
  }
  return found;
}

type Judged = { dependency: Dependency } | { field: string; reason: Text };

function judgeDependency(entry: Record<string, unknown>, home: string): Judged {
  const name = stringOf(entry['name']) ?? '';
  const version = stringOf(entry['version']) ?? '';
  const repository = stringOf(entry['repository']) ?? '';
  const alias = stringOf(entry['alias']);
  const nameProblem = chartNameProblem(name);
  if (nameProblem) return { field: 'name', reason: nameProblem };
  const aliasProblem = alias === undefined ? undefined : chartNameProblem(alias);
  if (aliasProblem) return { field: 'alias', reason: aliasProblem };
  if (!repository.startsWith('file://'))
    return { dependency: { name, version, repository, folder: undefined } };
  const { path: folder, problem } = resolveInside(home, repository.slice('file://'.length));
  if (folder !== undefined) return { dependency: { name, version, repository, folder } };
  const reason = say('render.repositoryProblem', { repository, problem });
  return { field: 'repository', reason };
}

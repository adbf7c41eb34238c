import { isRetired } from '../retired.ts';
import { posix } from 'node:path';
import { EXIT, type ExitCode, UserError } from '../../errors.ts';
import {
  KUSTOMIZATION_FILES,
  type Kustomization,
  parseKustomization,
  isKustomization,
} from '../kustomization.ts';
import { chartOfTemplate } from '../templates-left-out.ts';
import type { Repository } from '../model.ts';
import type { GitopsRepository } from '../read-repository.ts';
import type { LocatedYaml } from '../../yaml/read.ts';
import { findChartPlaces } from './find-chart-places.ts';
import {
  type ChartPlace,
  chartsIn,
  countUnread,
  type ReadPlace,
  type Unread,
  withoutRead,
} from './unread.ts';

/** How many charts of some apps were read, and what of the repository was not. */
export type ChartsRead = { read: number; unread: Unread[] };

type Asked = {
  isAsked(file: string): boolean;
  read: readonly ReadPlace[];
  /** Files that are parsed already. */
  parsed: ReadonlyMap<string, LocatedYaml | undefined>;
};

/** Counts the charts of the files that are asked for: those that stand among the places that somebody read, and the others. */
export async function countCharts(
  { repository, files, scripts }: GitopsRepository,
  { isAsked, read, parsed }: Asked,
): Promise<ChartsRead> {
  const { contents } = await files.readEach(scripts.filter(isAsked));
  const texts = [
    ...repository.text,
    ...[...contents].map(([file, bytes]) => [file, bytes.toString('utf8')] as const),
  ];
  const isDeployed = deployed(repository);
  const found = [
    ...unreadable(repository).filter(({ file }) => isAsked(file)),
    ...texts
      .filter(([file]) => isAsked(file) && isDeployed(file))
      .flatMap(([file, text]) => findChartPlaces(file, text, parsed.get(file))),
  ];
  const left = withoutRead(found, read);
  return { read: chartsIn(found) - chartsIn(left), unread: countUnread(left) };
}

/** Apps that are left out because their kustomization, or their folder, cannot be read, and files that are too large for anyone. */
function unreadable({ problems }: Repository): ChartPlace[] {
  return problems
    .filter(
      ({ code, subject: file = '' }) =>
        code === 'E_LIMIT' || isKustomization(file) || posix.extname(file) === '',
    )
    .map(({ subject = '' }) => subject)
    .map(file => ({ kind: 'unreadable', file, document: 0, line: 1, charts: 1 }));
}

/** What a run ends with that could read nothing of what it is for, though it is there. */
export function exitOfNothingRead({ read, unread }: ChartsRead): ExitCode {
  return read === 0 && unread.length > 0 ? EXIT.findings : EXIT.done;
}

/**
 * Whether a file is one that somebody may deploy: not in a folder that is retired, no skeleton that is copied, and no
 * kustomization in an environment that nobody chose, unless an app takes it in.
 */
function deployed(repository: Repository): (file: string) => boolean {
  const taken = repository.environmentsAreChosen ? takenIn(repository) : undefined;
  return file => {
    if (isRetired(file)) return false;
    // Helm's own templates are deployed with their chart; skeletons are copied first.
    if (repository.isTemplate(file)) return chartOfTemplate(repository.text, file) !== undefined;
    return !isKustomization(file) || taken === undefined || taken.has(file);
  };
}

/** The kustomizations of apps, and those that they take in, at any depth. */
function takenIn({ text, apps }: Repository): ReadonlySet<string> {
  const taken = new Map(apps.map(({ kustomization }) => [kustomization.file, kustomization]));
  for (const kustomization of taken.values())
    for (const { path: folder } of kustomization.references) {
      const file = KUSTOMIZATION_FILES.map(name => `${folder}/${name}`).find(name => text.has(name));
      const next = file === undefined || taken.has(file) ? undefined : readable(text.get(file) ?? '', file);
      if (next) taken.set(next.file, next);
    }
  return new Set(taken.keys());
}

function readable(text: string, file: string): Kustomization | undefined {
  try {
    return parseKustomization(text, file);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

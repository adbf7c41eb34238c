import { posix } from 'node:path';
import { type ChangeSet, createFile, deleteFile, updateFile } from '../../change-set.ts';
import { UserError } from '../../errors.ts';
import type { GeneratorPlace, TeamAnswer } from '../../repository/generators/answers.ts';
import { type GeneratorSource, readGenerator } from '../../repository/generators/read.ts';
import {
  GENERATED_FOLDER,
  type GeneratedRun,
  generatedPath,
  parseGenerated,
  renderGenerated,
} from '../../repository/generators/record.ts';
import { makeTree } from '../../repository/generators/render.ts';
import type { App, RepositoryText } from '../../repository/model.ts';
import {
  parseRecord,
  PROMOTIONS_FOLDER,
  recordPaths,
  renderRecord,
} from '../../repository/promotion-record.ts';
import { type Move, movedPath } from './move.ts';

/** What slipway keeps of apps beside their folders: where it stands, where it goes, and what it says there. */
type KeptRecord = { path: string; target: string; before: string; content: string };

type RecordsMove = {
  files: GeneratorSource;
  move: Move;
  apps: readonly App[];
  /** The repository as it will be. */
  place: GeneratorPlace;
};

/**
 * The records of generators and of promotions that speak of the folder that moves, as they are after the move. One that cannot be
 * read goes along as it is: nobody guesses what it says.
 */
export async function keptRecords(before: RepositoryText, keeping: RecordsMove): Promise<KeptRecord[]> {
  const promoted = promotionTargets(keeping);
  const records: KeptRecord[] = [];
  const taken = new Set<string>();
  for (const [path, text] of before) {
    const isMade = path.startsWith(`${GENERATED_FOLDER}/`) && path.endsWith('.yaml');
    if (!isMade && !path.startsWith(`${PROMOTIONS_FOLDER}/`)) continue;
    const target = isMade ? generatedTarget(path, keeping.move) : (promoted.get(path) ?? path);
    const isMentioned = text.includes(keeping.move.from);
    if (taken.has(target) || (target === path && !isMentioned)) continue;
    const content = isMade ? await movedRuns(text, path, keeping) : movedPromotion(text, keeping.move);
    if (target !== path || content !== text) records.push({ path, target, before: text, content });
    taken.add(target);
  }
  return records;
}

/** The changes of these records; one that an app of long ago left at the new place gives way. */
export function recordChanges(
  records: readonly KeptRecord[],
  text: RepositoryText,
  { why, gone }: { why: string; gone(target: string): string },
): ChangeSet[] {
  return records.flatMap(({ path, target, before, content }) => {
    const there = text.get(target);
    const written =
      there === undefined
        ? createFile({ path: target, content, why })
        : updateFile({ path: target, before: there, content, why });
    return target === path ? [written] : [written, deleteFile({ path, before, why: gone(target) })];
  });
}

function generatedTarget(path: string, move: Move): string {
  return generatedPath(movedPath(move, path.slice(GENERATED_FOLDER.length + 1, -'.yaml'.length)));
}

/** Under what the environment is called for short, or under its folder, as it stood before. */
function promotionTargets({ apps, move, place }: RecordsMove): Map<string, string> {
  return new Map(
    apps.flatMap(app => {
      const home = movedPath(move, app.path);
      const after = place.repository.apps.find(({ path }) => path === home) ?? {
        name: posix.basename(home),
        environment: posix.dirname(home),
      };
      const targets = recordPaths(after);
      return recordPaths(app).map((path, index) => [path, targets[index] ?? targets.at(-1) ?? path] as const);
    }),
  );
}

function movedPromotion(text: string, move: Move): string {
  const record = parseRecord(text);
  if (!record) return text;
  const side = (ids: Readonly<Record<string, string>>): Record<string, string> =>
    Object.fromEntries(Object.entries(ids).map(([file, id]) => [movedFile(move, file), id]));
  return renderRecord({ ...record, source: side(record.source), target: side(record.target) });
}

const LOCKS = '.slipway/lock/';

function movedFile(move: Move, file: string): string {
  if (!file.startsWith(LOCKS)) return movedPath(move, file);
  const app = file.slice(LOCKS.length).replace(/\.yaml$/, '');
  return `${LOCKS}${movedPath(move, app)}.yaml`;
}

async function movedRuns(text: string, path: string, keeping: RecordsMove): Promise<string> {
  const runs = unlessRefused(() => parseGenerated(text, path));
  if (!runs) return text;
  const moved: GeneratedRun[] = [];
  for (const run of runs) moved.push(await movedRun(run, keeping));
  return renderGenerated(moved);
}

/**
 * The answers that lead to the new place are sure where the same generator makes the moved files of them, and then it is what it
 * makes of them that the moved files are compared with. Else only the paths are others.
 */
async function movedRun(run: GeneratedRun, { files, move, place }: RecordsMove): Promise<GeneratedRun> {
  const kept: GeneratedRun = {
    ...run,
    files: Object.fromEntries(Object.entries(run.files).map(([file, text]) => [movedPath(move, file), text])),
    changes: run.changes.map(each => ({ ...each, kustomization: movedPath(move, each.kustomization) })),
  };
  const generator = await readGenerator(files, run.generator).catch(unlessOurs);
  if (generator?.digest !== run.digest) return kept;
  for (const answers of candidates(run, move)) {
    const made = unlessRefused(() => makeTree(generator, answers, place));
    if (!made || !isSamePlaces([...made.files.keys()], Object.keys(kept.files))) continue;
    const changed = made.changes.map(({ kustomization }) => kustomization);
    if (
      !isSamePlaces(
        changed,
        kept.changes.map(({ kustomization }) => kustomization),
      )
    )
      continue;
    return { ...kept, answers, files: Object.fromEntries(made.files), changes: made.changes };
  }
  return kept;
}

/** The fewest answers first: paths alone, then what was answered with the name of the folder that is another now. */
function candidates({ answers }: GeneratedRun, move: Move): Record<string, TeamAnswer>[] {
  const names = [posix.basename, posix.dirname].map(part => [part(move.from), part(move.to)] as const);
  const renamed = names.filter(([from, to]) => from !== to);
  const replaced = (pairs: typeof renamed): Record<string, TeamAnswer> =>
    Object.fromEntries(
      Object.entries(answers).map(([name, answer]) => {
        if (typeof answer !== 'string') return [name, answer];
        return [name, pairs.find(([from]) => from === answer)?.[1] ?? movedPath(move, answer)];
      }),
    );
  return [[], ...renamed.map(pair => [pair]), renamed].map(replaced);
}

function isSamePlaces(one: readonly string[], other: readonly string[]): boolean {
  return one.toSorted().join('\n') === other.toSorted().join('\n');
}

function unlessRefused<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch (error) {
    return unlessOurs(error);
  }
}

/** @throws what is no refusal of ours */
function unlessOurs(error: unknown): undefined {
  if (error instanceof UserError) return undefined;
  throw error;
}

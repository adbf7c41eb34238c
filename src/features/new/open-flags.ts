import path from 'node:path';
import { flagsOf } from '../../../generators/question.ts';
import { teamQuestion } from '../../../generators/new/questions.ts';
import type { Command } from '../../cli/command.ts';
import { splitCommand } from '../../cli/split-command.ts';
import { UserError } from '../../errors.ts';
import { GENERATORS_FOLDER } from '../../repository/generators/definition.ts';
import { listGenerators, readGenerator, type StoredGenerator } from '../../repository/generators/read.ts';
import { findRepository, isFolder } from '../../system/files/find-repository.ts';
import { openRepositoryFiles, type RepositoryFiles } from '../../system/files/files.ts';
import type { Text } from '../../text/language.ts';
import { FLAGS } from './flags.ts';

/**
 * What the repository around a folder adds to `slipway new`: its generators, and the flags of the one that words name.
 * @throws UserError E_GENERATOR where that one is not there, or not well formed
 */
export async function flagsInPlace(
  words: readonly string[],
  cwd: string,
): Promise<Pick<Command, 'flags' | 'topics'>> {
  const { name } = splitCommand(words);
  const files = await generatorFiles(path.resolve(cwd, folderIn(words) ?? '.'));
  if (!files) return { flags: FLAGS };
  const topics = Object.fromEntries(
    (await describeGenerators(files)).map(({ name: each, summary, flags }) => [each, { summary, flags }]),
  );
  const own = name === undefined ? [] : (await readGenerator(files, name)).questions;
  return { flags: { ...flagsOf(own.map(question => teamQuestion(question))), ...FLAGS }, topics };
}

/** The repository that a run in a folder is about: without git, generators in the very folder tell. */
export async function generatorFiles(folder: string): Promise<RepositoryFiles | undefined> {
  if (!(await isFolder(folder))) return undefined;
  const here = openRepositoryFiles(folder);
  if ((await here.list(GENERATORS_FOLDER)) !== undefined) return here;
  const found = await findRepository(folder);
  return found && openRepositoryFiles(found.root);
}

/** A generator as lists show it; one that is not well formed says so. */
export type DescribedGenerator = {
  name: string;
  summary: Text;
  flags: string[];
  generator: StoredGenerator | undefined;
};

/** The generators of a repository, in the order of their names. */
export async function describeGenerators(files: RepositoryFiles): Promise<DescribedGenerator[]> {
  const described: DescribedGenerator[] = [];
  for (const name of await listGenerators(files)) described.push(await describe(files, name));
  return described;
}

async function describe(files: RepositoryFiles, name: string): Promise<DescribedGenerator> {
  try {
    const generator = await readGenerator(files, name);
    const { description: summary, questions } = generator;
    return { name, summary, flags: [...questions.map(question => question.name), 'set'], generator };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { name, summary: error.texts.message, flags: [], generator: undefined };
  }
}

/** The folder that `-C` names, wherever it stands: flags are not known yet. */
function folderIn(words: readonly string[]): string | undefined {
  const at = words.findIndex(word => /^(?:-C|--cwd)(?:=|$)|^-C./.test(word));
  const word = words[at];
  if (word === undefined) return undefined;
  if (word === '-C' || word === '--cwd') return words[at + 1];
  return word.replace(/^(?:--cwd=|-C)/, '');
}

import { UserError } from '../../../errors.ts';
import { GENERATORS_FOLDER, DEFINITION } from '../../../repository/generators/definition.ts';
import { readGenerator, type GeneratorSource } from '../../../repository/generators/read.ts';
import { runCases } from '../../../repository/generators/test-cases.ts';
import type { GeneratorProblem } from './repository-facts.ts';

const MOST_GENERATORS = 100;

/** Reads the generators of a repository and runs their test cases; none cost one look at a folder. */
export async function judgeGenerators(files: GeneratorSource): Promise<GeneratorProblem[]> {
  const entries = (await files.list(GENERATORS_FOLDER)) ?? [];
  const problems: GeneratorProblem[] = [];
  for (const { name, kind } of entries.slice(0, MOST_GENERATORS))
    if (kind === 'folder') for (const problem of await judge(files, name)) problems.push(problem);
  return problems;
}

async function judge(files: GeneratorSource, name: string): Promise<GeneratorProblem[]> {
  const folder = `${GENERATORS_FOLDER}/${name}`;
  try {
    const found = await runCases(await readGenerator(files, name));
    return found.map(({ file, reason }) => ({ kind: 'test', file: `${folder}/tests/${file}`, reason }));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { subject = '', texts } = error;
    const file = subject.startsWith(`${folder}/`) ? subject : `${folder}/${DEFINITION}`;
    return [{ kind: 'invalid', file, reason: texts.message }];
  }
}

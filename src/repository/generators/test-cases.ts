import { asMap, isDataMap } from '../../data/fields.ts';
import { UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { display } from '../../text/display.ts';
import type { Text } from '../../text/language.ts';
import { readDocuments } from '../../yaml/read.ts';
import { CONFIGURATION_FILE, parseConfiguration } from '../configuration.ts';
import { learnConventions } from '../conventions/conventions.ts';
import { createDrafts } from '../drafts.ts';
import { parseRepository } from '../parse-repository.ts';
import {
  answerQuestions,
  type GeneratorPlace,
  printAnswer,
  type TeamAnswer,
  type TeamAnswers,
} from './answers.ts';
import type { TeamGenerator, TeamQuestion } from './definition.ts';
import { planMade } from './plan.ts';
import type { StoredGenerator } from './read.ts';
import { makeTree } from './render.ts';

/** What is wrong with one test case; `file` is its path under `tests/`. */
export type CaseProblem = { file: string; reason: Text };

/** The file of a case that holds its answers. */
const ANSWERS = 'answers.yaml';

/**
 * Runs the test cases of a generator, each in a repository of its own, that of its folder `repository/` or an empty one: what is made
 * and changed has to be what `expected/` holds. Nothing is written, and nothing of the repository around is looked at.
 */
export async function runCases(generator: StoredGenerator): Promise<CaseProblem[]> {
  const problems: CaseProblem[] = [];
  for (const name of namesOfCases(generator))
    try {
      const { made } = await runCase(generator, name);
      for (const problem of differences(name, expectedOf(generator, name), made)) problems.push(problem);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.push({ file: `${name}/${ANSWERS}`, reason: error.texts.message });
    }
  return problems;
}

/** The names of the cases, in their order. */
export function namesOfCases({ tests }: Pick<StoredGenerator, 'tests'>): string[] {
  return [...new Set([...tests.keys()].map(file => file.split('/')[0] ?? ''))].toSorted();
}

/**
 * What a generator makes and changes for the answers of a case.
 * @throws UserError as each run of it does
 */
async function runCase(
  generator: StoredGenerator,
  name: string,
): Promise<{ made: ReadonlyMap<string, string> }> {
  const { tests } = generator;
  const texts = below(tests, `${name}/repository/`);
  const place = placeIn(texts);
  const answers = await answersOf(
    generator,
    tests.get(`${name}/${ANSWERS}`) ?? '',
    place,
    `${name}/${ANSWERS}`,
  );
  const drafts = createDrafts({ read: async file => bytesOf(texts.get(file)) });
  await planMade({ drafts, style: place.conventions.style, why: '' }, makeTree(generator, answers, place));
  const { changes } = drafts.changes();
  const made = changes.flatMap(change =>
    change.kind === 'file' && change.action !== 'delete'
      ? [[change.path, Buffer.from(change.content).toString('utf8')] as const]
      : [],
  );
  return { made: new Map(made) };
}

function bytesOf(text: string | undefined): Buffer | undefined {
  return text === undefined ? undefined : Buffer.from(text);
}

function placeIn(texts: ReadonlyMap<string, string>): GeneratorPlace {
  const configuration = parseConfiguration(texts.get(CONFIGURATION_FILE) ?? '');
  const repository = parseRepository(new Map(texts), configuration.environments);
  return { repository, conventions: learnConventions(repository, configuration) };
}

function below(tests: ReadonlyMap<string, string>, folder: string): Map<string, string> {
  return new Map(
    [...tests].flatMap(([file, text]) =>
      file.startsWith(folder) ? [[file.slice(folder.length), text]] : [],
    ),
  );
}

function expectedOf({ tests }: StoredGenerator, name: string): Map<string, string> {
  return below(tests, `${name}/expected/`);
}

async function answersOf(
  generator: TeamGenerator,
  text: string,
  place: GeneratorPlace,
  file: string,
): Promise<TeamAnswers> {
  const data = readDocuments(text, file)[0] ?? {};
  if (!isDataMap(data))
    throw new UserError(
      'E_GENERATOR',
      say('generators.must', { file, where: '', expected: say('generators.aMap') }),
    );
  return answerAll(generator, data, place);
}

/**
 * Answers every question from data, as a case or the record of a run holds it, and from defaults where it says nothing.
 * @throws UserError E_MISSING for a question that has neither; E_VALUE; E_USAGE for an answer that nothing asks for
 */
export async function answerAll(
  generator: TeamGenerator,
  given: Readonly<Record<string, unknown>>,
  place: GeneratorPlace,
): Promise<TeamAnswers> {
  const { name: generatorName, questions } = generator;
  const foreign = Object.keys(given).find(name => !questions.some(question => question.name === name));
  if (foreign !== undefined)
    throw new UserError(
      'E_USAGE',
      say('generators.unknownAnswer', { name: display(foreign), generator: generatorName }),
      {
        hint: say('generators.asks', { names: questions.map(({ name }) => name).join(', ') }),
      },
    );
  return answerQuestions(generator, place, async (question, { preset }) => {
    const answer = asMap(given)[question.name] as TeamAnswer | null | undefined;
    const text =
      answer === undefined || answer === null ? (preset ?? emptyOf(question)) : printAnswer(answer);
    if (text !== undefined) return text;
    throw new UserError('E_MISSING', say('generators.noAnswer', { name: question.name }), {
      hint: say('generators.giveSet', { name: question.name }),
      missing: [{ flag: question.name }],
    });
  });
}

function emptyOf({ type, optional }: TeamQuestion): string | undefined {
  if (type === 'boolean') return 'no';
  return optional ? '' : undefined;
}

function differences(
  name: string,
  expected: ReadonlyMap<string, string>,
  made: ReadonlyMap<string, string>,
): CaseProblem[] {
  const files = [...new Set([...expected.keys(), ...made.keys()])].toSorted();
  return files.flatMap(path => {
    const [wanted, text] = [expected.get(path), made.get(path)?.replaceAll('\r\n', '\n')];
    const file = `${name}/expected/${path}`;
    if (wanted === text) return [];
    if (text === undefined) return [{ file, reason: say('generators.notMade', { path: display(path) }) }];
    if (wanted === undefined)
      return [{ file: `${name}/${ANSWERS}`, reason: say('generators.notExpected', { path: display(path) }) }];
    return [{ file, reason: firstDifference(wanted.split('\n'), text.split('\n')) }];
  });
}

function firstDifference(wanted: readonly string[], made: readonly string[]): Text {
  const at = wanted.findIndex((line, index) => line !== made[index]);
  const line = at < 0 ? wanted.length : at;
  return say('generators.differs', {
    line: line + 1,
    wanted: display(wanted[line] ?? ''),
    made: display(made[line] ?? ''),
  });
}

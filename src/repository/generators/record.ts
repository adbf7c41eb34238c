import { asList, asMap, type DataMap, isDataMap, recordsAt, stringOf, textMap } from '../../data/fields.ts';
import { UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { display } from '../../text/display.ts';
import { reservedFolder } from '../../text/file-name.ts';
import { printYaml } from '../../yaml/print.ts';
import { requireYaml } from '../../yaml/read.ts';
import type { TeamAnswer, TeamAnswers } from './answers.ts';
import { CHANGED_SECTIONS } from './definition.ts';
import type { MadeChange } from './render.ts';

/**
 * One run of a generator: what it was, what it was answered, and what it made, byte for byte. That is the base of an update: it
 * needs no history, which may be shallow, and in which an edit before the first commit leaves no trace.
 */
export type GeneratedRun = {
  generator: string;
  digest: string;
  answers: TeamAnswers;
  files: Readonly<Record<string, string>>;
  changes: readonly MadeChange[];
};

/** Where the runs of a folder are kept. */
export const GENERATED_FOLDER = '.slipway/generated';

/** `.slipway/generated/<environment>/<app>.yaml` */
export function generatedPath(app: string): string {
  return `${GENERATED_FOLDER}/${app === '.' ? 'repository' : app}.yaml`;
}

/**
 * Reads the runs back; none where there is no file.
 * @throws UserError E_YAML_* and E_GENERATOR for what slipway did not write so: the base of an update is not guessed
 */
export function parseGenerated(text: string | undefined, file: string): GeneratedRun[] {
  if (text === undefined) return [];
  const data = asMap(requireYaml(text, file).documents[0]);
  const runs = asList(data['runs']).flatMap(run => runIn(asMap(run)));
  if (data['schemaVersion'] === 1 && runs.length > 0 && runs.length === asList(data['runs']).length)
    return runs;
  const expected = say('generators.aRecord');
  throw new UserError('E_GENERATOR', say('generators.must', { file: display(file), where: '', expected }), {
    hint: say('generators.restoreRecord'),
    subject: file,
  });
}

function runIn(run: DataMap): GeneratedRun[] {
  const [generator, digest] = [stringOf(run['generator']), stringOf(run['digest'])];
  const files = textMap(run['files']);
  const answers = Object.entries(asMap(run['answers']));
  const isWhole = Object.keys(files).length === Object.keys(asMap(run['files'])).length;
  if (generator === undefined || digest === undefined || !isWhole || !Object.keys(files).every(isMakeable))
    return [];
  const known = answers.flatMap(([name, answer]) => (isAnswer(answer) ? [[name, answer] as const] : []));
  const changes = recordsAt(run, ['changes']).flatMap(changeIn);
  return [{ generator, digest, answers: Object.fromEntries(known), files: { ...files }, changes }];
}

/** No generator makes what programs trust; what leads out of the repository is refused by whoever reads it. */
function isMakeable(path: string): boolean {
  return path.split('/').every(name => reservedFolder(name) === undefined);
}

function isAnswer(answer: unknown): answer is TeamAnswer {
  if (Array.isArray(answer)) return answer.every(item => typeof item === 'string');
  return ['string', 'number', 'boolean'].includes(typeof answer);
}

function changeIn({ kustomization, add }: Record<string, unknown>): MadeChange[] {
  if (typeof kustomization !== 'string' || !isMakeable(kustomization) || !isDataMap(add)) return [];
  const sections = CHANGED_SECTIONS.flatMap(section => {
    const items = add[section];
    return Array.isArray(items) ? [[section, items] as const] : [];
  });
  return [{ kustomization, add: Object.fromEntries(sections) }];
}

const HEAD = '# What slipway new made, and of which answers: the base of slipway update. Commit it.';

/** The file of these runs. */
export function renderGenerated(runs: readonly GeneratedRun[]): string {
  const body = runs.map(({ generator, digest, answers, files, changes }) => ({
    generator,
    digest,
    answers,
    files,
    ...(changes.length > 0 ? { changes } : {}),
  }));
  return `${HEAD}\n${printYaml({ schemaVersion: 1, runs: body })}\n`;
}

/** The runs with one more, in the place of one that made the same files: it was the same run. */
export function withRun(runs: readonly GeneratedRun[], run: GeneratedRun): GeneratedRun[] {
  const at = runs.findIndex(each => isSameRun(each, run));
  return at < 0 ? [...runs, run] : runs.with(at, run);
}

function isSameRun(one: GeneratedRun, other: GeneratedRun): boolean {
  const key = ({ generator, files, changes }: GeneratedRun): string =>
    JSON.stringify([generator, Object.keys(files).toSorted(), changes]);
  return key(one) === key(other);
}

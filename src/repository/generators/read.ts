import { sha256Of } from '../../data/digest.ts';
import { UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { display } from '../../text/display.ts';
import { nearest } from '../../text/nearest.ts';
import type { RepositoryFiles } from '../../system/files/files.ts';
import { DEFINITION, GENERATORS_FOLDER, isGeneratorName } from './definition.ts';
import { parseDefinition } from './parse-definition.ts';
import { GENERATED_FOLDER } from './record.ts';
import type { OpenedGenerator } from './render.ts';

/** What generators are read through. */
export type GeneratorSource = Pick<RepositoryFiles, 'list' | 'walk' | 'readEach'>;

const MOST_GENERATORS = 100;
const MOST_FILES = 500;
const MOST_BYTES = 4 << 20;

/** The names of the generators that a repository has, in their order: folders with a `generator.yaml`. */
export async function listGenerators(files: GeneratorSource): Promise<string[]> {
  const folders = (await files.list(GENERATORS_FOLDER)) ?? [];
  const named = folders.filter(({ name, kind }) => kind === 'folder' && isGeneratorName(name));
  const found: string[] = [];
  for (const { name } of named.slice(0, MOST_GENERATORS)) {
    const inside = await files.list(`${GENERATORS_FOLDER}/${name}`);
    if (inside?.some(entry => entry.name === DEFINITION)) found.push(name);
  }
  return found;
}

/** What is recorded of runs, by the paths of the records; it is read apart from the repository. @throws UserError for what is no plain file */
export async function readGenerated(
  files: Pick<RepositoryFiles, 'list' | 'walk' | 'readMany'>,
): Promise<Map<string, string>> {
  if ((await files.list(GENERATED_FOLDER)) === undefined) return new Map();
  const entries = await files.walk(GENERATED_FOLDER);
  const records = entries.filter(({ path, kind }) => kind === 'file' && path.endsWith('.yaml'));
  const contents = await files.readMany(records.map(({ path }) => path));
  return new Map([...contents].map(([path, content]) => [path, content.toString('utf8')]));
}

/** A generator as it stands in the repository, and the files of its test cases by their paths under `tests/`. */
export type StoredGenerator = OpenedGenerator & {
  tests: ReadonlyMap<string, string>;
  /** What it is made of, but for its tests: another one makes something else. */
  digest: string;
};

/**
 * Reads a generator.
 * @throws UserError E_GENERATOR where there is none of that name, or something else than texts is in it; what `parseDefinition` throws
 */
export async function readGenerator(files: GeneratorSource, name: string): Promise<StoredGenerator> {
  const texts = isGeneratorName(name)
    ? await textsIn(files, `${GENERATORS_FOLDER}/${name}`)
    : new Map<string, string>();
  const definition = texts.get(DEFINITION);
  if (definition === undefined) throw await noGenerator(files, name);
  const templates = below(texts, 'files/');
  return {
    ...parseDefinition(definition, name),
    templates,
    tests: below(texts, 'tests/'),
    digest: `sha256:${digestOfParts([[DEFINITION, definition], ...templates])}`,
  };
}

function below(texts: ReadonlyMap<string, string>, folder: string): Map<string, string> {
  return new Map(
    [...texts].flatMap(([file, text]) =>
      file.startsWith(folder) ? [[file.slice(folder.length), text]] : [],
    ),
  );
}

function digestOfParts(parts: readonly (readonly [string, string])[]): string {
  return sha256Of(parts.map(([file, text]) => `${file}\0${sha256Of(text)}\n`).join(''));
}

/** Line ends are those of Unix: git may have given them others. */
async function textsIn(files: GeneratorSource, folder: string): Promise<Map<string, string>> {
  const found = (await files.list(folder)) === undefined ? [] : await files.walk(folder);
  const wrong = found.find(({ kind }) => kind === 'link' || kind === 'special');
  if (wrong) throw unreadable(wrong.path, say('generators.aPlainFile'));
  const paths = found.flatMap(({ path, kind }) => (kind === 'file' ? [path] : []));
  if (paths.length > MOST_FILES) throw unreadable(folder, say('generators.atMost', { most: MOST_FILES }));
  const { contents, problems } = await files.readEach(paths, MOST_BYTES);
  for (const problem of problems.values()) throw problem;
  const texts = new Map<string, string>();
  for (const path of paths) {
    const text = contents.get(path)?.toString('utf8') ?? '';
    if (text.includes('\ufffd') || text.includes('\0')) throw unreadable(path, say('generators.aTextFile'));
    texts.set(path.slice(folder.length + 1), text.replaceAll('\r\n', '\n'));
  }
  return texts;
}

function unreadable(file: string, expected: ReturnType<typeof say>): UserError {
  return new UserError('E_GENERATOR', say('generators.must', { file: display(file), where: '', expected }), {
    hint: say('generators.seePage'),
    subject: file,
  });
}

async function noGenerator(files: GeneratorSource, name: string): Promise<UserError> {
  const known = await listGenerators(files);
  const near = nearest(name, known);
  const hints =
    known.length === 0 ? say('generators.makeOne') : say('generators.known', { names: known.join(', ') });
  return new UserError('E_GENERATOR', say('generators.none', { name: display(name) }), {
    hint: near === undefined ? hints : say('cli.didYouMeanWord', { near: `slipway new ${near}` }),
    subject: name,
  });
}

import { CONFIGURATION_FILE, type Configuration, parseConfiguration } from './configuration.ts';
import { type Conventions, learnConventions } from './conventions/conventions.ts';
import { KUSTOMIZATION_FILES } from './kustomization.ts';
import { isScript } from './unread/chart-lines.ts';
import { isLookedInto } from './looked-into.ts';
import type { Repository } from './model.ts';
import { parseRepository } from './parse-repository.ts';
import { filesWithoutRoom, MOST_BYTES } from './reading-budget.ts';
import type { UserError } from '../errors.ts';
import type { FolderEntry, RepositoryFiles } from '../system/files/files.ts';

/** A GitOps repository as slipway sees it. */
export type GitopsRepository = {
  files: RepositoryFiles;
  repository: Repository;
  configuration: Configuration;
  conventions: Conventions;
  /** Scripts and other files that may install charts; nobody has read them yet. */
  scripts: readonly string[];
};

const READ = new Set<string>(['.gitignore', ...KUSTOMIZATION_FILES]);

/**
 * Reads all YAML of a repository but pulled charts, and learns its conventions. A file that cannot be read, or an app's
 * folder, is one of the repository's problems; its configuration and a whole environment are everybody's.
 * @throws UserError E_CONFIG, E_YAML_* and what reading the configuration ends with
 */
export async function readRepository(files: RepositoryFiles): Promise<GitopsRepository> {
  const { entries, problems: closed } = await files.walkEach('', isLookedInto);
  for (const [folder, problem] of closed) if (!folder.includes('/')) throw problem;
  const wanted = entries
    .filter(entry => isWorthReading(entry) || isNeeded(entry.path))
    .map(({ path }) => path);
  const { text, problems } = await readTexts(files, wanted);
  const unread = problems.get(CONFIGURATION_FILE);
  if (unread) throw unread;
  const parameters = await readTexts(files, parametersOfSets(text, entries));
  for (const [path, content] of parameters.text) text.set(path, content);
  for (const [path, problem] of parameters.problems) problems.set(path, problem);
  const configuration = parseConfiguration(text.get(CONFIGURATION_FILE) ?? '');
  const parsed = parseRepository(text, configuration.environments);
  const repository = { ...parsed, problems: [...closed.values(), ...problems.values(), ...parsed.problems] };
  const conventions = learnConventions(repository, configuration);
  const scripts = entries.flatMap(({ path, kind }) => (kind === 'file' && isScript(path) ? [path] : []));
  return { files, repository, configuration, conventions, scripts };
}

type WalkedFile = { path: string; kind: FolderEntry['kind'] };

/** The JSON files that ApplicationSets take parameters from, and others of the same folders. */
function parametersOfSets(text: ReadonlyMap<string, string>, entries: readonly WalkedFile[]): string[] {
  const patterns = [...text.values()].flatMap(content =>
    content.includes('ApplicationSet') && content.includes('.json')
      ? content.split(/[\s"'{},]/).filter(word => word.endsWith('.json'))
      : [],
  );
  const beginnings = [...new Set(patterns.map(beginningOf))];
  return entries.flatMap(({ path, kind }) =>
    kind === 'file' && path.endsWith('.json') && beginnings.some(beginning => path.startsWith(beginning))
      ? [path]
      : [],
  );
}

/** The part of a pattern that leaves nothing open. */
function beginningOf(pattern: string): string {
  const path = pattern.replace(/^\.?\//, '');
  const open = path.search(/[*?[]/);
  return open < 0 ? path : path.slice(0, open);
}

/** The texts in the order of their paths; those that have no room beside the others are among the problems. */
async function readTexts(
  files: RepositoryFiles,
  wanted: readonly string[],
): Promise<{ text: Map<string, string>; problems: Map<string, UserError> }> {
  const { contents, problems } = await files.readEach(wanted, MOST_BYTES);
  const text = new Map<string, string>();
  for (const file of wanted) {
    const content = contents.get(file);
    if (content) text.set(file, content.toString('utf8'));
    // Both at once would be twice as much.
    contents.delete(file);
  }
  for (const [file, problem] of filesWithoutRoom(text)) {
    text.delete(file);
    problems.set(file, problem);
  }
  return { text, problems };
}

function isWorthReading({ path, kind }: WalkedFile): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return kind === 'file' && (READ.has(name) || name.endsWith('.yaml') || name.endsWith('.yml'));
}

/** What must not silently count as absent, whatever stands there. */
function isNeeded(file: string): boolean {
  const name = file.slice(file.lastIndexOf('/') + 1);
  return file === CONFIGURATION_FILE || KUSTOMIZATION_FILES.some(each => each === name);
}

import { CONFIGURATION_FILE, type Configuration, parseConfiguration } from './configuration.ts';
import { type Conventions, learnConventions } from './conventions/conventions.ts';
import { KUSTOMIZATION_FILES } from './kustomization.ts';
import { isScript } from './unread/chart-lines.ts';
import { isLookedInto } from './looked-into.ts';
import { parseRepository, type Repository } from './model.ts';
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
  const { contents, problems } = await files.readEach(wanted);
  const unread = problems.get(CONFIGURATION_FILE);
  if (unread) throw unread;
  const text = new Map([...contents].map(([path, content]) => [path, content.toString('utf8')]));
  const { contents: parameters } = await files.readEach(parametersOfSets(text, entries));
  for (const [path, content] of parameters) text.set(path, content.toString('utf8'));
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

function isWorthReading({ path, kind }: WalkedFile): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return kind === 'file' && (READ.has(name) || name.endsWith('.yaml') || name.endsWith('.yml'));
}

/** What must not silently count as absent, whatever stands there. */
function isNeeded(file: string): boolean {
  const name = file.slice(file.lastIndexOf('/') + 1);
  return file === CONFIGURATION_FILE || KUSTOMIZATION_FILES.some(each => each === name);
}

import type { FolderEntry } from '../../../system/files/files.ts';
import { findTemplates, tellsOfTemplates } from '../../../repository/templates-left-out.ts';

/** Why a file's content cannot be had. */
export type Unusable = { kind: 'link' | 'special' | 'too-big' | 'unreadable'; detail: string };

/** The files of the repository at one moment: in the work tree, or in the index. */
export type Snapshot = {
  /** Every path but pulled charts, hidden folders and node_modules. */
  files: ReadonlyMap<string, FolderEntry['kind']>;
  /** Also for paths in pulled charts. Links count as nothing. */
  kindOf(path: string): 'file' | 'folder' | undefined;
  /** The id of each content; what cannot be read has none. */
  idsOf(files: readonly string[]): Promise<ReadonlyMap<string, string>>;
  read(files: readonly string[]): Promise<ReadonlyMap<string, Buffer>>;
  /** Lets go of contents that nobody will ask for again. */
  release(files: readonly string[]): void;
  /** Why a file has no content, once somebody asked for it. */
  unusable(file: string): Unusable | undefined;
};

/** What is read of a file that may tell of templates. */
const MOST_TOLD = 64 << 10;

/** A snapshot without the files that are YAML only once another program has filled them in, and those files. */
export async function withoutTemplates(
  snapshot: Snapshot,
): Promise<{ snapshot: Snapshot; templates: readonly string[] }> {
  const texts = new Map<string, string>();
  for (const file of [...snapshot.files.keys()].filter(tellsOfTemplates)) {
    const content = (await snapshot.read([file])).get(file);
    if (content) texts.set(file, content.toString('utf8', 0, MOST_TOLD));
  }
  const isTemplate = findTemplates(snapshot.files.keys(), file => texts.get(file));
  const templates = [...snapshot.files.keys()].filter(isTemplate);
  if (templates.length === 0) return { snapshot, templates };
  const rest: Snapshot = {
    files: new Map([...snapshot.files].filter(([file]) => !isTemplate(file))),
    kindOf: path => snapshot.kindOf(path),
    idsOf: files => snapshot.idsOf(files),
    read: files => snapshot.read(files),
    release: files => snapshot.release(files),
    unusable: file => snapshot.unusable(file),
  };
  return { snapshot: rest, templates: templates.filter(file => /\.ya?ml$/.test(file)) };
}

/** Files whose contents are in memory at once, each of which may be as large as a file can be. */
const AT_ONCE = 4;

/** The texts of files, few at a time. */
export async function* textsOf(
  snapshot: Pick<Snapshot, 'read'>,
  files: readonly string[],
): AsyncIterable<[file: string, text: string]> {
  for (let at = 0; at < files.length; at += AT_ONCE) {
    const contents = await snapshot.read(files.slice(at, at + AT_ONCE));
    for (const [file, content] of contents) yield [file, content.toString('utf8')];
  }
}

/** A path and all folders that it lies in, the outermost first. */
export function wayTo(path: string): string[] {
  return path.split('/').map((_, index, names) => names.slice(0, index + 1).join('/'));
}

/** The first link on the way to a path, which nobody follows. */
export function linkOnTheWay(snapshot: Snapshot, path: string): string | undefined {
  return wayTo(path).find(part => snapshot.unusable(part)?.kind === 'link');
}

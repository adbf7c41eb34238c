import { inBatches } from '../../../data/batches.ts';
import { UserError } from '../../../errors.ts';
import { contentId } from '../../../system/git/blob-id.ts';
import {
  isListedIn,
  isSameState,
  isSettled,
  type Scan,
  scanFiles,
  type SeenFile,
  seeFile,
} from '../../../system/files/file-states.ts';
import type { Enter, FolderEntry, RepositoryFiles } from '../../../system/files/files.ts';
import { type FileState, SeenTable } from '../../../system/files/seen-table.ts';
import type { CheckCache } from './open-check-cache.ts';
import type { Snapshot, Unusable } from './snapshot.ts';
import { isLookedInto } from '../../../repository/looked-into.ts';

/** Contents that are kept between summarizing and checking; beyond that they are read again. */
const KEPT_BYTES = 4 << 20;

/** Contents that are read together to learn their ids. */
const READ_BYTES = 4 << 20;

export type WorkTree = Snapshot & {
  /** What this run has learned of files and folders, for the memory of the next one. */
  remember(memory: CheckCache): Pick<CheckCache, 'files' | 'folders'>;
  /** The state of every path that this run has looked at; undefined where one could not be, or was touched just now. */
  states(): SeenTable<undefined> | undefined;
  /** How much of that the memory did not have. */
  readonly fresh: number;
};

export type WorkTreeOptions = {
  files: RepositoryFiles;
  memory: CheckCache;
  algorithm: 'sha1' | 'sha256';
  /** Milliseconds since 1970, taken before the first look. */
  now: number;
  /** Ends the first look. */
  signal: AbortSignal;
  /** Which folders are listed, of those that anybody would look into; what lies in others is looked at when somebody asks. */
  lists?: ((folder: string) => boolean) | undefined;
};

/** The files on disk. A file whose state is as it was is not read again. */
export async function openWorkTree(options: WorkTreeOptions): Promise<WorkTree> {
  const { files, memory, signal, lists = () => true } = options;
  const { folders: known } = memory;
  const enter: Enter = (folder, beside) => lists(folder) && isLookedInto(folder, beside);
  return new DiskTree(options, await scanFiles(files.root, { enter, known, signal }));
}

/** The files on disk for a run that lists those of the index: each is looked at when somebody asks for it. */
export function openAskedFiles(options: WorkTreeOptions): WorkTree {
  return new DiskTree(options, undefined);
}

function nothingListed(): Scan {
  return { files: new SeenTable(), folders: new SeenTable(), problems: new Map() };
}

class DiskTree implements WorkTree {
  readonly files: ReadonlyMap<string, FolderEntry['kind']>;
  readonly #options: WorkTreeOptions;
  readonly #isListed: boolean;
  readonly #seen: Scan['files'];
  readonly #folders: Scan['folders'];
  readonly #ids = new Map<string, string>();
  readonly #kept = new Map<string, Buffer>();
  readonly #unusable = new Map<string, Unusable>();
  readonly #asked = new Map<string, SeenFile | undefined>();
  #keptBytes = 0;
  #fresh = 0;
  #isBlind = false;

  constructor(options: WorkTreeOptions, listed: Scan | undefined) {
    const { memory } = options;
    const { files, folders, problems } = listed ?? nothingListed();
    this.#options = options;
    this.#isListed = listed !== undefined;
    this.#seen = files;
    this.#folders = folders;
    for (const [folder, state] of folders.states)
      if (!isSameAs(state, memory.folders.states.get(folder))) this.#fresh++;
    this.#isBlind = problems.size > 0;
    for (const [place, kind] of this.#closedPlaces(problems)) files.set(place, undefined, kind);
    this.files = files.words;
  }

  get fresh(): number {
    return this.#fresh;
  }

  kindOf(path: string): 'file' | 'folder' | undefined {
    const kind = this.#folders.words.has(path) ? 'folder' : this.#kindAt(path);
    return kind === 'file' || kind === 'folder' ? kind : undefined;
  }

  async idsOf(files: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const unknown = files.filter(file => this.#knownId(file) === undefined && !this.#unusable.has(file));
    for (const some of this.#inParts(unknown))
      for (const [file, content] of await this.read(some)) this.#keep(file, content);
    const ids = new Map<string, string>();
    for (const file of files) {
      const id = this.#knownId(file);
      if (id !== undefined) ids.set(file, id);
    }
    return ids;
  }

  async read(files: readonly string[]): Promise<ReadonlyMap<string, Buffer>> {
    const contents = new Map<string, Buffer>();
    const missing = files.filter(file => {
      const kept = this.#kept.get(file);
      if (kept) contents.set(file, kept);
      return !kept && this.#isReadable(file);
    });
    for (const [file, content] of await this.#readFromDisk(missing)) contents.set(file, content);
    return contents;
  }

  release(files: readonly string[]): void {
    for (const file of files) {
      this.#keptBytes -= this.#kept.get(file)?.length ?? 0;
      this.#kept.delete(file);
    }
  }

  unusable(file: string): Unusable | undefined {
    this.#isReadable(file);
    return this.#unusable.get(file);
  }

  remember(memory: CheckCache): Pick<CheckCache, 'files' | 'folders'> {
    const { now } = this.#options;
    const files: CheckCache['files'] = new SeenTable();
    for (const [file, { kind, state }] of this.#lookedAt()) {
      const id = kind === 'file' ? (this.#ids.get(file) ?? this.#knownId(file)) : undefined;
      if (id !== undefined && isSettled(state, now)) files.set(file, state, id);
    }
    // What was not asked for this time, such as the chart of an app that was not checked.
    for (const [file, id] of memory.files.words) {
      const isLeftOut = !this.#isListed || file.includes('/charts/');
      if (isLeftOut && !this.#asked.has(file) && !this.#seen.words.has(file))
        files.set(file, memory.files.states.get(file), id);
    }
    if (!this.#isListed) return { files, folders: memory.folders };
    const folders: CheckCache['folders'] = new SeenTable();
    for (const [folder, listing] of this.#folders.words) {
      const state = this.#folders.states.get(folder);
      if (state && isSettled(state, now)) folders.set(folder, state, listing);
    }
    return { files, folders };
  }

  states(): SeenTable<undefined> | undefined {
    const { now } = this.#options;
    if (this.#isBlind || !this.#isListed) return undefined;
    const seen = new SeenTable<undefined>();
    for (const [folder, state] of this.#folders.states)
      seen.set(folder === '' ? '.' : folder, state, undefined);
    for (const [file, state] of this.#seen.states) {
      if (state && !isSettled(state, now)) return undefined;
      seen.set(file, state, undefined);
    }
    for (const [file, asked] of this.#asked)
      if (asked || !this.#isListedAbsent(file)) seen.set(file, asked?.state, undefined);
    return seen;
  }

  /** Whether a folder that was listed has nothing on the way to a path: its own state tells that. */
  #isListedAbsent(path: string): boolean {
    let end = path.lastIndexOf('/');
    while (end > 0 && !this.#folders.words.has(path.slice(0, end))) end = path.lastIndexOf('/', end - 1);
    const next = path.indexOf('/', end + 1);
    const name = path.slice(end + 1, next < 0 ? undefined : next);
    const around = this.#folders.words.get(path.slice(0, Math.max(end, 0)));
    return around !== undefined && !isListedIn(around, name);
  }

  *#lookedAt(): Iterable<[string, SeenFile]> {
    for (const [file, kind] of this.#seen.words) {
      const state = this.#seen.states.get(file);
      if (state) yield [file, { kind, state }];
    }
    for (const [file, seen] of this.#asked) if (seen) yield [file, seen];
  }

  #kindAt(path: string): FolderEntry['kind'] | undefined {
    return this.#seen.words.get(path) ?? this.#look(path)?.kind;
  }

  #stateAt(path: string): FileState | undefined {
    return this.#seen.words.has(path) ? this.#seen.states.get(path) : this.#look(path)?.state;
  }

  /** The state of a path that the scan left out. */
  #look(path: string): SeenFile | undefined {
    if (path === '' || path === '..' || path.startsWith('../')) return undefined;
    const asked = this.#asked.get(path);
    if (asked || this.#asked.has(path)) return asked;
    const seen = this.#isListedAbsent(path) ? undefined : this.#see(path);
    this.#asked.set(path, seen);
    return seen;
  }

  #see(path: string): SeenFile | undefined {
    try {
      return seeFile(this.#options.files.root, path);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      this.#unusable.set(path, unusableBy(error));
      this.#isBlind = true;
      return undefined;
    }
  }

  #knownId(file: string): string | undefined {
    const own = this.#ids.get(file);
    if (own !== undefined) return own;
    const { states, words } = this.#options.memory.files;
    if (this.#kindAt(file) !== 'file' || !isSameAs(this.#stateAt(file), states.get(file))) return undefined;
    const id = words.get(file);
    if (id !== undefined) this.#ids.set(file, id);
    return id;
  }

  #isReadable(file: string): boolean {
    const kind = this.#kindAt(file);
    if ((kind === 'link' || kind === 'special') && !this.#unusable.has(file))
      this.#unusable.set(file, { kind, detail: '' });
    return kind === 'file' && !this.#unusable.has(file);
  }

  /**
   * What stands for folders that cannot be looked into: of an app, its kustomization; else the folder.
   * @throws UserError for a whole environment
   */
  #closedPlaces(problems: ReadonlyMap<string, UserError>): (readonly [string, FolderEntry['kind']])[] {
    return [...problems].map(([folder, problem]) => {
      const depth = folder.split('/').length;
      if (depth < 2) throw problem;
      const place = depth === 2 ? `${folder}/kustomization.yaml` : folder;
      this.#unusable.set(place, unusableBy(problem));
      return [place, 'special'];
    });
  }

  /** As many at once as may be in memory together. */
  #inParts(files: readonly string[]): string[][] {
    return inBatches(files, file => this.#stateAt(file)?.size ?? 0, READ_BYTES);
  }

  #keep(file: string, content: Buffer): void {
    if (this.#kept.has(file) || this.#keptBytes + content.length > KEPT_BYTES) return;
    this.#kept.set(file, content);
    this.#keptBytes += content.length;
  }

  async #readFromDisk(files: readonly string[]): Promise<Map<string, Buffer>> {
    const { contents, problems } = await this.#options.files.readEach(files);
    for (const [file, problem] of problems) {
      const unusable = unusableBy(problem);
      this.#unusable.set(file, unusable);
      if (unusable.kind === 'unreadable') this.#isBlind = true;
    }
    for (const [file, content] of contents) {
      if (this.#ids.has(file)) continue;
      const id = contentId(content, this.#options.algorithm);
      if (this.#knownId(file) !== id) this.#fresh++;
      this.#ids.set(file, id);
    }
    return contents;
  }
}

/** Of what is nowhere nothing is the same. */
function isSameAs(now: FileState | undefined, before: FileState | undefined): boolean {
  return now !== undefined && before !== undefined && isSameState(now, before);
}

function unusableBy({ code, message }: UserError): Unusable {
  if (code === 'E_LIMIT') return { kind: 'too-big', detail: '' };
  if (code === 'E_NOT_A_FILE') return { kind: 'special', detail: '' };
  if (code === 'E_SYMLINK' || code === 'E_OUTSIDE') return { kind: 'link', detail: '' };
  return { kind: 'unreadable', detail: ` (${message})` };
}

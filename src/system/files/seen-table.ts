/**
 * What the file system says of a file: as long as all of it stays the same, so does the content. The change time
 * cannot be set by anybody, and a file put in another one's place has another number.
 */
export type FileState = { mtimeMs: number; ctimeMs: number; size: number; inode: number };

/** Of a state, in the order in which they lie: both times, the size, the number. */
const NUMBERS = 4;

/** What lies in rows, by path. */
class RowMap<Value> implements ReadonlyMap<string, Value> {
  readonly #rows: ReadonlyMap<string, number>;
  readonly #valueAt: (row: number) => Value;

  constructor(rows: ReadonlyMap<string, number>, valueAt: (row: number) => Value) {
    this.#rows = rows;
    this.#valueAt = valueAt;
  }

  get size(): number {
    return this.#rows.size;
  }

  has(path: string): boolean {
    return this.#rows.has(path);
  }

  get(path: string): Value | undefined {
    const row = this.#rows.get(path);
    return row === undefined ? undefined : this.#valueAt(row);
  }

  keys(): MapIterator<string> {
    return this.#rows.keys();
  }

  *values(): MapIterator<Value> {
    for (const row of this.#rows.values()) yield this.#valueAt(row);
  }

  entries(): MapIterator<[string, Value]> {
    return this[Symbol.iterator]();
  }

  *[Symbol.iterator](): MapIterator<[string, Value]> {
    for (const [path, row] of this.#rows) yield [path, this.#valueAt(row)];
  }

  forEach(call: (value: Value, path: string, map: ReadonlyMap<string, Value>) => void): void {
    for (const [path, value] of this) call(value, path, this);
  }
}

/**
 * What was seen of each path: its state, and a word on it. All states lie in one array: as objects, those of a large repository
 * take five times as much.
 */
export class SeenTable<Word> {
  readonly #rows = new Map<string, number>();
  #words: Word[] = [];
  #numbers: Float64Array = new Float64Array(0);

  /** Undefined where nothing was. */
  readonly states: ReadonlyMap<string, FileState | undefined> = new RowMap(this.#rows, row =>
    this.#stateAt(row),
  );
  readonly words: ReadonlyMap<string, Word> = new RowMap(this.#rows, row => this.#words[row] as Word);

  /** Takes what lies in rows already. */
  static of<Word>(paths: readonly string[], numbers: Float64Array, words: Word[]): SeenTable<Word> {
    const table = new SeenTable<Word>();
    for (const [row, path] of paths.entries()) table.#rows.set(path, row);
    table.#words = words;
    table.#numbers = numbers;
    return table;
  }

  set(path: string, state: FileState | undefined, word: Word): void {
    const row = this.#rows.get(path) ?? this.#rows.size;
    this.#rows.set(path, row);
    this.#words[row] = word;
    if (this.#numbers.length <= row * NUMBERS) this.#grow();
    const { mtimeMs, ctimeMs, size, inode } = state ?? NOTHING;
    const [numbers, at] = [this.#numbers, row * NUMBERS];
    numbers[at] = mtimeMs;
    numbers[at + 1] = ctimeMs;
    numbers[at + 2] = size;
    numbers[at + 3] = inode;
  }

  #grow(): void {
    const wider = new Float64Array(2 * this.#numbers.length + 64 * NUMBERS);
    wider.set(this.#numbers);
    this.#numbers = wider;
  }

  #stateAt(row: number): FileState | undefined {
    const at = row * NUMBERS;
    const numberAt = (index: number): number => this.#numbers[at + index] ?? 0;
    const size = numberAt(2);
    if (Number.isNaN(size)) return undefined;
    return { mtimeMs: numberAt(0), ctimeMs: numberAt(1), size, inode: numberAt(3) };
  }
}

/** No size is none. */
const NOTHING: FileState = { mtimeMs: 0, ctimeMs: 0, size: Number.NaN, inode: 0 };

type Entry<Value> = { json?: Buffer | string | undefined; value?: Value };

/**
 * Values by name, each of them JSON until somebody asks for it: of a memory of thousands, most runs look at a few. What nobody
 * replaced is printed as it came.
 */
export class KeptMap<Value extends object> implements ReadonlyMap<string, Value> {
  readonly #entries: ReadonlyMap<string, Entry<Value>>;

  private constructor(entries: ReadonlyMap<string, Entry<Value>>) {
    this.#entries = entries;
  }

  static of<Value extends object>(values: ReadonlyMap<string, Value>): KeptMap<Value> {
    return new KeptMap(new Map([...values].map(([name, value]) => [name, { value }])));
  }

  /** What `print` has made. @throws SyntaxError */
  static parse<Value extends object>(bytes: Buffer): KeptMap<Value> {
    let at = bytes.indexOf('\n') + 1;
    const sizes = JSON.parse(bytes.toString('utf8', 0, at)) as [name: string, size: number][];
    const entries = sizes.map(([name, size]) => [name, { json: bytes.subarray(at, (at += size)) }] as const);
    return new KeptMap<Value>(new Map(entries));
  }

  /** A line that says where each value lies, and the values. */
  print(): Buffer {
    const parts = [...this.#entries].map(
      ([name, { json, value }]) => [name, json ?? JSON.stringify(value)] as const,
    );
    const sizes = parts.map(([name, json]) => [name, Buffer.byteLength(json)] as const);
    const head = `${JSON.stringify(sizes)}\n`;
    const all = sizes.reduce((sum, [, size]) => sum + size, Buffer.byteLength(head));
    const bytes = Buffer.allocUnsafe(all);
    let at = bytes.write(head);
    for (const [, json] of parts)
      at += typeof json === 'string' ? bytes.write(json, at) : json.copy(bytes, at);
    return bytes;
  }

  /** With others beside, and instead of those of their names, given as JSON. */
  with(changes: ReadonlyMap<string, string>): KeptMap<Value> {
    const entries = new Map(this.#entries);
    for (const [name, json] of changes) entries.set(name, { json });
    return new KeptMap(entries);
  }

  /** Those of some names, in that order, with others instead. */
  pick(names: readonly string[], changes: ReadonlyMap<string, Value>): KeptMap<Value> {
    const entryOf = (name: string): Entry<Value> | undefined => {
      const value = changes.get(name);
      return value === undefined ? this.#entries.get(name) : { value };
    };
    const entries = names.flatMap(name => {
      const entry = entryOf(name);
      return entry ? [[name, entry] as const] : [];
    });
    return new KeptMap(new Map(entries));
  }

  get size(): number {
    return this.#entries.size;
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  get(name: string): Value | undefined {
    const entry = this.#entries.get(name);
    if (entry?.json !== undefined) entry.value ??= JSON.parse(entry.json.toString()) as Value;
    return entry?.value;
  }

  /** As `get`, for who asks once: nothing more is held than before. */
  once(name: string): Value | undefined {
    const entry = this.#entries.get(name);
    if (entry?.json === undefined) return entry?.value;
    return entry.value ?? (JSON.parse(entry.json.toString()) as Value);
  }

  keys(): MapIterator<string> {
    return this.#entries.keys();
  }

  *values(): MapIterator<Value> {
    for (const [, value] of this) yield value;
  }

  entries(): MapIterator<[string, Value]> {
    return this[Symbol.iterator]();
  }

  *[Symbol.iterator](): MapIterator<[string, Value]> {
    for (const name of this.#entries.keys()) {
      const value = this.get(name);
      if (value !== undefined) yield [name, value];
    }
  }

  forEach(call: (value: Value, name: string, map: ReadonlyMap<string, Value>) => void): void {
    for (const [name, value] of this) call(value, name, this);
  }
}

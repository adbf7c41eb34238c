/** Where a chart's templates read its values. */
export type TemplateReads = {
  /**
   * The file and line of a template that reads this value, a part of it, or a map that it is in. `path` is spelt as the
   * outcomes of a values migration spell it, `a.b["c/d"][0]`; lists are read as a whole.
   */
  readerOf(path: string): string | undefined;
};

type Read = { path: string[]; where: string };

const VALUES = /(?:\$|\$\w+|\.)?\.?Values((?:\.[A-Za-z_][\w-]*)+)/g;
const INDEXED = /index\s+(?:\$|\$\w+)?\.Values((?:\s+"[^"]+")+)/g;
const TEMPLATE = /(?:^|\/)templates\/.*\.(?:ya?ml|tpl|txt|json)$/;

/**
 * Finds every `.Values.a.b` and `index .Values "a" "b"` in a chart's templates, those of its subcharts under their name.
 * A template that takes a whole map (`toYaml .Values.a`, `with .Values.a`) reads all that is in it.
 */
export function templateReads(files: ReadonlyMap<string, Uint8Array>): TemplateReads {
  const reads = [...files].flatMap(([file, content]) =>
    TEMPLATE.test(file) ? readsIn(file, Buffer.from(content).toString('utf8')) : [],
  );
  const byFirstKey = new Map<string, Read[]>();
  for (const read of reads) {
    const key = read.path[0] ?? '';
    const known = byFirstKey.get(key);
    if (known) known.push(read);
    else byFirstKey.set(key, [read]);
  }
  return {
    readerOf: text => {
      const path = mapKeys(text);
      const near = byFirstKey.get(path[0] ?? '') ?? [];
      return near.find(read => isPrefix(read.path, path) || isPrefix(path, read.path))?.where;
    },
  };
}

/** The keys of a path up to its first list index. */
function mapKeys(path: string): string[] {
  const steps = [...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g)];
  const firstIndex = steps.findIndex(([, , index]) => index !== undefined);
  const keys = firstIndex < 0 ? steps : steps.slice(0, firstIndex);
  return keys.map(([, quoted, , plain]) =>
    quoted === undefined ? (plain ?? '') : (JSON.parse(`"${quoted}"`) as string),
  );
}

function readsIn(file: string, text: string): Read[] {
  const scope = subchartScope(file);
  return text.split('\n').flatMap((line, number) => {
    const where = `${file}:${number + 1}`;
    const dotted = [...line.matchAll(VALUES)].map(([, path = '']) => path.slice(1).split('.'));
    const indexed = [...line.matchAll(INDEXED)].map(([, keys = '']) =>
      [...keys.matchAll(/"([^"]+)"/g)].map(([, key = '']) => key),
    );
    return [...dotted, ...indexed].map(path => ({
      path: path[0] === 'global' ? path : [...scope, ...path],
      where,
    }));
  });
}

/** `charts/redis/templates/x.yaml` reads below `redis`. */
function subchartScope(file: string): string[] {
  return [...file.matchAll(/(?:^|\/)charts\/([^/]+)\//g)].map(([, name = '']) => name);
}

function isPrefix(short: readonly string[], long: readonly string[]): boolean {
  return short.length <= long.length && short.every((key, index) => key === long[index]);
}

import { pathText } from '../values/path.ts';
import type { ChartDependency } from './chart.ts';

/** Where a chart's templates read its values. */
export type TemplateReads = {
  /**
   * The file and line of a template that reads this value, a part of it, or a map that it is in. `path` is spelt as the
   * outcomes of a values migration spell it, `a.b["c/d"][0]`; lists are read as a whole.
   */
  readerOf(path: string): string | undefined;
  /** What a template reads instead of this very value, or this instead of it: `.Values.a | default .Values.b`. */
  readBeside(path: string): readonly string[];
};

export type ReadingChart = {
  files: ReadonlyMap<string, Uint8Array>;
  dependencies: readonly ChartDependency[];
};

type Read = { path: readonly string[]; where: string; isChoice: boolean };

const VALUES = /(?:\$|\$\w+|\.)?\.?Values((?:\.[A-Za-z_][\w-]*)+)/g;
const INDEXED = /index\s+(?:\$\w*)?\.Values((?:\s+"[^"]+")+)/g;
// All values at once, as in `range $key, $value := .Values` or `dict "Values" .Values`.
const WHOLE = /(?<!index\s{1,8}(?:\$\w{0,64})?)\.Values(?![\w.])/;
// What Helm prints after an installation configures nothing.
const TEMPLATE = /(?:^|\/)templates\/(?!NOTES\.txt$).*\.(?:ya?ml|tpl|txt|json)$/;
// One value or another.
const CHOICE = /\b(?:default|coalesce|ternary|or|hasKey)\b/;
const DEFINITIONS = /\/_[^/]*\.tpl$/;
const REMARK = /\{\{-?\s*\/\*(?:(?!\{\{-?\s*\/\*)[\s\S])*?\*\/\s*-?\}\}/g;

/**
 * Finds every `.Values.a.b` and `index .Values "a" "b"` in a chart's templates, those of its subcharts under their name
 * or alias. A template that takes a whole map (`toYaml .Values.a`, `with .Values.a`) reads all that is in it; a subchart
 * whose templates are not at hand reads all that is its own.
 */
export function templateReads(chart: ReadingChart): TemplateReads {
  const reads = [
    ...[...chart.files].flatMap(([file, content]) =>
      TEMPLATE.test(file) ? readsIn(chart, file, Buffer.from(content).toString('utf8')) : [],
    ),
    ...chart.dependencies.flatMap(dependency => readsOfDependency(chart, dependency)),
  ];
  const byFirstKey = new Map<string, Read[]>();
  for (const read of reads) {
    const key = read.path[0] ?? '';
    const known = byFirstKey.get(key);
    if (known) known.push(read);
    else byFirstKey.set(key, [read]);
  }
  const ofAll = byFirstKey.get('')?.[0]?.where;
  return {
    readerOf: text => {
      const path = mapKeys(text);
      const near = byFirstKey.get(path[0] ?? '') ?? [];
      return near.find(read => isPrefix(read.path, path) || isPrefix(path, read.path))?.where ?? ofAll;
    },
    readBeside: text => {
      const own = reads.filter(read => read.isChoice && pathText(read.path) === text);
      const lines = new Set(own.map(({ where }) => where));
      const beside = reads.filter(({ where }) => lines.has(where)).map(({ path }) => pathText(path));
      return [...new Set(beside)].filter(path => path !== text && path !== '');
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

function readsIn(chart: ReadingChart, file: string, text: string): Read[] {
  const scopes = scopesOf(chart, file);
  const code = text.replaceAll(REMARK, remark => remark.replaceAll(/[^\n]+/g, ''));
  return code.split('\n').flatMap((line, number) => {
    const at = { where: `${file}:${number + 1}`, isChoice: CHOICE.test(line) };
    return readsOnLine(line).flatMap(path =>
      path[0] === 'global' ? [{ path, ...at }] : scopes.map(scope => ({ path: [...scope, ...path], ...at })),
    );
  });
}

function readsOnLine(line: string): string[][] {
  const dotted = [...line.matchAll(VALUES)].map(([, path = '']) => path.slice(1).split('.'));
  const indexed = [...line.matchAll(INDEXED)].map(([, keys = '']) =>
    [...keys.matchAll(/"([^"]+)"/g)].map(([, key = '']) => key),
  );
  return [...dotted, ...indexed, ...(WHOLE.test(line) ? [[]] : [])];
}

/**
 * `charts/redis/templates/x.yaml` reads below `redis`, or below each alias of it. What a subchart only defines, its
 * parent may call with its own values.
 */
function scopesOf({ dependencies }: ReadingChart, file: string): string[][] {
  const [name, ...deeper] = [...file.matchAll(/(?:^|\/)charts\/([^/]+)\//g)].map(([, folder = '']) => folder);
  if (name === undefined) return [[]];
  const keys = dependencies.filter(dependency => dependency.name === name).map(valuesKeyOf);
  const scopes = (keys.length > 0 ? keys : [name]).map(key => [key, ...deeper]);
  return DEFINITIONS.test(file) ? [...scopes, []] : scopes;
}

/** Helm itself reads the condition and the tags that switch a subchart on. */
function readsOfDependency({ files }: ReadingChart, dependency: ChartDependency): Read[] {
  const at = { where: 'Chart.yaml', isChoice: false };
  const isUnpacked = [...files.keys()].some(file => file.startsWith(`charts/${dependency.name}/`));
  const conditions = (dependency.condition ?? '').split(',').map(path => path.trim());
  return [
    { path: ['tags'], ...at },
    ...conditions.filter(path => path !== '').map(path => ({ path: path.split('.'), ...at })),
    ...(isUnpacked ? [] : [{ path: [valuesKeyOf(dependency)], ...at }]),
  ];
}

/** The key of the parent's values that holds those of a subchart. */
export function valuesKeyOf({ name, alias }: ChartDependency): string {
  return alias ?? name;
}

function isPrefix(short: readonly string[], long: readonly string[]): boolean {
  return short.length <= long.length && short.every((key, index) => key === long[index]);
}

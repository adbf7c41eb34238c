import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** One import of a file; `to` is a file of ours, or the name of a package. */
type Import = { from: string; to: string; typeOnly: boolean; lazy: boolean };
type SourceFunction = {
  file: string;
  name: string;
  lines: number;
  exported: boolean;
  documented: boolean;
};
export type SourceFile = {
  file: string;
  text: string;
  lines: number;
  imports: Import[];
  functions: SourceFunction[];
};

/** Every TypeScript file of the program, parsed. */
export function sourceFiles(): SourceFile[] {
  return ['src', 'generators'].flatMap(folder =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.ts'))
      .map(name => readSource(path.posix.join(folder, name.split(path.sep).join('/')))),
  );
}

function readSource(file: string): SourceFile {
  const text = readFileSync(path.join(ROOT, file), 'utf8');
  const parsed = parseSync(file, text);
  const fixed = parsed.module.staticImports.map(({ moduleRequest, entries }) => ({
    to: moduleRequest.value,
    typeOnly: entries.length > 0 && entries.every(entry => entry.isType),
    lazy: false,
  }));
  const passedOn = parsed.module.staticExports
    .flatMap(({ entries }) => entries)
    .flatMap(({ moduleRequest, isType }) =>
      moduleRequest === null ? [] : [{ to: moduleRequest.value, typeOnly: isType, lazy: false }],
    );
  const lazy = [...text.matchAll(/(typeof )?import\('([^']+)'\)/g)].map(([, type, to = '']) => ({
    to,
    typeOnly: type !== undefined,
    lazy: true,
  }));
  const imports = [...fixed, ...passedOn, ...lazy].map(found => ({
    ...found,
    from: file,
    to: targetOf(file, found.to),
  }));
  return {
    file,
    text,
    lines: text.trimEnd().split('\n').length,
    imports,
    functions: functionsOf(file, text, parsed),
  };
}

function targetOf(file: string, specifier: string): string {
  return specifier.startsWith('.') ? path.posix.join(path.posix.dirname(file), specifier) : specifier;
}

/** Named functions: declarations, and constants that hold one. */
function functionsOf(file: string, text: string, parsed: ReturnType<typeof parseSync>): SourceFunction[] {
  const found: SourceFunction[] = [];
  const exported = new Map<number, number>();
  const docs = parsed.comments.filter(({ type, value }) => type === 'Block' && value.startsWith('*'));
  const add = (name: string, start: number, end: number, outer: number): void => {
    const head = exported.get(outer);
    const documented = docs.some(
      doc => text.slice(doc.end, head ?? outer).trim() === '' && doc.end <= (head ?? outer),
    );
    const lines = text.slice(start, end).split('\n').length;
    found.push({ file, name, lines, exported: head !== undefined, documented });
  };
  new Visitor({
    ExportNamedDeclaration: node => {
      if (node.declaration !== null) exported.set(node.declaration.start, node.start);
    },
    FunctionDeclaration: node => add(node.id?.name ?? '', node.start, node.end, node.start),
    MethodDefinition: node =>
      add(
        'key' in node && node.key.type === 'Identifier' ? node.key.name : '',
        node.start,
        node.end,
        node.start,
      ),
    VariableDeclaration: node => {
      for (const { id, init } of node.declarations)
        if (init?.type === 'ArrowFunctionExpression' || init?.type === 'FunctionExpression')
          add(id.type === 'Identifier' ? id.name : '', node.start, node.end, node.start);
    },
  }).visit(parsed.program);
  return found;
}

/** The longest chain of fixed imports from each file, types left out: what is loaded at run time. */
export function longestChains(files: readonly SourceFile[]): Map<string, string[]> {
  const byName = new Map(files.map(source => [source.file, source]));
  const chains = new Map<string, string[]>();
  const chainOf = (source: SourceFile): string[] => {
    const known = chains.get(source.file);
    if (known !== undefined) return known;
    chains.set(source.file, [source.file]);
    const below = source.imports
      .filter(({ typeOnly, lazy }) => !typeOnly && !lazy)
      .flatMap(({ to }) => byName.get(to) ?? [])
      .map(chainOf);
    const chain = [source.file, ...below.reduce((a, b) => (b.length > a.length ? b : a), [])];
    chains.set(source.file, chain);
    return chain;
  };
  for (const source of files) chainOf(source);
  return chains;
}

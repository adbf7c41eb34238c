import fc from 'fast-check';
import { type Document, parseAllDocuments, visit } from 'yaml';

/** The text of a values file. */
export type Written = string;

const key = fc.constantFrom('a', 'b', 'image', 'tag', 'enabled', 'x.y/z', 'resources', 'env', 'replicas');

const scalar = fc.constantFrom(
  '1',
  '2',
  'true',
  'false',
  'null',
  '""',
  '"1.10"',
  "'it''s'",
  'plain text',
  '1.22.0',
  '0644',
  '12345678901234567890',
  '[]',
  '{}',
  '[x, z]',
  '{k: 1, l: two}',
  '"# no comment"',
);

const folded = fc.constantFrom<string[][]>(
  ['|', '  one', '', '    two'],
  ['>-', '  folded', '  text'],
  ['|-', '  x: y'],
);

const comment = fc.constantFrom('# docs', '## more  docs', '# tag: latest', '#', '# -- @section');

/** Lines of a map in some column: comments, blank lines, scalars, folded text, maps and lists below keys. */
const { lines } = fc.letrec<{ lines: string[]; entry: string[]; value: string[]; item: string[] }>(tie => ({
  lines: fc
    .uniqueArray(fc.tuple(key, tie('entry')), { minLength: 1, maxLength: 4, selector: ([name]) => name })
    .map(entries => entries.flatMap(([name, [first = '', ...rest]]) => withKey(name, first, rest))),
  entry: fc
    .tuple(fc.array(comment, { maxLength: 2 }), fc.boolean(), tie('value'))
    .map(([comments, blank, [first = '', ...rest]]) => [
      [...(blank ? [''] : []), ...comments, first].join('\n'),
      ...rest,
    ]),
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar.map((text): string[] => [text]),
    folded,
    tie('lines').map(inside => ['', ...inside.map(indent)]),
    fc.array(tie('item'), { minLength: 1, maxLength: 3 }).map(items => ['', ...items.flat().map(indent)]),
  ),
  item: fc.oneof(
    fc.constantFrom<string[][]>(['- x'], ['- "y"'], ['- 1']),
    fc.constantFrom<string[][]>(
      ['- name: A', '  value: "1"'],
      ['- name: B', '  value: "2"', '  # note'],
      ['- {name: C}'],
    ),
  ),
}));

/** Puts the key in front of the value, below its comments. */
function withKey(name: string, first: string, rest: readonly string[]): string[] {
  const above = first.split('\n');
  const value = above.pop() ?? '';
  return [...above, `${name}:${value === '' ? '' : ` ${value}`}`, ...rest];
}

function indent(line: string): string {
  return line === '' ? '' : `  ${line}`;
}

export const valuesFile: fc.Arbitrary<Written> = lines.map(all => `${all.join('\n')}\n`).filter(isMap);

type Change = { at: number; kind: number; text: string };

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(),
  kind: fc.nat({ max: 6 }),
  text: fc.constantFrom('9', '"mine"', 'null', '[q]', '{m: 1}', 'w'),
});

/** The same file after a few of the edits that people make; each leaves a map behind. */
export function customised(base: Written): fc.Arbitrary<Written> {
  return fc.array(change, { maxLength: 4 }).map(changes => {
    let text = base;
    for (const [number, one] of changes.entries()) {
      const edited = edit(text, one, number);
      if (isMap(edited)) text = edited;
    }
    return text;
  });
}

function edit(text: string, { at, kind, text: value }: Change, number: number): string {
  const all = text.split('\n').slice(0, -1);
  const index = at % Math.max(1, all.length);
  const line = all[index] ?? '';
  const column = line.length - line.trimStart().length;
  const space = ' '.repeat(column);
  const replaced: Record<number, string[]> = {
    0: [line.replace(/: .*$/, `: ${value}`)],
    1: [],
    2: [`${space}# team ${number}${value.replaceAll(/\W/g, '')}`, line],
    3: [line, `${space}team${number}: ${value}`],
    4: [line.replace(/^( *)# ?(?=\w+:)/, '$1')],
    5: [line, `${space}- ${value}`],
    6: [line.replace(/: (?:\{\}|\[\])$/, `:\n${space}  team: ${value}`)],
  };
  all.splice(index, 1, ...(replaced[kind] ?? [line]));
  return `${all.join('\n')}\n`;
}

/** One document, a map without a key twice, that every reader of YAML takes; `|` has a line of text. */
function isMap(text: string): boolean {
  if (!/^\w/m.test(text)) return false;
  const documents = parseAllDocuments(text, { logLevel: 'silent' });
  const [document] = documents;
  const data: unknown = document?.errors.length === 0 ? document.toJS() : undefined;
  return (
    documents.length === 1 &&
    !hasEmptyText(document) &&
    typeof data === 'object' &&
    data !== null &&
    !Array.isArray(data)
  );
}

function hasEmptyText(document: Document | undefined): boolean {
  let found = false;
  visit(document ?? null, {
    Scalar: (_, { type, value }) => {
      if (type?.startsWith('BLOCK') && String(value).trim() === '') found = true;
    },
  });
  return found;
}

import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';

/** A YAML file as people write them: the text, and the pieces of its top-level keys, of which `at` is the first. */
export type YamlText = { text: string; pieces: readonly string[] };

type Chunk = (indent: string, comment: () => string) => string;

const WORDS = fc.constantFrom('web', 'a b', '1.10', 'true', 'x-y', 'v1.2.3', '08', 'no');
const QUOTED = fc.constantFrom('web', '1.10', "it's", 'a: b', 'no # c', '', 'x, y');

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const trailing = fc.boolean();

function note(isThere: boolean, comment: () => string): string {
  return isThere ? ` ${comment()}` : '';
}

/** What stands on the key's line: scalars in every style, and collections between brackets. */
const inline: fc.Arbitrary<Chunk> = fc
  .record({
    value: fc.oneof(
      WORDS,
      QUOTED.map(text => JSON.stringify(text)),
      QUOTED.map(quoted),
      fc.constantFrom('', 'null', '~', '[]', '{}', '5', '-1.5e3', '[a, "b", {c: 1}]', '{a: 1, "b": [x], c}'),
      fc.constantFrom(
        '[\n            a, # in\n            b,\n            ]',
        '{\n            a: 1,\n            b: two\n            }',
        'plain\n            on two lines',
      ),
      fc.constantFrom('"double \\\n            on two"', "'single\n            on two'"),
    ),
    mark: fc.constantFrom('', '', '', '', '&it ', '!!str ', '!own ', '&it !own '),
    gap: fc.constantFrom(' ', ' ', '  ', '\t'),
    trailing,
  })
  .filter(({ value, mark }) => !(mark.includes('!!str') && /^[[{]/.test(value)))
  .map(({ value, mark, gap, trailing: isThere }): Chunk => (_, comment) => {
    const shown = value.replaceAll('# in', comment());
    return `${shown === '' && mark === '' ? '' : gap}${mark}${shown}${note(isThere, comment)}\n`;
  });

const blockScalar: fc.Arbitrary<Chunk> = fc
  .record({
    header: fc.constantFrom('|', '|-', '|+', '>', '>-', '>+', '|2-'),
    body: fc.constantFrom(['one'], ['one', 'two'], ['one', '', '  deeper'], ['# no comment', 'x']),
    after: fc.constantFrom('', '\n'),
    trailing,
  })
  .map(({ header, body, after, trailing: isThere }): Chunk => (indent, comment) => {
    const lines = body.map(line => (line === '' ? '\n' : `${indent}  ${line}\n`));
    return ` ${header}${note(isThere, comment)}\n${lines.join('')}${after}`;
  });

const KEYS = ['name', 'zone', "'q r'", '"no"', 'b.c/d', '? e', '!!str t', 'a'];

function mapOf(value: fc.Arbitrary<Chunk>, least: number): fc.Arbitrary<Chunk> {
  const entry = fc.record({ value, above: trailing });
  return fc
    .tuple(
      fc.subarray(KEYS, { minLength: least, maxLength: 4 }),
      fc.array(entry, { minLength: 4, maxLength: 4 }),
    )
    .map(
      ([keys, entries]): Chunk =>
        (indent, comment) =>
          keys
            .map((key, index) => {
              const { value: chunk, above } = entries[index] ?? { value: () => '\n', above: false };
              const head = above ? `${indent}${comment()}\n` : '';
              const mark = key.startsWith('? ') ? `${key}\n${indent}:` : `${key}:`;
              return `${head}${indent}${mark}${chunk(indent, comment)}`;
            })
            .join(''),
    );
}

function listOf(value: fc.Arbitrary<Chunk>): fc.Arbitrary<Chunk> {
  const item = fc.record({ value, above: trailing });
  return fc.array(item, { minLength: 1, maxLength: 3 }).map(
    (items): Chunk =>
      (indent, comment) =>
        items
          .map(({ value: chunk, above }) => {
            const head = above ? `${indent}${comment()}\n` : '';
            return `${head}${indent}-${chunk(indent, comment)}`;
          })
          .join(''),
  );
}

/** On the line of its dash. */
function compact(map: fc.Arbitrary<Chunk>): fc.Arbitrary<Chunk> {
  return map.map((chunk): Chunk => (indent, comment) => {
    const text = chunk(`${indent}  `, comment);
    return text.trimStart().startsWith('#') ? `\n${text}` : ` ${text.slice(indent.length + 2)}`;
  });
}

/** On the lines below its key. */
function below(block: fc.Arbitrary<Chunk>, steps: string[]): fc.Arbitrary<Chunk> {
  return fc.record({ block, step: fc.constantFrom(...steps), trailing }).map(
    ({ block: chunk, step, trailing: isThere }): Chunk =>
      (indent, comment) =>
        `${note(isThere, comment)}\n${chunk(indent + step, comment)}`,
  );
}

const leaf = fc.oneof({ weight: 3, arbitrary: inline }, { weight: 2, arbitrary: blockScalar });
const inner = fc.oneof(
  { weight: 2, arbitrary: leaf },
  { weight: 1, arbitrary: below(mapOf(leaf, 1), ['  ', '    ']) },
  { weight: 1, arbitrary: below(listOf(leaf), ['', '  ']) },
);
const value = fc.oneof(
  { weight: 2, arbitrary: leaf },
  { weight: 2, arbitrary: below(mapOf(inner, 1), ['  ', '    ']) },
  {
    weight: 1,
    arbitrary: below(listOf(fc.oneof(leaf, compact(mapOf(leaf, 1)), compact(listOf(leaf)))), ['', '  ']),
  },
);

/** Files in every style: scalars, brackets and blocks, comments in every place, tabs, CRLF, anchors, tags, a BOM. */
export const yamlTexts: fc.Arbitrary<YamlText> = fc
  .record({
    values: fc.array(value, { minLength: 2, maxLength: 4 }),
    head: fc.constantFrom('', '', '# head\n\n', '---\n', '%YAML 1.2\n---\n', '\ufeff', '\ufeff# head\n'),
    foot: fc.constantFrom('', '', '# foot\n', '---\nother: 1 # two\n', '...\n'),
    spaced: fc.boolean(),
    crlf: fc.boolean(),
    open: fc.boolean(),
  })
  .map(({ values, head, foot, spaced, crlf, open }) => {
    let comments = 0;
    const comment = (): string => `# c${++comments}`;
    const chunks = values.map((chunk, index) => {
      const above = index % 2 === 1 ? `${comment()}\n` : '';
      return `${above}k${index}:${chunk('', comment)}${spaced ? '\n' : ''}`;
    });
    // One anchor of a name only: an alias would have to say which.
    const pieces = [head, ...chunks, foot].map((piece, index) =>
      piece.replaceAll('&it', () => `&it${index}`).replaceAll('\n', crlf ? '\r\n' : '\n'),
    );
    const last = pieces.findLastIndex(piece => piece !== '');
    if (open) pieces[last] = pieces[last]?.replace(/\r?\n$/, '') ?? '';
    return { text: pieces.join(''), pieces };
  })
  .filter(({ text }) => [parseAllDocuments(text)].flat().every(({ errors }) => errors.length === 0));

const TEXTS = [
  ['new', '1.10', 'no', 'null', '', ' lead', 'trail ', 'a: b', '# x', "it's", 'say "x"', 'é ü', '{a}', '*x'],
  ['12:30:45', '0o7', '2024-01-01', '~', '-', '? x', 'two\nlines', 'two\nlines\n', 'x\n\n', ' a\nb', 'a \nb'],
  ['\ttab', 'a\r\nb', '[x', 'x, y', '!tag', '%x', '@x', '`x`', '1e3', '.5', 'y', '=', '\u2028', '\u0000x'],
].flat();
const OTHERS: unknown[] = [true, false, 0, 7, -1.5, null, {}, [], { a: 1 }, ['a'], [['a'], []]];
const NESTED: unknown[] = [
  { a: '1.10', b: { c: ['x', 'no'] } },
  [{ name: 'x', list: [1, 'two'] }, 'y'],
  { text: 'two\nlines\n' },
  ['two\nlines'],
];

/** What people and programs may want to write, the odd among it. */
export const newValues = fc.constantFrom<unknown[]>(...TEXTS, ...OTHERS, ...NESTED);

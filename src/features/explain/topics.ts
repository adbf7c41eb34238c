/** What a word can be. */
export const TOPIC_KINDS = ['error', 'rule', 'decision', 'risk', 'concept'] as const;
export type TopicKind = (typeof TOPIC_KINDS)[number];

/** A word of slipway with what the shipped pages say of it. */
export type Explained = {
  word: string;
  kind: TopicKind;
  /** One line. */
  title: string;
  /** Markdown; empty where the title says all. */
  text: string;
  /** The page that it stands on, from the package's root. */
  page: string;
};

/** A page of the documentation: its place, and its text. */
export type DocPage = { file: string; text: string };

/** Where the words of each kind stand: the rows of tables whose first column has one of these heads, in any language. */
const TABLES: readonly { page: string; heads: readonly string[]; kind: Exclude<TopicKind, 'rule'> }[] = [
  { page: 'errors.md', heads: ['code', '代码'], kind: 'error' },
  { page: 'upgrade.md', heads: ['outcome', '结果'], kind: 'decision' },
  { page: 'upgrade.md', heads: ['class', '类别'], kind: 'risk' },
  { page: 'dictionary.md', heads: ['word', '词'], kind: 'concept' },
];

/** The pages that `topicsOf` reads beside those of the rules. */
export const TABLE_PAGES: readonly string[] = [...new Set(TABLES.map(({ page }) => page))];

/** Every word that the pages explain, in the order of the pages. */
export function topicsOf(pages: readonly DocPage[]): Explained[] {
  return pages.flatMap(page => {
    const rule = /(?:^|\/)rules\/([a-z0-9-]+)\.md$/.exec(page.file)?.[1];
    if (rule !== undefined) return [ruleTopic(rule, page)];
    const kinds = TABLES.filter(table => page.file.endsWith(`/${table.page}`));
    return tablesOf(page.text).flatMap(table => {
      const kind = kinds.find(({ heads }) => heads.includes(table.heads[0] ?? ''))?.kind;
      return kind === undefined ? [] : table.rows.flatMap(row => rowTopics(row, { table, kind, page }));
    });
  });
}

/** What a person may have meant, however it is written: `E_DIRTY`, `e-dirty`, `image changed`, `moved?`. */
export function sameWord(a: string, b: string): boolean {
  return plain(a) === plain(b);
}

function plain(word: string): string {
  return word
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, '-')
    .replaceAll('?', '');
}

/** `# code`, a line with its severity and title, then what people wrote. */
function ruleTopic(word: string, { file, text }: DocPage): Explained {
  const [, title = '', ...rest] = text.split('\n\n');
  return { word, kind: 'rule', title: unmarked(title), text: rest.join('\n\n').trim(), page: file };
}

type Row = { cells: string[]; section: string };
type Table = { heads: string[]; rows: Row[] };

function tablesOf(text: string): Table[] {
  const tables: Table[] = [];
  let section = '';
  let open: Table | undefined;
  for (const line of text.split('\n')) {
    if (line.startsWith('#')) section = line.replace(/^#+ /, '');
    if (!line.startsWith('|')) open = undefined;
    else if (!open) tables.push((open = { heads: cellsOf(line), rows: [] }));
    else if (!/^[|\s:-]+$/.test(line)) open.rows.push({ cells: cellsOf(line), section });
  }
  return tables;
}

function cellsOf(line: string): string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map(cell => cell.trim());
}

/** A row may be about several words: `` `both-changed`, `type-changed` ``. */
function rowTopics(
  { cells, section }: Row,
  { table, kind, page }: { table: Table; kind: TopicKind; page: DocPage },
): Explained[] {
  const [first = '', title = '', ...rest] = cells;
  const details = rest.flatMap((cell, index) =>
    cell === '' ? [] : [`${table.heads[index + 2] ?? ''}: ${cell}`],
  );
  const text = [...details, ...(kind === 'error' ? [section] : [])].join('\n');
  return first
    .split(', ')
    .map(unmarked)
    .map(word => ({ word, kind, title: unmarked(title), text, page: page.file }));
}

/** Without what only Markdown needs. */
function unmarked(text: string): string {
  return text.replaceAll(/[`*]/g, '').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1');
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const DOCS = path.resolve(import.meta.dirname, '../docs');
const TWINS = readdirSync(path.join(DOCS, 'zh-CN'), { recursive: true, encoding: 'utf8' }).filter(name =>
  name.endsWith('.md'),
);

/** What a newcomer reads: from the README by the tutorial to the first weeks of work. */
const FOR_NEWCOMERS =
  'install tutorial onboard new-app outdated upgrade diff check add seal undo doctor explain completion layouts command-line errors dictionary'.split(
    ' ',
  );

function read(page: string): string {
  return readFileSync(path.join(DOCS, page), 'utf8');
}

/** Lines of a page, apart from those of its blocks of code. */
function prose(page: string): string {
  return read(page).replaceAll(/^```[^]*?^```$/gm, '```');
}

/** What the two have in common: headings by their depth, rows of tables, blocks of code. */
function shape(page: string): string[] {
  const lines = prose(page).split('\n');
  return lines.flatMap(line => /^(?:#+(?= )|\||```)/.exec(line) ?? []);
}

/** Blocks of code, without the comments, which are translated. */
function code(page: string): string[] {
  const blocks = [...read(page).matchAll(/^```(\w*)\n([^]*?)^```$/gm)];
  return blocks.map(([, language = '', text = '']) =>
    language === ''
      ? `${text.split('\n').length} lines`
      : text.replaceAll(/(?<![^\s])#(?!  ).*$/gm, '#').replaceAll(/ +#$/gm, ' #'),
  );
}

/** The first cells of tables that name things: what is between backticks in them is the same. */
function named(page: string): string[] {
  const rows = [...prose(page).matchAll(/^\| (.*?) \|/gm)].map(([, cell = '']) => cell);
  return rows.flatMap(cell => cell.match(/`[^`]*`/g) ?? []);
}

/** A flag that lost a dash. */
function shortFlags(page: string): string[] {
  return prose(page).match(/`-[a-z]{2,}/g) ?? [];
}

test('every page that a newcomer reads is there in Chinese', () => {
  expect(FOR_NEWCOMERS.filter(name => !TWINS.includes(`${name}.md`))).toEqual([]);
});

describe.each(TWINS)('%s', name => {
  const [en, zh] = [name, path.posix.join('zh-CN', name)];

  test('has the headings, tables, names and code of its twin', () => {
    expect(shape(zh)).toEqual(shape(en));
    expect(code(zh)).toEqual(code(en));
    expect(named(zh)).toEqual(named(en));
    expect(shortFlags(zh).filter(word => !shortFlags(en).includes(word))).toEqual([]);
  });

  test('leads to Chinese pages, where there are some', () => {
    const folder = path.posix.dirname(zh);
    const targets = [...prose(zh).matchAll(/\]\((?!https?:|#)([^)#]+\.md)/g)].map(([, to = '']) =>
      path.posix.normalize(path.posix.join(folder, to)),
    );
    const missed = targets.filter(to => to !== en && existsSync(path.join(DOCS, 'zh-CN', to)));
    expect(missed).toEqual([]);
  });
});

// Renders README, docs/ and what they lead to into a folder of pages that open from disk: no server, no network, no script but the
// search.
//
//   npm run site -- OUT
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Marked } from 'marked';
import { loadManual } from '../load-manual.js';

const ROOT = path.resolve(import.meta.dirname, '../..');
const HERE = import.meta.dirname;

/** Pages in the order in which a newcomer reads them; what is not named comes behind, by name. */
const FIRST = [
  'README.md',
  'docs/install.md',
  'docs/tutorial.md',
  'docs/new-app.md',
  'docs/upgrade.md',
  'docs/check.md',
];

/** The Chinese twin of a page, where there is one: `README.zh-CN.md`, `docs/zh-CN/<name>.md`. */
function twinOf(page, pages) {
  const twins = page.includes('zh-CN')
    ? [page.replace('.zh-CN.md', '.md').replace('zh-CN/', '')]
    : [page.replace(/\.md$/, '.zh-CN.md'), page.replace(/^docs\//, 'docs/zh-CN/')];
  return twins.find(twin => twin !== page && pages.includes(twin));
}

async function pagesOf() {
  const docs = await readdir(path.join(ROOT, 'docs'), { recursive: true });
  const others = await readdir(path.join(ROOT, 'integrations'), { recursive: true });
  const roots = (await readdir(ROOT)).filter(name => name.endsWith('.md'));
  const found = [
    ...roots,
    ...docs.map(name => `docs/${name.split(path.sep).join('/')}`),
    ...others.map(name => `integrations/${name.split(path.sep).join('/')}`),
  ].filter(name => name.endsWith('.md'));
  const rank = page => (FIRST.includes(page) ? FIRST.indexOf(page) : FIRST.length);
  return found.toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

/** Pages that nobody writes: their text, by their name. */
async function referencePages(pages) {
  const { referencePage } = await loadManual();
  const at = (folder, language) =>
    referencePage(language, name => {
      // One page tells of moving and renaming.
      const page = pages.includes(`docs/${name}.md`) ? name : 'move';
      return folder === '' || pages.includes(`docs/${folder}${page}.md`) ? `${page}.md` : `../${page}.md`;
    });
  return new Map([
    ['docs/reference.md', await at('', 'en')],
    ['docs/zh-CN/reference.md', await at('zh-CN/', 'zh-CN')],
  ]);
}

function htmlName(page) {
  return page === 'README.md' ? 'index.html' : page.replace(/\.md$/, '.html');
}

/** As GitHub makes them of a heading, so that links of the pages lead there. */
function slugOf(text) {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(/\s/g, '-');
}

function escape(text) {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function relativeTo(page, target) {
  const from = path.posix.dirname(htmlName(page));
  return path.posix.relative(from === '.' ? '' : from, target);
}

/** One page: its HTML, its title, its headings, and the files beside pages that it leads to. */
function render(page, text, pages) {
  const headings = [];
  const files = new Set();
  const marked = new Marked({ gfm: true });
  const link = href => {
    if (/^(?:[a-z]+:|#)/i.test(href)) return href;
    const [to, anchor = ''] = href.split('#');
    const target = path.posix.normalize(path.posix.join(path.posix.dirname(page), to));
    const isPage = pages.includes(target);
    const index = `${target.replace(/\/$/, '')}/README.md`;
    if (!isPage && pages.includes(index)) return relativeTo(page, htmlName(index));
    if (!isPage) files.add(target);
    return relativeTo(page, isPage ? htmlName(target) : target) + (anchor === '' ? '' : `#${anchor}`);
  };
  marked.use({
    renderer: {
      heading({ tokens, depth, text: raw }) {
        const inner = this.parser.parseInline(tokens);
        const plain = raw.replaceAll(/[`*]|\]\([^)]*\)|\[/g, '');
        headings.push({ depth, plain, slug: slugOf(plain) });
        return `<h${depth} id="${slugOf(plain)}">${inner}</h${depth}>\n`;
      },
      link({ href, tokens }) {
        return `<a href="${escape(link(href))}">${this.parser.parseInline(tokens)}</a>`;
      },
      image({ href, text: alternative }) {
        return `<img src="${escape(link(href))}" alt="${escape(alternative)}">`;
      },
      // Who has no mouse scrolls what has the focus.
      code({ text: shown }) {
        return `<pre tabindex="0"><code>${escape(shown)}</code></pre>\n`;
      },
      // A table is wider than a telephone.
      table(token) {
        const row = cells => `<tr>${cells.join('')}</tr>`;
        const cell = (each, tag) => `<${tag}>${this.parser.parseInline(each.tokens)}</${tag}>`;
        const head = row(token.header.map(each => cell(each, 'th')));
        const body = token.rows.map(cells => row(cells.map(each => cell(each, 'td')))).join('\n');
        return `<div class="wide" tabindex="0"><table><thead>${head}</thead><tbody>${body}</tbody></table></div>\n`;
      },
    },
  });
  const body = marked.parse(text);
  return { page, body, title: headings[0]?.plain ?? page, headings, files, text };
}

/** The folder that a page is listed under; those of the first level and of docs/ are listed openly. */
function groupOf(page) {
  const folder = path.posix.dirname(page).replace('docs/zh-CN', 'docs');
  return ['.', 'docs'].includes(folder) ? '' : folder;
}

function navigation(current, rendered) {
  const isChinese = current.page.includes('zh-CN');
  const listed = rendered.filter(({ page }) => page.includes('zh-CN') === isChinese);
  const groups = new Set(listed.map(({ page }) => groupOf(page)));
  return [...groups]
    .map(group => {
      const pages = listed.filter(({ page }) => groupOf(page) === group);
      const items = pages.map(({ page, title }) => {
        const mark = page === current.page ? ' aria-current="page"' : '';
        return `<li><a href="${relativeTo(current.page, htmlName(page))}"${mark}>${escape(title)}</a></li>`;
      });
      const list = `<ul>${items.join('')}</ul>`;
      if (group === '') return list;
      const open = group === groupOf(current.page) ? ' open' : '';
      return `<details${open}><summary>${escape(group)}</summary>${list}</details>`;
    })
    .join('\n');
}

function wholePage(current, rendered, pages) {
  const isChinese = current.page.includes('zh-CN');
  const twin = twinOf(current.page, pages);
  const to = file => relativeTo(current.page, file);
  const other =
    twin === undefined
      ? ''
      : `<a class="twin" lang="${isChinese ? 'en' : 'zh-CN'}" href="${to(htmlName(twin))}">${isChinese ? 'English' : '简体中文'}</a>`;
  const search = isChinese ? '搜索' : 'Search';
  return `<!doctype html>
<html lang="${isChinese ? 'zh-CN' : 'en'}" data-root="${to('.') || '.'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(current.title)} · slipway</title>
<link rel="stylesheet" href="${to('site.css')}">
<script defer src="${to('search-index.js')}"></script>
<script defer src="${to('search.js')}"></script>
</head>
<body>
<header><a href="${to(isChinese ? 'README.zh-CN.html' : 'index.html')}">slipway</a>
<form role="search"><input type="search" id="search" placeholder="${search}" aria-label="${search}" autocomplete="off"><ol id="found" hidden></ol></form>
${other}</header>
<nav aria-label="${isChinese ? '目录' : 'Pages'}">${navigation(current, rendered)}</nav>
<main>
${current.body}
</main>
</body>
</html>
`;
}

/** What the search looks through: each part of a page below its heading, as words. */
function searchIndex(rendered) {
  return rendered.flatMap(({ page, title, text, headings }) => {
    const parts = text.split(/^#{1,6} .*$/m).slice(1);
    return headings.map(({ plain, slug }, at) => ({
      href: `${htmlName(page)}#${slug}`,
      title: plain === title ? title : `${title} › ${plain}`,
      text: (parts[at] ?? '')
        .replaceAll(/[`*|#>]|\]\([^)]*\)|\[|-{3,}/g, ' ')
        .replaceAll(/\s+/g, ' ')
        .trim(),
      lang: page.includes('zh-CN') ? 'zh-CN' : 'en',
    }));
  });
}

async function main(out) {
  const written = await pagesOf();
  const reference = await referencePages(written);
  const pages = [...written, ...reference.keys()];
  const rendered = await Promise.all(
    pages.map(async page => {
      const text = reference.get(page) ?? (await readFile(path.join(ROOT, page), 'utf8'));
      return render(page, text, pages);
    }),
  );
  for (const current of rendered) {
    const file = path.join(out, htmlName(current.page));
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, wholePage(current, rendered, pages));
    for (const target of current.files)
      await cp(path.join(ROOT, target), path.join(out, target), { recursive: true });
  }
  await writeFile(
    path.join(out, 'search-index.js'),
    `globalThis.pages = ${JSON.stringify(searchIndex(rendered))};\n`,
  );
  for (const file of ['site.css', 'search.js']) await cp(path.join(HERE, file), path.join(out, file));
  process.stdout.write(`${path.join(out, 'index.html')}\n`);
}

const [out] = process.argv.slice(2);
if (out === undefined) throw new Error('usage: main.js OUT');
await main(path.resolve(out));

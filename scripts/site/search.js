// Looks through what search-index.js has brought; every word that was typed has to stand there. Titles count more.
const field = document.querySelector('#search');
const list = document.querySelector('#found');
const root = document.documentElement.dataset.root;
const MOST = 12;

function scoreOf({ title, text, lang }, words) {
  const [head, body] = [title.toLowerCase(), text.toLowerCase()];
  let score = lang === document.documentElement.lang ? 1 : 0;
  for (const word of words) {
    if (head.includes(word)) score += 10;
    else if (body.includes(word)) score += 1;
    else return 0;
  }
  return score;
}

/** Chinese is written without spaces: its words are told apart by what the browser knows of them. */
const segmenter = globalThis.Intl.Segmenter && new Intl.Segmenter('zh', { granularity: 'word' });

function wordsOf(typed) {
  const runs =
    typed
      .toLowerCase()
      .match(/\p{Script=Han}+|[^\s\p{Script=Han}\p{P}]+(?:[\p{P}][^\s\p{Script=Han}\p{P}]+)*/gu) ?? [];
  return runs.flatMap(run =>
    segmenter && /\p{Script=Han}/u.test(run)
      ? [...segmenter.segment(run)].map(({ segment }) => segment)
      : [run],
  );
}

function show() {
  const words = wordsOf(field.value);
  const found =
    words.length === 0 ? [] : globalThis.pages.map(page => ({ page, score: scoreOf(page, words) }));
  const best = found.filter(({ score }) => score > 0).toSorted((a, b) => b.score - a.score);
  list.replaceChildren(
    ...best.slice(0, MOST).map(({ page }) => {
      const link = document.createElement('a');
      link.href = `${root}/${page.href}`;
      link.textContent = page.title;
      const item = document.createElement('li');
      item.append(link);
      return item;
    }),
  );
  list.hidden = best.length === 0;
}

field.addEventListener('input', show);
field.form.addEventListener('submit', event => {
  event.preventDefault();
  list.querySelector('a')?.click();
});
document.addEventListener('keydown', event => {
  if (event.key === '/' && document.activeElement !== field) {
    event.preventDefault();
    field.focus();
  }
  if (event.key === 'Escape') list.hidden = true;
});

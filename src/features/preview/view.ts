import { jsonDocument } from '../../cli/run-end.ts';
import type { Session } from '../../cli/context.ts';
import type { Line } from '../../output/lay-out.ts';
import { type Cell, renderTable } from '../../output/table.ts';
import { display } from '../../text/display.ts';
import { say } from '../../locales/say.ts';
import type { Text } from '../../text/language.ts';
import { type AppPreview, byPile, type Caution, countObjects, type Preview } from './facts.ts';
import { countsOf, imageSides, objectWords, PILE_WORDS, titleOf, TONES, verdictOf } from './words.ts';

/** What `preview --json` prints. */
export function previewJson(preview: Preview, command: string): string {
  const { base, head, apps, untouched, cautions } = preview;
  const piles = Object.fromEntries(byPile(apps).map(([pile, own]) => [pile, own.length]));
  const body = {
    base,
    head,
    summary: { piles, untouched, objects: countObjects(apps) },
    cautions: cautions.map(cautionJson),
    apps: apps.map(appJson),
  };
  return jsonDocument(1, body, { next: [], command });
}

function appJson(app: AppPreview) {
  const { comparison, failure, left, cautions } = app;
  return {
    app: app.app,
    kind: app.kind,
    presence: app.presence,
    pile: app.pile,
    objects: app.objects,
    charts: app.charts,
    values: app.values,
    cautions: cautions.map(cautionJson),
    images: (comparison?.images ?? []).map(imageSides),
    added: comparison?.changes.added ?? [],
    removed: comparison?.changes.removed ?? [],
    changed: comparison?.changes.changed ?? [],
    labelsOnly: comparison?.changes.noise ?? 0,
    notCompared: left.map(({ en }) => en),
    ...(failure === undefined ? {} : { error: failure.en }),
  };
}

function cautionJson({ id, level, object, fact, remedy }: Caution) {
  return { id, level, object, fact: fact.en, ...(remedy === undefined ? {} : { remedy: remedy.en }) };
}

const COLOURS = { red: 'red', amber: 'yellow', grey: undefined, green: 'green' } as const;
const HEAD = ['app', 'verdict', 'objects', 'details'] as const;

/** What a person reads: the verdict, a row for each app that differs, and what is to be read of it. */
export function previewPage(preview: Preview, session: Pick<Session, 't' | 'terminal'>): Line[] {
  const { t, terminal } = session;
  const { pile, sentences } = verdictOf(preview);
  const colour = COLOURS[TONES[pile]];
  const verdict = sentences.map(sentence => t(sentence)).join(' ');
  const apps = preview.apps.filter(app => app.pile !== 'unchanged');
  const head = HEAD.map(name => t(say(`preview.${name}`)));
  const rows = apps.map(app => rowOf(app, t));
  const table = rows.length > 0 ? ['', ...renderTable(rows, { ...terminal, head })] : [];
  const untouched = preview.untouched > 0 ? [t(say('preview.untouched', { count: preview.untouched }))] : [];
  return [
    terminal.style(titleOf(preview, t), 'bold'),
    colour ? terminal.style(verdict, colour) : verdict,
    ...preview.cautions.map(({ fact }) => t(fact)),
    ...table,
    '',
    t(countsOf(preview)),
    ...untouched,
  ];
}

function rowOf(app: AppPreview, t: (text: Text) => string): Cell[] {
  const format = COLOURS[TONES[app.pile]];
  const word = t(PILE_WORDS[app.pile]);
  return [display(app.app), format ? { text: word, format } : word, objectCounts(app), detailsOf(app, t)];
}

function objectCounts({ comparison }: AppPreview): string {
  if (!comparison) return '';
  const { added, removed, changed } = comparison.changes;
  return `+${added.length} -${removed.length} ~${changed.length}`;
}

/** The worst first: why it does not build, what is to be read, charts, images. */
function detailsOf(app: AppPreview, t: (text: Text) => string): string {
  const { failure, cautions, charts, comparison, left } = app;
  const sides = (comparison?.images ?? []).map(imageSides);
  return [
    ...(failure === undefined ? [] : [t(failure)]),
    ...cautions.map(({ object, fact }) => `${object ? `${objectWords(object)}: ` : ''}${t(fact)}`),
    ...left.map(t),
    ...charts.map(({ name, before, after }) => `${name} ${before ?? '–'} → ${after ?? '–'}`),
    ...sides.map(({ before, after }) => `${before ?? '–'} → ${after ?? '–'}`),
  ]
    .map(display)
    .join(' · ');
}

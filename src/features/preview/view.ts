import { jsonDocument } from '../../cli/run-end.ts';
import { type AppPreview, byPile, type Caution, countObjects, type Preview } from './facts.ts';
import { imageSides } from './words.ts';

/** What `preview --json` prints. */
export function previewJson(preview: Preview, command: string, shard?: object): string {
  const { base, head, apps, untouched, cautions } = preview;
  const piles = Object.fromEntries(byPile(apps).map(([pile, own]) => [pile, own.length]));
  const body = {
    base,
    head,
    summary: { piles, untouched, objects: countObjects(apps) },
    cautions: cautions.map(cautionJson),
    apps: apps.map(appJson),
    ...(shard === undefined ? {} : { shard }),
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

import { inLanguageOf } from '../../cli/in-language-of.ts';
import type { Session } from '../../cli/context.ts';
import { asShard, requireJoinFormat } from '../../cli/open-shards.ts';
import type { JoinRequest } from '../../cli/shard.ts';
import type { DataMap } from '../../data/fields.ts';
import { aCount, aFlag, anyOf, aText, listOf, maybe, type Shape, withFields } from '../../data/shapes.ts';
import { LANGUAGES, type Language } from '../../text/language.ts';
import { type AppPreview, byPile, countObjects, exitOfPreview, PILES, type Preview } from './facts.ts';
import { cautionsOfAll } from './judge-app.ts';
import { previewPage } from './terminal-view.ts';
import { previewJson } from './view.ts';

/** What a shard of preview leaves to be joined. */
type PreviewShardFacts = Omit<Preview, 'cautions'> & {
  /** --exit-code */
  isAsked: boolean;
  language?: Language | undefined;
};

const FORMATS = ['terminal', 'json', 'markdown', 'html'] as const;

/** Joins what shards of preview compared, and prints it as one run would have. @throws UserError E_VALUE, E_USAGE */
export async function joinPreviews(session: Session, request: JoinRequest): Promise<number> {
  const format = requireJoinFormat(request, FORMATS);
  return asShard(request.shards, readPreviewFacts, async all => {
    const preview = joined(all);
    const { language } = all[0] ?? {};
    const configured = language === undefined ? {} : { language };
    const spoken = inLanguageOf(configured, session, { values: { lang: request.lang } });
    const { terminal } = spoken;
    if (format === 'json') terminal.data(previewJson(preview, request.command));
    else if (format === 'terminal') terminal.result(previewPage(preview, spoken));
    else terminal.content(await pageOf(preview, format, spoken));
    return exitOfPreview(
      preview,
      all.some(({ isAsked }) => isAsked),
    );
  });
}

async function pageOf(preview: Preview, format: 'markdown' | 'html', session: Session): Promise<string> {
  if (format === 'html') return (await import('./page.ts')).renderPage(preview, session.language);
  return (await import('./markdown.ts')).renderMarkdown(preview, session);
}

function joined(all: readonly PreviewShardFacts[]): Preview {
  const [first] = all;
  const nowhere = { name: '', commit: undefined };
  const found = all.flatMap(each => each.apps).toSorted((a, b) => (a.app < b.app ? -1 : 1));
  const apps = byPile(found).flatMap(([, own]) => own);
  const { added, removed, changed } = countObjects(apps);
  const { base = nowhere, head = nowhere, untouched = 0 } = first ?? {};
  return { base, head, untouched, apps, cautions: cautionsOfAll(apps, added + removed + changed) };
}

const isSaid = withFields({ en: aText, 'zh-CN': aText });
const anything = (value: unknown): value is unknown => value !== undefined;
const isObject = withFields({ kind: aText, name: aText });
const isRevision = withFields({ name: aText, commit: maybe(aText) });

const isApp = withFields({
  app: aText,
  kind: aText,
  presence: anyOf(['both', 'added', 'removed']),
  pile: anyOf(PILES),
  objects: withFields({ before: aCount, after: aCount }),
  cautions: listOf(
    withFields({
      id: aText,
      level: anyOf(['fatal', 'high', 'low']),
      object: maybe(isObject),
      fact: isSaid,
      remedy: maybe(isSaid),
    }),
  ),
  charts: listOf(withFields({ name: aText, before: maybe(aText), after: maybe(aText) })),
  comparison: maybe(
    withFields({
      changes: withFields({
        added: listOf(isObject),
        removed: listOf(isObject),
        changed: listOf(isObject),
        noise: aCount,
      }),
      images: listOf(anything),
    }),
  ),
  differences: listOf(withFields({ object: isObject, before: maybe(aText), after: maybe(aText) })),
  values: listOf(withFields({ chart: aText, file: aText, changes: listOf(anything), more: aCount })),
  left: listOf(isSaid),
  failure: maybe(isSaid),
}) as Shape<unknown> as Shape<AppPreview>;

const isFacts = withFields({
  base: isRevision,
  head: isRevision,
  untouched: aCount,
  apps: listOf(isApp),
  isAsked: aFlag,
  language: maybe(anyOf(LANGUAGES)),
}) as Shape<unknown> as Shape<PreviewShardFacts>;

function readPreviewFacts(facts: DataMap): PreviewShardFacts | undefined {
  return isFacts(facts) ? facts : undefined;
}

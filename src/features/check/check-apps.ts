import { createHash } from 'node:crypto';
import { evaluateApp } from './evaluate-app.ts';
import { isAnsweredTheSame, type Sources } from './incremental/recorded-inputs.ts';
import { gatherApp, type News } from './facts/gather-app.ts';
import { type AppPlace } from './facts/app-place.ts';
import type { AppResult, CheckCache, Remembered } from './incremental/open-check-cache.ts';
import type { Rendered } from './render/render-apps.ts';
import { idOf, type RepositorySurvey } from './facts/survey-repository.ts';

export type CheckAppsContext = {
  sources: Sources;
  survey: RepositorySurvey;
  memory: CheckCache;
  signal: AbortSignal;
  /** The state of each app that was to be rendered, with a key of all that it rests on. */
  rendered: Rendered;
  /** Undefined where nobody asked the network; its answers are not remembered. */
  news: News | undefined;
};

export type CheckedApps = {
  results: Map<string, AppResult>;
  remembered: CheckCache['results'];
  hasNews: boolean;
};

const NO_NEWS: News = { newer: [], published: [] };

/** Checks each app, unless nothing that its result rests on has changed since the last run. */
export async function checkApps(context: CheckAppsContext, apps: readonly AppPlace[]): Promise<CheckedApps> {
  const { memory, signal, news } = context;
  const remembered = new Map(memory.results);
  const results = new Map<string, AppResult>();
  let hasNews = false;
  for (const app of apps) {
    signal.throwIfAborted();
    const key = await keyOf(context, app);
    const known = memory.results.get(app.folder);
    const isUsable = !news && known?.key === key && (await isAnsweredTheSame(context.sources, known.asked));
    const fresh = isUsable ? known : await checkApp(context, app, key);
    context.sources.snapshot.release(app.files);
    results.set(app.folder, fresh.result);
    if (isUsable || news) continue;
    remembered.set(app.folder, fresh);
    hasNews = true;
  }
  return { results, remembered, hasNews };
}

async function checkApp(context: CheckAppsContext, app: AppPlace, key: string): Promise<Remembered> {
  const { facts, asked, unknownDefaults } = await gatherApp(
    {
      ...context,
      rendered: context.rendered.get(app.folder)?.state,
      news: context.news ?? NO_NEWS,
    },
    app,
  );
  return { key, asked, result: { ...evaluateApp(facts), unknownDefaults } };
}

/** The app's own files and all that holds for the whole repository. */
async function keyOf({ sources, survey, rendered }: CheckAppsContext, app: AppPlace): Promise<string> {
  const ids = await sources.snapshot.idsOf(app.files);
  const around = JSON.stringify([
    app.environment,
    survey.rulesOf(app.environment),
    rendered.get(app.folder)?.key ?? '',
  ]);
  return createHash('sha256').update(idOf(app.files, ids)).update(around).digest('hex');
}

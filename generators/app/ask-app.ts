import type { Text } from '../../src/domain/language.ts';
import type { AppRequest, AppSource, SecretStub, Storage } from '../../src/domain/new-app/app-request.ts';
import { fullNames } from '../../src/domain/image-names.ts';
import { parseAppName, parseSecret, parseStorage } from '../../src/domain/names.ts';
import type { Choice } from '../../src/io/prompts.ts';
import type { AppWorkshop, Sight } from '../../src/use-cases/app-workshop.ts';
import type { GivenFlag } from '../../src/flags.ts';
import type { Asker } from '../asker.ts';
import { askChart, type ChosenChart, repoOf, routeOptions } from './ask-charts.ts';
import { askRoute, type ChosenRoute, type RouteOption } from './ask-route.ts';
import { groupChartFlags } from './chart-flags.ts';
import { APP_QUESTIONS } from './questions.ts';

export type AskContext = {
  ask: Asker;
  work: AppWorkshop;
  given: readonly GivenFlag[];
  t(text: Text): string;
};

/** A source that is chosen but not looked at yet. */
type Draft =
  | { kind: 'charts'; charts: ChosenChart[] }
  | { kind: 'image'; image: string; port: number; storage: Storage | undefined; probe: string | undefined }
  | { kind: 'manifest'; url: string };

/** A whole answer: what to make, and what a person should know about how it came about. */
export type AskedApp = { request: AppRequest; notes: string[]; charts: ChosenChart[] };

/** Asks for everything that a new app needs: what it is, where it goes, how it is reached, which secrets it takes. */
export async function askApp(context: AskContext): Promise<AskedApp> {
  const { ask, work } = context;
  const draft = await askSource(context);
  const environment = await askEnvironment(ask, work);
  const name = await askName(ask, draft);
  if (draft?.kind === 'charts') await askReleases(draft.charts, name);
  ask.requireAnswers();
  if (!draft || environment === undefined || name === undefined) throw new Error('an answer is missing unnoticed');
  work.requireFree(environment, parseAppName(name));
  const seen = await look(context, draft, { name, environment });
  const route = await askRoute(ask, {
    app: name,
    environment,
    gitops: work.gitops,
    services: seen.sight.services,
    options: seen.options,
    labels: context.given.filter(flag => flag.name === 'host').map(({ value }) => value),
    t: context.t,
  });
  const secrets = await askSecrets(context, seen.sight);
  ask.requireAnswers();
  const { source, notes } = await seen.finish(route);
  const images = fullNames(seen.sight.images, work.gitops.conventions);
  return {
    request: { name, environment, source, route: route.route, secrets, images: images.renamed },
    notes: [...seen.sight.notes, ...notes, ...images.notes],
    charts: draft.kind === 'charts' ? draft.charts : [],
  };
}

async function askSource(context: AskContext): Promise<Draft | undefined> {
  const { ask } = context;
  const image = ask.given(APP_QUESTIONS.image);
  const manifest = ask.given(APP_QUESTIONS.manifest);
  const groups = groupChartFlags(context.given);
  const kind = groups.length > 0 ? 'charts' : image ? 'image' : manifest ? 'manifest' : await askKind(context);
  switch (kind) {
    case 'image':
      return askImage(ask, context.work);
    case 'manifest':
      return askManifest(ask);
    default:
      return askCharts(context, groups);
  }
}

async function askKind({ ask, t }: AskContext): Promise<string> {
  if (!ask.interactive) return 'charts';
  return ask.pick(t({ en: 'What is the app made of?', 'zh-CN': '应用由什么组成？' }), [
    { value: 'charts', name: t({ en: 'a Helm chart', 'zh-CN': 'Helm chart' }) },
    { value: 'image', name: t({ en: 'a container image', 'zh-CN': '容器镜像' }) },
    { value: 'manifest', name: t({ en: 'an upstream manifest (YAML of a release)', 'zh-CN': '上游清单（某个发布版的 YAML）' }) },
  ]);
}

async function askCharts(context: AskContext, groups: Record<string, string>[]): Promise<Draft | undefined> {
  const { ask, work, t } = context;
  const charts: ChosenChart[] = [];
  for (const flags of groups.length > 0 ? groups : [{}]) {
    const chart = await askChart(ask, flags, work);
    if (chart) charts.push(chart);
  }
  while (groups.length === 0 && ask.interactive && charts.length > 0) {
    if (!(await ask.confirm(t({ en: 'Add another chart to this app?', 'zh-CN': '再加一个 chart 到此应用？' }), false))) break;
    const chart = await askChart(ask, {}, work);
    if (chart) charts.push(chart);
  }
  return charts.length > 0 ? { kind: 'charts', charts } : undefined;
}

async function askImage(ask: Asker, work: AppWorkshop): Promise<Draft | undefined> {
  const image = await ask.text(APP_QUESTIONS.image);
  const port = await ask.text(APP_QUESTIONS.port);
  const classes = work.gitops.conventions.storageClasses;
  const text = await ask.text(APP_QUESTIONS.storage, { value: '', why: 'none asked for', sure: true });
  const storage = text ? { ...claim(text), mount: await askMount(ask) } : undefined;
  if (storage && classes && !classes.value.includes(storage.class))
    work.note(`no app uses the storage class ${storage.class} yet; known: ${classes.evidence}`);
  if (image === undefined || port === undefined) return undefined;
  return { kind: 'image', image, port: Number(port), storage, probe: ask.given(APP_QUESTIONS.probe) };
}

function claim(text: string): { class: string; size: string } {
  const { storageClass, size } = parseStorage(text);
  return { class: storageClass, size };
}

async function askMount(ask: Asker): Promise<string> {
  return (await ask.text(APP_QUESTIONS.mount, { value: '/data', why: 'default', sure: true })) ?? '/data';
}

async function askManifest(ask: Asker): Promise<Draft | undefined> {
  const url = await ask.text(APP_QUESTIONS.manifest);
  return url === undefined ? undefined : { kind: 'manifest', url };
}

async function askEnvironment(ask: Asker, work: AppWorkshop): Promise<string | undefined> {
  const { value: environments, evidence } = work.gitops.conventions.environments;
  const [first] = environments;
  const choices: Choice[] = environments.map(name => ({ value: name, name }));
  if (first === undefined) return ask.text(APP_QUESTIONS.env, { value: 'production', why: 'default', sure: true });
  const suggestion = { value: first, why: evidence, sure: environments.length === 1 };
  if (environments.length === 1 && ask.given(APP_QUESTIONS.env) === undefined)
    return ask.decide(APP_QUESTIONS.env, first, evidence);
  return ask.choose(APP_QUESTIONS.env, choices, suggestion);
}

async function askName(ask: Asker, draft: Draft | undefined): Promise<string | undefined> {
  const suggested = suggestName(draft);
  const sure = draft?.kind === 'charts';
  return ask.text(APP_QUESTIONS.name, suggested ? { value: suggested, why: 'after what it is made of', sure } : undefined);
}

function suggestName(draft: Draft | undefined): string | undefined {
  if (!draft) return undefined;
  if (draft.kind === 'charts') return draft.charts[0]?.address.name;
  const last = draft.kind === 'image' ? /([^/:@]+)(?:[:@].*)?$/.exec(draft.image)?.[1] : undefined;
  return last?.toLowerCase().replaceAll(/[._]+/g, '-');
}

/** One chart takes the app's name; of several, each takes its own behind it, as `overleaf-redis`. */
async function askReleases(charts: ChosenChart[], app: string | undefined): Promise<void> {
  if (app === undefined) return;
  for (const { ask, address } of charts) {
    const own = charts.length === 1 || address.name === app ? app : `${app}-${address.name}`;
    await ask.text(APP_QUESTIONS.release, { value: own, why: 'after the app', sure: true });
  }
}

async function askSecrets({ ask, given }: AskContext, sight: Sight): Promise<SecretStub[]> {
  const flags = given.filter(flag => flag.name === 'secret').map(({ value }) => parseSecret(value));
  if (flags.length > 0) return flags;
  const wanted = sight.secrets.filter(({ keys }) => keys.length > 0).map(({ name, keys }) => `${name}:${keys.join(',')}`);
  if (wanted.length === 0 && !sight.unseen) return [];
  const answer = await ask.text(APP_QUESTIONS.secret, {
    value: wanted.join(' '),
    why: wanted.length > 0 ? 'workloads read them and nothing renders them' : 'none seen',
    sure: true,
  });
  return (answer ?? '').split(/\s+/).filter(part => part !== '').map(parseSecret);
}

type Looked = {
  sight: Sight;
  options: RouteOption[];
  finish(route: ChosenRoute): Promise<{ source: AppSource; notes: string[] }>;
};

/** Fetches what the draft names, and sees what it really renders. */
async function look({ work }: AskContext, draft: Draft, app: { name: string; environment: string }): Promise<Looked> {
  switch (draft.kind) {
    case 'image':
      return { sight: work.seeImage(app.name, draft), options: [], finish: async () => ({ source: draft, notes: [] }) };
    case 'manifest': {
      const { sight, source } = await work.seeManifest(draft.url);
      return { sight, options: [], finish: async () => ({ source, notes: [] }) };
    }
    case 'charts': {
      const chosen = draft.charts.map(({ address, version, ask }) => ({
        address,
        version,
        release: ask.given(APP_QUESTIONS.release) ?? ask.decisionOn(APP_QUESTIONS.release) ?? app.name,
      }));
      const pulled = await work.pullAll(chosen, app);
      const sight = await work.seeCharts(pulled, app);
      return { sight, options: routeOptions(pulled), finish: route => work.finishCharts(pulled, app, route) };
    }
  }
}

/** The flags that answer everything without a question, in an order that reads well. */
export function repeatFlags(ask: Asker, charts: readonly ChosenChart[]): [string, string][] {
  const own = ask.decisions.filter(({ flag }) => flag !== 'name' && flag !== 'secret' && flag !== 'host');
  const perChart = charts.flatMap(({ address, version, ask: chartAsk }): [string, string][] => [
    ['chart', address.kind === 'local' ? address.folder : address.name],
    ...(repoOf(address) ? ([['repo', repoOf(address)]] as [string, string][]) : []),
    ...(address.kind === 'local' ? [] : ([['version', version.version]] as [string, string][])),
    ['release', chartAsk.decisionOn(APP_QUESTIONS.release) ?? ''],
  ]);
  return [...perChart, ...own.filter(({ value }) => value !== '').map(({ flag, value }): [string, string] => [flag, value])];
}

import { refusing } from '../refusing.ts';
import { parseStorage, requireServiceName } from '../../src/repository/names.ts';
import type { VolumeRequest } from '../../src/scaffold/app-request.ts';
import { askChart, type ChosenChart } from './ask-charts.ts';
import type { AskContext } from './ask-context.ts';
import { groupChartFlags } from './chart-flags.ts';
import { APP_QUESTIONS } from './questions.ts';
import { say } from '../../src/locales/say.ts';

/** What the app is made of: chosen, but not looked at yet. */
export type Draft =
  | { kind: 'charts'; charts: ChosenChart[] }
  | {
      kind: 'image';
      image: string;
      port: number;
      storage: VolumeRequest | undefined;
      probe: string | undefined;
    }
  | { kind: 'manifest'; url: string };

/** Undefined if an answer is missing, which `requireAnswers` then reports. */
export async function askSource(context: AskContext): Promise<Draft | undefined> {
  const { ask } = context;
  const groups = groupChartFlags(context.given);
  const manifest = ask.given(APP_QUESTIONS.manifest);
  if (groups.length > 0) return askCharts(context, groups);
  if (OF_IMAGE.some(question => ask.given(question))) return askImage(context);
  if (manifest !== undefined) return askManifest(context);
  return SOURCES[await askKind(context)](context);
}

/** Any of them says that the app is an image. */
const OF_IMAGE = [APP_QUESTIONS.image, APP_QUESTIONS.port, APP_QUESTIONS.storage, APP_QUESTIONS.probe];

const SOURCES = {
  charts: context => askCharts(context, []),
  image: askImage,
  manifest: askManifest,
} satisfies Record<Draft['kind'], (context: AskContext) => Promise<Draft | undefined>>;

async function askKind({ ask, t }: AskContext): Promise<Draft['kind']> {
  const names: Record<Draft['kind'], string> = {
    charts: t(say('newApp.helmChart')),
    image: t(say('newApp.containerImage')),
    manifest: t(say('newApp.upstreamManifestYamlRelease')),
  };
  const kinds = ['charts', 'image', 'manifest'] as const;
  const answer = await ask.pick(
    say('newApp.whatAppMade'),
    kinds.map(value => ({ value, name: names[value] })),
  );
  return kinds.find(kind => kind === answer) ?? 'charts';
}

async function askCharts(context: AskContext, groups: Record<string, string>[]): Promise<Draft | undefined> {
  const { ask } = context;
  const charts: (ChosenChart | undefined)[] = [];
  for (const flags of groups.length > 0 ? groups : [{}]) charts.push(await askChart(context, flags));
  const more = say('newApp.addAnotherChartApp');
  while (groups.length === 0 && (await ask.confirm(more, false))) charts.push(await askChart(context, {}));
  const chosen = charts.flatMap(chart => chart ?? []);
  return chosen.length === charts.length ? { kind: 'charts', charts: chosen } : undefined;
}

async function askImage(context: AskContext): Promise<Draft | undefined> {
  const { ask } = context;
  const name = ask.given(APP_QUESTIONS.name);
  if (name !== undefined) refusing(APP_QUESTIONS.name, () => requireServiceName(name));
  const image = await ask.text(APP_QUESTIONS.image);
  const port = await ask.text(APP_QUESTIONS.port);
  const storage = await askStorage(context);
  if (image === undefined || port === undefined) return undefined;
  const named = withoutMirror(context, image);
  return { kind: 'image', image: named, port: Number(port), storage, probe: ask.given(APP_QUESTIONS.probe) };
}

/** The transformer puts the mirror in front: one that is given already would be there twice. */
function withoutMirror({ gitops }: AskContext, image: string): string {
  const mirror = gitops.conventions.imagePrefix?.value.mirror;
  return mirror !== undefined && image.startsWith(mirror) ? image.slice(mirror.length) : image;
}

async function askStorage({ ask, gitops, note }: AskContext): Promise<VolumeRequest | undefined> {
  const text = await ask.text(APP_QUESTIONS.storage, {
    value: '',
    why: say('newApp.noneAsked'),
    sure: true,
  });
  if (!text) return undefined;
  const { storageClass, size } = parseStorage(text);
  const known = gitops.conventions.storageClasses;
  if (known && !known.value.includes(storageClass))
    note(say('newApp.noAppUsesStorageClass', { storageClass, value: known.value.join(', ') }));
  const mount = await ask.text(APP_QUESTIONS.mount, {
    value: '/data',
    why: say('newApp.default'),
    sure: true,
  });
  return { class: storageClass, size, mount: mount ?? '/data' };
}

async function askManifest({ ask }: AskContext): Promise<Draft | undefined> {
  const url = await ask.text(APP_QUESTIONS.manifest);
  return url === undefined ? undefined : { kind: 'manifest', url };
}

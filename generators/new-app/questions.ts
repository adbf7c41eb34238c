import {
  parseAppName,
  parsePort,
  parseReleaseName,
  parseSecret,
  parseServicePort,
  parseStorage,
} from '../../src/repository/names.ts';
import { LAYOUTS } from '../../src/repository/overlays.ts';
import { parseImage } from '../../src/repository/image.ts';
import { parseManifestUrl } from '../../src/charts/manifest-url.ts';
import { UserError } from '../../src/errors.ts';
import type { AppDelivery } from '../../src/deliveries/chart-use.ts';
import type { Question } from '../question.ts';
import { say } from '../../src/locales/say.ts';

/** What can install an app. */
export const DELIVERIES = ['kustomize', 'flux', 'argo', 'umbrella'] as const satisfies readonly AppDelivery[];

/** An app is made of one kind of thing. */
const OF_CHARTS = ['chart', 'repo', 'version', 'release'].map(flag => ({ flag }));
const OF_IMAGE = ['image', 'port', 'storage', 'mount', 'probe'].map(flag => ({ flag }));

/** Everything that `new-app` may need to know. The name is the command's argument, the rest are flags. */
export const APP_QUESTIONS = {
  name: {
    flag: 'name',
    value: '<name>',
    positional: true,
    help: say('newApp.folderAppNamespaceName'),
    message: say('newApp.nameAppAlsoNamespace'),
    parse: parseAppName,
  },
  env: {
    flag: 'env',
    value: '<folder>',
    help: say('newApp.environmentSuchProduction'),
    message: say('newApp.environment'),
  },
  layout: {
    flag: 'layout',
    value: '<folders|overlays>',
    help: say('newApp.layoutDefaultAsSiblings'),
    message: say('newApp.layout'),
    parse: knownLayout,
  },
  delivery: {
    flag: 'delivery',
    value: '<kustomize|flux|argo|umbrella>',
    help: say('newApp.whatInstallsDefaultAsSiblings'),
    message: say('newApp.whatInstalls'),
    parse: knownDelivery,
  },
  chart: {
    flag: 'chart',
    value: '<name|oci://…|path>',
    repeatable: true,
    help: say('newApp.helmChartSeveralMakeOne'),
    message: say('newApp.whichChartTypeSearch'),
  },
  repo: {
    flag: 'repo',
    value: '<url|alias>',
    repeatable: true,
    help: say('newApp.chartRepository'),
    message: say('newApp.severalRepositoriesHaveWhichOne'),
  },
  version: {
    flag: 'version',
    value: '<exact|range>',
    repeatable: true,
    help: say('newApp.exactVersionHelmRange'),
    message: say('newApp.version'),
  },
  release: {
    flag: 'release',
    value: '<name>',
    repeatable: true,
    help: say('newApp.helmReleaseName'),
    message: say('newApp.releaseName'),
    parse: parseReleaseName,
  },
  image: {
    flag: 'image',
    value: '<image>',
    notWith: OF_CHARTS,
    help: say('newApp.containerImageInsteadChart'),
    message: say('newApp.imageTag'),
    parse: pinnedImage,
  },
  port: {
    flag: 'port',
    value: '<number>',
    notWith: OF_CHARTS,
    help: say('newApp.portImageListens'),
    message: say('newApp.portListens'),
    parse: text => String(parsePort(text)),
  },
  storage: {
    flag: 'storage',
    value: '<class:size>',
    notWith: OF_CHARTS,
    help: say('newApp.volumeImageSuchCephBlock'),
    message: say('newApp.storageClassSizeEmptyNone'),
    parse: text => (text === '' ? '' : text && (parseStorage(text), text)),
  },
  mount: {
    flag: 'mount',
    value: '<path>',
    notWith: OF_CHARTS,
    onlyWith: 'storage',
    help: say('newApp.whereVolumeMountedDefaultData'),
    message: say('newApp.mountPath'),
    parse: absolutePath,
  },
  probe: {
    flag: 'probe',
    value: '<path>',
    notWith: OF_CHARTS,
    help: say('newApp.httpPathReadinessLivenessProbes'),
    parse: absolutePath,
  },
  manifest: {
    flag: 'manifest',
    value: '<url>',
    notWith: [...OF_CHARTS, ...OF_IMAGE],
    help: say('newApp.upstreamManifestOneReleaseInstead'),
    message: say('newApp.urlManifestRelease'),
    parse: text => parseManifestUrl(text).url,
  },
  route: {
    flag: 'route',
    value: '<own|chart|tls|none>',
    help: say('newApp.httprouteOurOwnChartsOwn'),
    message: say('newApp.howReachedFromOutside'),
  },
  host: {
    flag: 'host',
    value: '<label|host>',
    repeatable: true,
    notWith: [{ flag: 'route', values: ['none'] }],
    help: say('newApp.firstLabelHostNamesWhole'),
    message: say('newApp.hostNamesLabelsWholeNames'),
  },
  service: {
    flag: 'service',
    value: '<name:port>',
    notWith: [{ flag: 'route', values: ['none', 'chart'] }],
    help: say('newApp.serviceFlag'),
    message: say('newApp.serviceQuestion'),
    parse: text => (parseServicePort(text), text),
  },
  secret: {
    flag: 'secret',
    value: '<name:key,key>',
    repeatable: true,
    help: say('newApp.sealedsecretStubTheseKeys'),
    message: say('newApp.secretsPrepareNameKeyKey'),
    parse: secretList,
  },
} as const satisfies Record<string, Question>;

function knownDelivery(text: string): string {
  if (DELIVERIES.some(delivery => delivery === text)) return text;
  throw new UserError('E_VALUE', say('newApp.noDelivery', { text, known: DELIVERIES.join(', ') }));
}

function knownLayout(text: string): string {
  if (LAYOUTS.some(layout => layout === text)) return text;
  throw new UserError('E_VALUE', say('newApp.noLayout', { text, known: LAYOUTS.join(', ') }));
}

/** Without a tag or digest an image is not pinned. */
function pinnedImage(text: string): string {
  const image = parseImage(text);
  if ((image.tag === undefined || image.tag === 'latest') && image.digest === undefined)
    throw new UserError('E_UNPINNED', say('newApp.imageHasNoFixedTag', { text }), {
      hint: say('newApp.nameVersionImageTagDigest'),
    });
  return text;
}

function absolutePath(text: string): string {
  if (/^\/[A-Za-z0-9._/-]*$/.test(text) && !text.split('/').includes('..')) return text;
  throw new UserError('E_VALUE', say('newApp.pathMustAbsoluteLettersDigits'));
}

function secretList(text: string): string {
  for (const secret of text.split(/\s+/).filter(part => part !== '')) parseSecret(secret);
  return text.trim();
}

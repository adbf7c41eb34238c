import type { AppPatch, AppResource } from '../../scaffold/app-request.ts';
import { repositoryKeys, rootProject } from '../../scaffold/cluster-files.ts';
import { renderTemplate } from '../../repository/templates.ts';
import type { ValueChange } from '../../yaml/edit.ts';
import { appFolders, type InitRequest, mainEnvironment } from './init-request.ts';
import { environmentBranch, promotionResources } from './promotion-resources.ts';
import type { InitTemplates } from './init-templates.ts';
import { argoCdValues } from './argo-cd-values.ts';
import { domainViews, issuerOf, PROJECT } from './init-view.ts';
import { say } from '../../locales/say.ts';

/** An app that the cluster needs before any other. */
export type BootstrapApp = {
  name: string;
  chart: { name: string; repo: string };
  /** What differs from the chart's defaults. */
  values: ValueChange[];
  resources: AppResource[];
  patches?: AppPatch[];
  secrets: { name: string; keys: string[] }[];
  /** By what else a repository shows that it has this: kinds of its objects, or the URL of a release. */
  signs: { kinds?: RegExp; release?: RegExp };
};

/** Argo CD's own: that of its folder. */
export const ARGO_NAMESPACE = 'argo-cd';

/** Where the chart of each comes from. */
export const BOOTSTRAP_CHARTS = {
  'argo-cd': { name: 'argo-cd', repo: 'https://argoproj.github.io/argo-helm' },
  'sealed-secrets': { name: 'sealed-secrets', repo: 'https://bitnami-labs.github.io/sealed-secrets' },
  'cert-manager': { name: 'cert-manager', repo: 'https://charts.jetstack.io' },
  gateway: { name: 'gateway-helm', repo: 'oci://docker.io/envoyproxy' },
} as const;

/**
 * Argo CD and what it needs, in the order in which they start to work.
 * @param isSynced whether an ApplicationSet that is not ours takes a folder already: two would make each Application twice
 */
export function bootstrapApps(
  request: InitRequest,
  templates: InitTemplates,
  isSynced: (folder: string) => boolean = () => false,
): BootstrapApp[] {
  return [
    {
      name: 'argo-cd',
      chart: BOOTSTRAP_CHARTS['argo-cd'],
      values: argoCdValues(request),
      resources: argoCdResources(request, templates, isSynced),
      secrets: [],
      signs: { kinds: /ApplicationSet/, release: /\/argo-cd\// },
    },
    {
      name: 'sealed-secrets',
      chart: BOOTSTRAP_CHARTS['sealed-secrets'],
      values: [],
      resources: [],
      secrets: [],
      signs: { release: /\/sealed-secrets\// },
    },
    {
      name: 'cert-manager',
      chart: BOOTSTRAP_CHARTS['cert-manager'],
      values: [{ path: ['crds', 'enabled'], value: true }],
      resources: [clusterIssuer(request, templates)],
      secrets: request.email === undefined ? [] : [{ name: 'dns-token', keys: ['api-token'] }],
      signs: { kinds: /ClusterIssuer/, release: /\/cert-manager\// },
    },
    {
      // Its folder is its namespace, which is where routes look for it.
      name: request.gateway.namespace,
      chart: BOOTSTRAP_CHARTS.gateway,
      values: [],
      resources: gatewayResources(request, templates),
      patches: request.gatewayApi === 'cluster' ? [withoutGatewayApi(templates)] : [],
      secrets: [],
      signs: { kinds: /Gateway/, release: /\/(?:envoyproxy\/)?gateway\// },
    },
  ];
}

function argoCdResources(
  request: InitRequest,
  templates: InitTemplates,
  isSynced: (folder: string) => boolean,
): AppResource[] {
  const { environments, layout, style } = request;
  const isOfSets = style === 'applicationset';
  const folders = appFolders(request).filter(
    environment => isOfSets && !isSynced(`${environment}/a-new-app`),
  );
  const hasSet = environments.every(environment => isSynced(`${APPS}/a-new-app/overlays/${environment}`));
  return [
    {
      file: 'appproject.yaml',
      listed: true,
      content: renderTemplate(templates['argo-cd/appproject.yaml'], {
        project: PROJECT,
        repoUrl: request.repoUrl,
      }),
      why: say('init.whatRepositoryMayDo'),
    },
    ...(isOfSets ? [] : [rootProjectFile(request, templates)]),
    ...folders.map(environment => applicationSet(environment, request, templates)),
    ...(layout === 'overlays' && !hasSet ? [overlaysSet(request, templates)] : []),
    ...(request.promotion === 'promoter' ? [platformSet(request, templates)] : []),
    ...promotionResources(request, templates),
    {
      file: 'plugin.yaml',
      listed: true,
      content: renderTemplate(templates['argo-cd/plugin.yaml'], {}),
      why: say('init.buildsDependenciesLocalCharts'),
    },
    {
      file: 'repository-sealedsecret.yaml',
      listed: false,
      content: renderTemplate(templates['argo-cd/repository-sealedsecret.yaml'], {
        keys: repositoryKeys(request.repoUrl),
      }),
      why: say('init.stubAccessPrivateRepository'),
    },
  ];
}

/** Beside the project of what the repository holds, that of the root that brings its Applications. */
function rootProjectFile({ repoUrl }: InitRequest, templates: InitTemplates): AppResource {
  return {
    file: 'appproject-root.yaml',
    listed: true,
    content: rootProject(templates, { repoUrl, argoNamespace: ARGO_NAMESPACE }),
    why: say('init.whatRootMayDo'),
  };
}

type SetRequest = Pick<
  InitRequest,
  'repoUrl' | 'onRemoval' | 'promotion' | 'environments' | 'gateway' | 'layout'
>;

/** One environment's ApplicationSet; where environments are promoted, what the cluster itself needs has one of its own. */
export function applicationSet(
  environment: string,
  request: SetRequest,
  templates: InitTemplates,
): AppResource & { content: string } {
  const isHydrated = request.promotion === 'promoter';
  const own = isHydrated && environment === mainEnvironment(request) ? platformFolders(request) : [];
  return {
    file: `applicationset-${environment}.yaml`,
    listed: true,
    content: renderTemplate(templates['argo-cd/applicationset.yaml'], {
      ...setView(environment, request),
      overlays: false,
      name: environment,
      include: [`${environment}/*`],
      exclude: [`${environment}/_*`, ...own],
      branch: isHydrated ? environmentBranch(environment) : '',
    }),
    why: say('init.eachFolderApplication', { environment }),
  };
}

/** Where the apps of overlays stand. */
const APPS = 'apps';

/** One for the overlays of every app, whatever the environment. */
function overlaysSet(request: SetRequest, templates: InitTemplates): AppResource {
  return {
    file: `applicationset-${APPS}.yaml`,
    listed: true,
    content: renderTemplate(templates['argo-cd/applicationset.yaml'], {
      ...setView(APPS, request),
      overlays: true,
      name: APPS,
      include: [`${APPS}/*/overlays/*`],
      exclude: [`${APPS}/_*/overlays/*`],
      branch: '',
    }),
    why: say('init.eachOverlayApplication'),
  };
}

/** What promotes the rest is not promoted itself: a merge that waits would keep it from being mended. */
function platformSet(request: InitRequest, templates: InitTemplates): AppResource {
  const environment = mainEnvironment(request);
  return {
    file: 'applicationset-platform.yaml',
    listed: true,
    content: renderTemplate(templates['argo-cd/applicationset.yaml'], {
      ...setView(environment, request),
      overlays: false,
      name: 'platform',
      include: platformFolders(request),
      exclude: [],
      branch: '',
    }),
    why: say('init.platformNotPromoted'),
  };
}

function setView(environment: string, { repoUrl, onRemoval }: SetRequest): object {
  return { environment, repoUrl, project: PROJECT, keep: onRemoval === 'keep' };
}

function platformFolders(request: Pick<InitRequest, 'environments' | 'gateway' | 'layout'>): string[] {
  const home = mainEnvironment(request);
  return ['argo-cd', 'sealed-secrets', 'cert-manager', request.gateway.namespace].map(
    name => `${home}/${name}`,
  );
}

function clusterIssuer(request: InitRequest, templates: InitTemplates): AppResource {
  return {
    file: 'clusterissuer.yaml',
    listed: true,
    content: renderTemplate(templates['cert-manager/clusterissuer.yaml'], {
      email: request.email ?? '',
      issuer: issuerOf(request),
    }),
    why:
      request.email === undefined
        ? say('init.selfSignedCertificates')
        : say('init.letsEncrypt', { email: request.email }),
  };
}

function gatewayResources(request: InitRequest, templates: InitTemplates): AppResource[] {
  const view = {
    gateway: request.gateway.name,
    domains: domainViews(request.domains),
    issuer: issuerOf(request),
  };
  return [
    {
      file: 'gateway.yaml',
      listed: true,
      content: renderTemplate(templates['gateway/gateway.yaml'], view),
      why: say('init.ports80443444Passthrough'),
    },
    {
      file: 'certificate.yaml',
      listed: true,
      content: renderTemplate(templates['gateway/certificate.yaml'], view),
      why: say('init.wildcardCertificates', {
        domains: request.domains.join(', '),
        domains2: request.domains.join('、'),
      }),
    },
  ];
}

/** The file that leaves out what the chart brings of Gateway API. */
export const WITHOUT_GATEWAY_API = 'without-gateway-api.yaml';

/** The chart's CRDs, and the policy about them; those of Envoy Gateway itself stay. */
function withoutGatewayApi(templates: InitTemplates): AppPatch {
  return {
    file: WITHOUT_GATEWAY_API,
    target: String.raw`.*\.gateway\.networking\.k8s\.io`,
    content: renderTemplate(templates['gateway/without-gateway-api.yaml'], {}),
    why: say('init.clusterHasGatewayApi'),
  };
}

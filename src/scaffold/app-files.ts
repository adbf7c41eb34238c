import type { Conventions } from '../repository/conventions/conventions.ts';
import { untranslated, type Text } from '../text/language.ts';
import type { GitopsRepository } from '../repository/read-repository.ts';
import { placeSecrets } from './place-secret.ts';
import { renderSecret, SECRET_TEMPLATES } from './secret-file.ts';
import { type Template, renderTemplate } from '../repository/templates.ts';
import { type AppRequest, type AppResource, type AppSource, buildsOf } from './app-request.ts';
import type { PinnedChart } from '../charts/pinned-chart.ts';
import { ignoreLines } from './ignore-lines.ts';
import { kustomizationView, valuesFileIn } from './kustomization-view.ts';
import { gatewayFor, renderRoute, ROUTE_FILES, routeVersion } from './route-file.ts';
import { say } from '../locales/say.ts';

/** The templates of `templates/app/`, by the path that each makes. */
export const APP_TEMPLATES = [
  '.gitignore',
  'kustomization.yaml',
  'resources/namespace.yaml',
  'resources/httproute.yaml',
  'resources/tlsroute.yaml',
  'resources/grpcroute.yaml',
  'resources/deployment.yaml',
  'resources/service.yaml',
  'resources/pvc.yaml',
  ...Object.values(SECRET_TEMPLATES),
  'resources/certificate.yaml',
  'overlays/namespace.yaml',
  'overlays/values.yaml',
  'overlays/deployment.yaml',
] as const;
export type AppTemplates = Record<(typeof APP_TEMPLATES)[number], Template>;

/** A file of the app folder, path relative to it. */
export type AppFile = {
  path: string;
  content: string | Uint8Array;
  why: Text;
  /** A chart's defaults, where the content differs from them. */
  defaults?: Uint8Array;
  /** Whether it gets the app into a file of several apps, whose own stays as it is. */
  entry?: boolean;
};

type Resource = AppResource;

/** All files of a new app's folder but the unpacked charts. */
export function appFiles(
  app: AppRequest,
  gitops: Pick<GitopsRepository, 'repository' | 'conventions'>,
  templates: AppTemplates,
): AppFile[] {
  const { conventions } = gitops;
  const resources = inResources(
    [
      ...namespaceResource(app, templates['resources/namespace.yaml']),
      ...plainResources(app, gitops, templates),
    ],
    conventions,
  );
  const [build = { folder: '', namespace: app.name }] = buildsOf(app);
  const secrets = secretResources(app, gitops, templates, build);
  const view = kustomizationView({
    app,
    namespace: app.name,
    resources: [...resources, ...secrets].filter(({ listed }) => listed).map(({ path }) => path),
    prefixFile: conventions.imagePrefix?.value.file,
    style: conventions.style,
  });
  return [
    ...ignoreFile(app.source, conventions, templates),
    {
      path: 'kustomization.yaml',
      content: renderTemplate(templates['kustomization.yaml'], view),
      why: say('scaffold.whatKustomizeBuilds'),
    },
    ...valuesFiles(app.source, conventions),
    ...(app.patches ?? []).map(({ file, content, why }) => ({ path: file, content, why })),
    ...[...resources, ...secrets].map(({ path, content, why }) => ({ path, content, why })),
  ];
}

/** What lies beside an app that another program than kustomize installs: paths from its folder, and whether each is listed. */
export function filesBeside(
  app: AppRequest,
  gitops: Pick<GitopsRepository, 'repository' | 'conventions'>,
  templates: AppTemplates,
): (AppFile & { listed: boolean })[] {
  const plain = inResources(plainResources(app, gitops, templates), gitops.conventions);
  const [build = { folder: '', namespace: app.name }] = buildsOf(app);
  return [...plain, ...secretResources(app, gitops, templates, build)];
}

function plainResources(
  app: AppRequest,
  { conventions }: Pick<GitopsRepository, 'conventions'>,
  templates: AppTemplates,
): Resource[] {
  return [
    ...sourceResources(app, templates),
    ...(app.resources ?? []),
    ...routeResource(app, conventions, templates),
  ];
}

/** The same where the repository keeps plain resources. */
export function inResources(
  resources: readonly Resource[],
  { style }: Conventions,
): (Resource & { path: string })[] {
  const folder = style.resourcesFolder.value;
  return resources.map(resource => ({
    ...resource,
    path: folder ? `${folder}/${resource.file}` : resource.file,
  }));
}

/** Pulled charts stay out of git; a local chart is kept. */
export function ignoreFile(source: AppSource, conventions: Conventions, templates: AppTemplates): AppFile[] {
  if (source.kind !== 'charts') return [];
  const lines = ignoreLines(source.charts, conventions.style.ignoreLine.value);
  const content = renderTemplate(templates['.gitignore'], { lines });
  return [
    {
      path: '.gitignore',
      content,
      why: say('scaffold.pulledChartsStayOutGit'),
    },
  ];
}

/** The values files of an app's charts. */
export function valuesFiles(source: AppSource, { style }: Conventions): AppFile[] {
  if (source.kind !== 'charts') return [];
  return source.charts.map(chart => {
    const { path, content, isCopy } = valuesFileIn(chart, { style, isOnly: source.charts.length === 1 });
    const why = isCopy ? valuesReason(chart) : say('scaffold.valuesOfApp');
    return { path, content, why, ...(isCopy && chart.defaults ? { defaults: chart.defaults } : {}) };
  });
}

/** What a values file holds: a chart's defaults, or what an answer made of them. */
export function valuesReason({ name, version, defaults }: PinnedChart): Text {
  return say(defaults ? 'scaffold.defaultsChanged' : 'scaffold.defaults', { name, version });
}

/** The Namespace of an app, unless its manifest brings one. */
export function namespaceResource(app: AppRequest, template: Template): Resource[] {
  if (app.source.kind === 'manifest' && app.source.namespaces.length > 0) return [];
  const content = renderTemplate(template, { name: app.name });
  return [{ file: 'namespace.yaml', listed: true, content, why: say('scaffold.namespace') }];
}

/** The manifests of what an app is made of. */
export function sourceResources(app: AppRequest, templates: AppTemplates): Resource[] {
  switch (app.source.kind) {
    case 'charts':
      return [];
    case 'manifest':
      return [manifestResource(app.source)];
    case 'image':
      return imageResources(app, app.source, templates);
  }
}

function manifestResource(source: Extract<AppSource, { kind: 'manifest' }>): Resource {
  const base = source.url.slice(source.url.lastIndexOf('/') + 1).replace(/\.(ya?ml|json)$/, '');
  const file = `${base}-${source.version}.yaml`;
  return {
    file,
    listed: true,
    content: source.bytes,
    why: say('scaffold.keptHereSoBuildNeeds', { url: source.url }),
  };
}

function imageResources(
  app: AppRequest,
  source: Extract<AppSource, { kind: 'image' }>,
  templates: AppTemplates,
): Resource[] {
  const claim = `${app.name}-data`;
  const storage = source.storage && { ...source.storage, claim, accessMode: 'ReadWriteOnce' };
  const view = {
    name: app.name,
    image: source.image,
    port: source.port,
    probe: source.probe ?? '',
    storage: storage ?? false,
    secrets: app.secrets.map(({ name }) => name),
  };
  const pvc = storage && renderTemplate(templates['resources/pvc.yaml'], storage);
  return [
    ...(pvc
      ? [
          {
            file: 'pvc.yaml',
            listed: true,
            content: pvc,
            why: untranslated(`${storage.class} ${storage.size}`),
          },
        ]
      : []),
    {
      file: 'deployment.yaml',
      listed: true,
      content: renderTemplate(templates['resources/deployment.yaml'], view),
      why: say('scaffold.runs', { image: source.image }),
    },
    {
      file: 'service.yaml',
      listed: true,
      content: renderTemplate(templates['resources/service.yaml'], view),
      why: say('scaffold.port', { port: source.port }),
    },
  ];
}

/** The route of an app that is a manifest of its own. */
export function routeResource(
  app: AppRequest,
  conventions: Conventions,
  templates: AppTemplates,
): Resource[] {
  const { name, route } = app;
  if (route.kind === 'chart' || route.kind === 'none') return [];
  const gateway = gatewayFor(route.kind, conventions);
  if (!gateway) return [];
  const apiVersion = routeVersion(route.kind, gateway, conventions);
  return [
    {
      file: ROUTE_FILES[route.kind],
      listed: true,
      content: renderRoute({ name, ...route, apiVersion }, gateway, templates),
      why: untranslated(`${route.hosts.join(', ')} → ${route.backend.service}:${route.backend.port}`),
    },
  ];
}

/** The Secrets of an app as files of the folder that is built. */
export function secretResources(
  app: AppRequest,
  gitops: Pick<GitopsRepository, 'repository' | 'conventions'>,
  templates: AppTemplates,
  { folder, namespace }: { folder: string; namespace: string },
): (AppFile & { listed: boolean })[] {
  return placeSecrets(gitops, folder, wantedSecrets(app, namespace)).map(placed => ({
    path: placed.path.slice(folder.length + 1),
    listed: placed.listed,
    content: renderSecret(placed, templates),
    why: placed.why,
  }));
}

/** The Secrets of a new app, which lie in its namespace. */
export function wantedSecrets({ secrets }: Pick<AppRequest, 'secrets'>, namespace: string) {
  return secrets.map(({ name, keys }) => ({ name, keys, namespace }));
}

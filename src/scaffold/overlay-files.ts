import { posix } from 'node:path';
import type { GitopsRepository } from '../repository/read-repository.ts';
import { overlayNamespace } from '../repository/overlays.ts';
import { renderTemplate } from '../repository/templates.ts';
import { say } from '../locales/say.ts';
import {
  type AppFile,
  type AppTemplates,
  ignoreFile,
  inResources,
  namespaceResource,
  routeResource,
  secretResources,
  sourceResources,
  valuesFiles,
} from './app-files.ts';
import { type AppRequest, folderOf, mainOf, overlayFolder } from './app-request.ts';
import { hostsElsewhere } from './hosts.ts';
import { kustomizationView, valuesFileIn } from './kustomization-view.ts';

type Gitops = Pick<GitopsRepository, 'repository' | 'conventions'>;
type Overlaid = AppRequest & { overlays: readonly string[] };
type Making = { app: Overlaid; gitops: Gitops; templates: AppTemplates };

/** The files of an app of overlays, from the repository's root: its base, and what each environment has of its own. */
export function overlayFiles(app: Overlaid, gitops: Gitops, templates: AppTemplates): AppFile[] {
  const making = { app, gitops, templates };
  const home = folderOf(app);
  return [
    ...baseFiles(making).map(file => ({ ...file, path: `${home}/base/${file.path}` })),
    ...app.overlays.flatMap(environment =>
      filesOfOverlay(making, environment).map(file => ({
        ...file,
        path: `${overlayFolder(app, environment)}/${file.path}`,
      })),
    ),
  ];
}

/** What all environments share: manifests, and the values of charts, which each overlay inflates for itself. */
function baseFiles({ app, gitops: { conventions }, templates }: Making): AppFile[] {
  const resources = inResources(
    [
      ...namespaceResource(app, templates['overlays/namespace.yaml']),
      ...sourceResources(app, templates),
      ...(app.resources ?? []),
    ],
    conventions,
  );
  const { source } = app;
  const view = kustomizationView({
    app: source.kind === 'charts' ? { ...app, source: { kind: 'charts', charts: [] }, images: [] } : app,
    namespace: '',
    resources: resources.filter(({ listed }) => listed).map(({ path }) => path),
    prefixFile: undefined,
    style: conventions.style,
  });
  return [
    ...ignoreFile(source, conventions, templates),
    {
      path: 'kustomization.yaml',
      content: renderTemplate(templates['kustomization.yaml'], view),
      why: say('scaffold.whatOverlaysBuildOn'),
    },
    ...valuesFiles(source, conventions),
    ...resources.map(({ path, content, why }) => ({ path, content, why })),
  ];
}

function filesOfOverlay({ app, gitops, templates }: Making, environment: string): AppFile[] {
  const { conventions } = gitops;
  const folder = overlayFolder(app, environment);
  const own = { ...app, route: routeIn(app, gitops, environment) };
  const resources = inResources(routeResource(own, conventions, templates), conventions);
  const secrets = secretResources(own, gitops, templates, {
    folder,
    namespace: overlayNamespace(app, environment),
  });
  const patch = app.source.kind === 'image' ? [deploymentPatch(app.name, templates, environment)] : [];
  const values = ownValues({ app, gitops, templates }, environment);
  const charts = app.source.kind === 'charts';
  const view = kustomizationView({
    app: { ...app, images: charts ? app.images : [] },
    namespace: overlayNamespace(app, environment),
    resources: [BASE, ...[...resources, ...secrets].filter(({ listed }) => listed).map(({ path }) => path)],
    prefixFile: prefixFrom(gitops, folder),
    style: conventions.style,
    overlay: { base: BASE, values: values.map(({ path }) => path), patches: patch.map(({ path }) => path) },
  });
  return [
    {
      path: 'kustomization.yaml',
      content: renderTemplate(templates['kustomization.yaml'], view),
      why: say('scaffold.whatIsBuiltFor', { environment }),
    },
    ...values,
    ...patch,
    ...[...resources, ...secrets].map(({ path, content, why }) => ({ path, content, why })),
  ];
}

const BASE = '../../base';

function ownValues({ app: { source }, gitops, templates }: Making, environment: string): AppFile[] {
  if (source.kind !== 'charts') return [];
  const isOnly = source.charts.length === 1;
  return source.charts.map(chart => {
    const shared = valuesFileIn(chart, { style: gitops.conventions.style, isOnly });
    return {
      path: isOnly ? 'values.yaml' : `values-${chart.release}.yaml`,
      content: renderTemplate(templates['overlays/values.yaml'], {
        environment,
        base: `${BASE}/${shared.path}`,
      }),
      why: say('scaffold.valuesOf', { environment }),
    };
  });
}

function deploymentPatch(name: string, templates: AppTemplates, environment: string): AppFile {
  return {
    path: 'deployment.yaml',
    content: renderTemplate(templates['overlays/deployment.yaml'], { name, environment }),
    why: say('scaffold.patchOf', { environment }),
  };
}

/** The hosts were asked for the main environment: the others have their own. */
function routeIn(app: Overlaid, { conventions }: Gitops, environment: string): AppRequest['route'] {
  const main = mainOf(app.overlays);
  if (!('hosts' in app.route) || environment === main) return app.route;
  const patterns = [main, environment].map(name => conventions.hostPattern(name).value);
  const naming = {
    domains: conventions.domains?.value ?? [],
    from: patterns[0] ?? '',
    to: patterns[1] ?? '',
  };
  return { ...app.route, hosts: hostsElsewhere(app.route.hosts, naming, environment) };
}

/** The transformer of images, which conventions name from where apps usually stand. */
function prefixFrom({ repository, conventions }: Gitops, folder: string): string | undefined {
  const written = conventions.imagePrefix?.value.file;
  if (written === undefined) return undefined;
  const places = ['a/b', 'a/b/c/d'].map(from => posix.join(from, written));
  const found = places.find(place => repository.text.has(place));
  return found === undefined ? written : posix.relative(folder, found);
}

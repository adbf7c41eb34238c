import { stringsAt, valueAt } from '../data/fields.ts';
import { UserError } from '../errors.ts';
import { HOST_KINDS, hostsInManifest, hostsInValues } from '../repository/hosts-in.ts';
import { insideFrom } from '../repository/kustomization-paths.ts';
import type { ChartEntry } from '../repository/kustomization.ts';
import { type App, appManifests, type Repository } from '../repository/model.ts';
import { readDocuments } from '../yaml/read.ts';

/** A host that something leads elsewhere already, and which app that is. */
export type TakenHost = { host: string; app: string };

export type HostSearch = {
  taken: TakenHost | undefined;
  /** Apps whose charts may put one of the hosts together: only what they render tells. */
  open: App[];
};

/**
 * Looks for hosts in the routes and Ingresses of the apps, and in the values of their charts. `except` is left out: a file, or
 * an app's folder.
 */
export function searchHosts(repository: Repository, hosts: readonly string[], except: string): HostSearch {
  const others = repository.apps.filter(({ path }) => path !== except && !path.startsWith(`${except}/`));
  for (const app of others) {
    const own = new Set([...hostsInFiles(repository, app, except), ...hostsOfCharts(repository, app, hosts)]);
    const host = hosts.find(each => own.has(each));
    if (host !== undefined) return { taken: { host, app: app.path }, open: [] };
  }
  const open = others.filter(app => !except.startsWith(`${app.path}/`) && mayRender(repository, app, hosts));
  return { taken: undefined, open };
}

function hostsInFiles(repository: Repository, app: App, except: string): string[] {
  const kinds = new RegExp(`${HOST_KINDS.source}|HelmRelease`);
  return appManifests(repository, app, kinds)
    .filter(({ file }) => file !== except)
    .flatMap(({ manifest }) =>
      manifest.kind === 'HelmRelease'
        ? hostsInValues(valueAt(manifest.body, ['spec', 'values']))
        : hostsInManifest(manifest),
    );
}

/** Only files that mention one of them are read. */
function hostsOfCharts({ text }: Repository, app: App, hosts: readonly string[]): string[] {
  return app.kustomization.charts.flatMap(chart => [
    ...hostsInValues(chart.data['valuesInline']),
    ...valuesFilesOf(app, chart).flatMap(file => {
      const content = text.get(file) ?? '';
      return hosts.some(host => content.includes(host))
        ? documentsIn(content, file).flatMap(hostsInValues)
        : [];
    }),
  ]);
}

/** What nobody can read has no hosts. */
function documentsIn(content: string, file: string): unknown[] {
  try {
    return [...readDocuments(content, file)];
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}

function valuesFilesOf({ path }: App, { valuesFile, data }: ChartEntry): string[] {
  const named = [
    ...(valuesFile === undefined ? [] : [valuesFile]),
    ...stringsAt(data, ['additionalValuesFiles']),
  ];
  return named.flatMap(written => insideFrom(path, written) ?? []);
}

/** A chart makes a host of a label and a domain, which stand as values in its values file or in its kustomization. */
function mayRender({ text }: Repository, app: App, hosts: readonly string[]): boolean {
  const { charts } = app.kustomization;
  if (charts.length === 0) return false;
  const files = charts.flatMap(chart => valuesFilesOf(app, chart));
  const written = [app.kustomization.text, ...files.map(file => text.get(file) ?? '')].join('\n');
  return hosts.some(host => {
    const [label = '', ...domain] = host.split('.');
    return written.includes(domain.join('.')) && valueBeginning(label).test(withoutComments(written));
  });
}

function withoutComments(text: string): string {
  return text.replaceAll(/^[ \t]*#.*$/gm, '');
}

/** `sub: wiki`, `- wiki`, `"wiki.{{ .Values.domain }}"`; not a key of that name, nor a word in a sentence. */
function valueBeginning(label: string): RegExp {
  return new RegExp(`(?:[:\\-] |[\\[,{"'/])["']?${label}(?=$|["'.,\\]}]|[ \\t]*(?:#.*)?$)`, 'm');
}

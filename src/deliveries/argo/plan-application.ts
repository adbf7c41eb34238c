import { posix } from 'node:path';
import { isRecord, recordsAt, stringOf, stringsAt, valueAt } from '../../data/fields.ts';
import { say } from '../../locales/say.ts';
import type { RepositoryText } from '../../repository/model.ts';
import { insideFrom } from '../../repository/kustomization-paths.ts';
import type { Text } from '../../text/language.ts';
import { versionKind } from '../chart-use.ts';
import type { LocatedObject } from '../located-object.ts';
import type { PlannedChart, PlannedRelease, ReleasePlan, SetLine, ValuesLayer } from '../planned-release.ts';
import { readValuesText } from '../read-values-text.ts';
import { chartSource, sourcesOf } from './source.ts';
import { isFilledIn } from '../../text/filled-in.ts';
import { withCommas } from './parameters.ts';
import { mergePatch } from '../merge-patch.ts';
import { readLocated } from '../../yaml/read.ts';

export type ApplicationContext = {
  text: RepositoryText;
  /** Whether an address means this repository. */
  isOwn(url: string): boolean;
};

/** What Argo CD would have Helm render for an Application: one release for each source that is a chart. */
export function planApplication(context: ApplicationContext, object: LocatedObject): ReleasePlan[] {
  const spec = object.body['spec'];
  const sources = sourcesOf(spec).filter(isRecord);
  return sources.flatMap(source => planSource(context, { object, spec, source, sources }));
}

type Sourced = {
  object: LocatedObject;
  spec: unknown;
  source: Readonly<Record<string, unknown>>;
  sources: readonly Record<string, unknown>[];
};

function planSource(context: ApplicationContext, sourced: Sourced): ReleasePlan[] {
  const chart = chartOf(context, sourced.source);
  if (!chart) return [];
  const by = { kind: 'Application' as const, name: sourced.object.name };
  if ('reason' in chart) return [{ status: 'left', by, reason: chart.reason }];
  return [{ status: 'planned', release: releaseFrom(context, sourced, chart) }];
}

/** A chart of a repository, or of a folder here; undefined for what is none. */
function chartOf(
  { text, isOwn }: ApplicationContext,
  source: Sourced['source'],
): PlannedChart | { reason: Text } | undefined {
  const [name, url = '', path] = ['chart', 'repoURL', 'path'].map(field => stringOf(source[field]));
  const revision = stringOf(source['targetRevision']) ?? '';
  if (name) {
    if ([name, url, revision].some(isFilledIn)) return { reason: say('deliveries.templateOpen') };
    const kind = revision === 'HEAD' ? 'floating' : versionKind(revision);
    return { name, source: chartSource(url), version: { kind, text: revision } };
  }
  const folder = path === undefined ? undefined : insideFrom('.', path);
  const isHere = folder !== undefined && isOwn(url) && text.has(`${folder}/Chart.yaml`);
  return isHere ? { name: posix.basename(folder), folder } : undefined;
}

function releaseFrom(context: ApplicationContext, sourced: Sourced, chart: PlannedChart): PlannedRelease {
  const { object, spec } = sourced;
  const folder = 'folder' in chart ? chart.folder : undefined;
  const source =
    folder === undefined
      ? sourced.source
      : sourceOverrides(context.text, folder, object.name, sourced.source);
  const helm = isRecord(source['helm']) ? source['helm'] : {};
  const open: Text[] = [];
  const reading: Reading = { ...context, sources: sourced.sources, folder, helm, app: object.name, open };
  const kubeVersion = stringOf(helm['kubeVersion']);
  const apiVersions = stringsAt(helm, ['apiVersions']);
  return {
    by: { kind: 'Application', name: object.name },
    release: stringOf(helm['releaseName']) ?? object.name,
    namespace: stringOf(helm['namespace']) ?? stringOf(valueAt(spec, ['destination', 'namespace'])),
    chart,
    defaults: [],
    values: [...fileLayers(reading), ...inlineLayer(reading)],
    lines: [...parameterLines(reading), ...fileLines(reading)],
    cluster: {
      ...(kubeVersion === undefined ? {} : { kubeVersion }),
      ...(apiVersions.length === 0 ? {} : { apiVersions }),
    },
    crds: { isIncluded: helm['skipCrds'] !== true, onUpgrade: 'CreateReplace', isDefault: true },
    hasTests: false,
    hasHooks: true,
    postRenderers: [],
    metadata: { labels: {}, annotations: {} },
    open,
  };
}

type Reading = ApplicationContext & {
  sources: Sourced['sources'];
  /** Of the chart, where it lies here. */
  folder: string | undefined;
  helm: Readonly<Record<string, unknown>>;
  app: string;
  open: Text[];
};

function fileLayers(reading: Reading): ValuesLayer[] {
  const isOptional = reading.helm['ignoreMissingValueFiles'] === true;
  return stringsAt(reading.helm, ['valueFiles']).flatMap((written): ValuesLayer[] => {
    const found = fileAt(reading, written);
    if (found.kind === 'ofChart') return [{ kind: 'ofChart', path: found.path, isOptional }];
    const text = found.kind === 'here' ? reading.text.get(found.path) : undefined;
    if (text === undefined && found.kind === 'here' && isOptional) return [];
    const data = text === undefined ? undefined : readValuesText(text, written);
    if (data) return [{ kind: 'data', data }];
    reading.open.push(say('deliveries.valuesFileNotHere', { file: written }));
    return [];
  });
}

type FoundFile = { kind: 'here' | 'ofChart'; path: string } | { kind: 'elsewhere' };

/** `$ref/…` starts at the root of that source's repository; anything else is a file beside the chart, or an address. */
function fileAt({ sources, isOwn, folder }: Reading, written: string): FoundFile {
  const [, ref, rest = ''] = /^\$([^/]+)\/(.+)$/.exec(written) ?? [];
  if (ref !== undefined) {
    const url = stringOf(sources.find(each => each['ref'] === ref)?.['repoURL']);
    const path = insideFrom('.', rest);
    return url !== undefined && path !== undefined && isOwn(url)
      ? { kind: 'here', path }
      : { kind: 'elsewhere' };
  }
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(written) || isFilledIn(written)) return { kind: 'elsewhere' };
  if (folder === undefined) return { kind: 'ofChart', path: posix.normalize(written) };
  const path = written.startsWith('/') ? insideFrom('.', written.slice(1)) : insideFrom(folder, written);
  return path === undefined ? { kind: 'elsewhere' } : { kind: 'here', path };
}

/** `valuesObject` stands for `values`, where both are there. */
function inlineLayer({ helm, open }: Reading): ValuesLayer[] {
  const { valuesObject, values } = helm;
  if (isRecord(valuesObject)) return [{ kind: 'data', data: valuesObject }];
  const text = stringOf(values);
  if (text === undefined || text.trim() === '') return [];
  const data = readValuesText(text, 'helm.values');
  if (data) return [{ kind: 'data', data }];
  open.push(say('deliveries.inlineNoMap'));
  return [];
}

/** Those that are texts come last, as Helm takes `--set-string` after `--set`. */
function parameterLines(reading: Reading): SetLine[] {
  const lines = recordsAt(reading.helm, ['parameters']).flatMap(parameter => {
    const [name, value = ''] = ['name', 'value'].map(field => stringOf(parameter[field]));
    if (name === undefined) return [];
    const filled = withVariables(reading, value);
    return [{ line: `${name}=${withCommas(filled)}`, asText: parameter['forceString'] === true }];
  });
  return [...lines.filter(({ asText }) => !asText), ...lines.filter(({ asText }) => asText)];
}

/** What Argo CD knows of the Application. */
function withVariables({ app, open }: Pick<Reading, 'app' | 'open'>, value: string): string {
  return value.replace(
    /\$(?:\{(ARGOCD_[A-Z_]+)\}|(ARGOCD_[A-Z_]+))/g,
    (whole, braced?: string, bare?: string) => {
      if ((braced ?? bare) === 'ARGOCD_APP_NAME') return app;
      open.push(say('deliveries.variableOfArgo', { name: whole }));
      return whole;
    },
  );
}

function fileLines(reading: Reading): SetLine[] {
  return recordsAt(reading.helm, ['fileParameters']).flatMap(parameter => {
    const [name, written = ''] = ['name', 'path'].map(field => stringOf(parameter[field]));
    const found = fileAt(reading, written);
    const text = found.kind === 'here' ? reading.text.get(found.path) : undefined;
    if (name === undefined) return [];
    if (text !== undefined) return [{ line: `${name}=${text.replace(/[\\,[\]{}]/g, '\\$&')}`, asText: true }];
    reading.open.push(say('deliveries.valuesFileNotHere', { file: written }));
    return [];
  });
}

/** The files that lay something over a source of this repository: for all Applications, and for one. */
function overrideFiles(folder: string, app: string): string[] {
  return [`${folder}/.argocd-source.yaml`, `${folder}/.argocd-source-${app}.yaml`];
}

/** What stays as the Application says it, whatever a file says. */
const KEPT = ['chart', 'path', 'repoURL', 'targetRevision'];

/** A source with what `.argocd-source.yaml` and `.argocd-source-<app>.yaml` of its folder lay over it, as a merge patch. */
function sourceOverrides(
  text: RepositoryText,
  folder: string,
  app: string,
  source: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const merged = overrideFiles(folder, app).reduce<Record<string, unknown>>(
    (own, file) => {
      const result = readLocated(text.get(file) ?? '');
      const data =
        result.status === 'read' && !result.yaml.dataProblem ? result.yaml.documents[0] : undefined;
      return isRecord(data) ? mergePatch(own, data) : own;
    },
    { ...source },
  );
  for (const key of KEPT) {
    if (Object.hasOwn(source, key)) merged[key] = source[key];
    else delete merged[key];
  }
  return merged;
}

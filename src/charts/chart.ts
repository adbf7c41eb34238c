import { display } from '../text/display.ts';
import { UserError } from '../errors.ts';
import { asList, asMap, asText, type DataMap, field, omitUndefined, textMap } from '../data/fields.ts';
import { type ChartName, isChartName } from '../repository/names.ts';
import { readRemoteYaml } from '../yaml/remote-yaml.ts';
import { decodeUtf8 } from '../text/utf8.ts';
import { schemaReferences } from './values-schema.ts';
import { parseVersion } from './versions/versions.ts';
import { say } from '../locales/say.ts';
import type { Text } from '../text/language.ts';

/** A chart as its archive says. All text but the name is its author's: display() it. */
export type Chart = {
  readonly name: ChartName;
  readonly version: string;
  readonly appVersion?: string;
  readonly kubeVersion?: string;
  readonly description?: string;
  readonly home?: string;
  readonly type: 'application' | 'library';
  readonly deprecated: boolean;
  readonly annotations: Readonly<Record<string, string>>;
  readonly dependencies: readonly ChartDependency[];
  /** The default values, byte for byte. */
  readonly values: Buffer | undefined;
  readonly valuesSchema: Buffer | undefined;
  /** What the schema refers to outside of itself, which Helm fetches when it renders. */
  readonly schemaReferences: readonly string[];
  /** Paths of the files with custom resource definitions, those of unpacked subcharts included. */
  readonly crds: readonly string[];
  /** Kinds of Gateway API routes that a template can render, such as `HTTPRoute`. */
  readonly routes: readonly string[];
  readonly hasHttpRoute: boolean;
};

/** As declared. Nothing here fetches it. */
export type ChartDependency = {
  readonly name: string;
  readonly version?: string;
  readonly repository?: string;
  readonly alias?: string;
  readonly condition?: string;
  readonly tags?: readonly string[];
  /** What of its values the parent takes over, as it is written. */
  readonly importValues?: readonly unknown[];
};

export type AskedChart = { readonly name: string; readonly version?: string };

type Files = ReadonlyMap<string, Buffer>;

/**
 * A chart from its files (paths below the chart's folder).
 * @throws UserError E_CHART_NAME, E_CHART_MISMATCH when it is not the chart that was asked for, E_CHART_INVALID, E_ENCODING,
 * and those of `readRemoteYaml` for Chart.yaml.
 */
export function parseChart(files: Files, asked?: AskedChart): Chart {
  const data = readYaml(files, 'Chart.yaml');
  const name = requireName(data);
  const version = requireVersion(data);
  requireAsked({ name, version }, asked);
  const values = files.get('values.yaml');
  if (values) decodeUtf8(values, 'values.yaml');
  const valuesSchema = files.get('values.schema.json');
  const routes = routesIn(files);
  return {
    name,
    version,
    ...omitUndefined({
      appVersion: asText(field(data, 'appVersion')),
      kubeVersion: asText(field(data, 'kubeVersion')),
      description: asText(field(data, 'description')),
      home: asText(field(data, 'home')),
    }),
    type: field(data, 'type') === 'library' ? 'library' : 'application',
    deprecated: field(data, 'deprecated') === true,
    annotations: textMap(field(data, 'annotations')),
    dependencies: dependenciesOf(files, data),
    values,
    valuesSchema,
    schemaReferences: valuesSchema ? schemaReferences(valuesSchema) : [],
    crds: [...files.keys()].filter(path => /^(?:charts\/[^/]+\/)*crds\/.+\.(?:ya?ml|json)$/.test(path)),
    routes,
    hasHttpRoute: routes.includes('HTTPRoute'),
  };
}

/** What the Chart.yaml of a chart inside of another says. @throws UserError as `parseChart` does */
export function readMetadata(files: Files): Pick<Chart, 'name' | 'dependencies'> {
  const data = readYaml(files, 'Chart.yaml');
  return { name: requireName(data), dependencies: dependenciesOf(files, data) };
}

function readYaml(files: Files, path: string): DataMap {
  const bytes = files.get(path);
  if (!bytes) throw invalid(say('charts.itHasNo', { path }));
  try {
    return asMap(readRemoteYaml(decodeUtf8(bytes, path), path));
  } catch (error) {
    if (error instanceof UserError && error.code === 'E_YAML_SYNTAX')
      throw invalid(error.texts.message, error);
    throw error;
  }
}

function requireName(data: DataMap): ChartName {
  const name = field(data, 'name');
  if (typeof name === 'string' && isChartName(name)) return name;
  throw new UserError(
    'E_CHART_NAME',
    say('charts.chartCallsItself', { json: display(JSON.stringify(name) ?? 'nothing') }),
    {
      hint: say('charts.chartNeedsNameLowerCase'),
    },
  );
}

function requireVersion(data: DataMap): string {
  const version = asText(field(data, 'version'));
  if (version !== undefined && parseVersion(version)) return version;
  throw invalid(
    say('charts.itsVersionIs', {
      version: version === undefined ? say('charts.missing') : display(JSON.stringify(version)),
    }),
  );
}

function requireAsked(found: { name: string; version: string }, asked: AskedChart | undefined): void {
  if (!asked) return;
  const rightVersion = asked.version === undefined || comparable(asked.version) === comparable(found.version);
  if (found.name === asked.name && rightVersion) return;
  const wanted = [asked.name, asked.version].filter(part => part !== undefined).map(display);
  throw new UserError(
    'E_CHART_MISMATCH',
    say('charts.askedButArchiveHolds', {
      wanted: wanted.join(' '),
      name: display(found.name),
      version: display(found.version),
    }),
    { hint: say('charts.nothingUsedTellPublisherRepository') },
  );
}

/** Tags of registries write `_` for `+`, and a repository may leave a leading `v` out. */
function comparable(version: string): string {
  return version.replace(/^v/, '').replaceAll('_', '+');
}

/** Charts of apiVersion v1 list them in requirements.yaml. */
function dependenciesOf(files: Files, data: DataMap): ChartDependency[] {
  const own = asList(field(data, 'dependencies'));
  const isOld = own.length === 0 && files.has('requirements.yaml');
  const list = isOld ? asList(field(readYaml(files, 'requirements.yaml'), 'dependencies')) : own;
  return list.map(parseDependency);
}

function parseDependency(item: unknown): ChartDependency {
  const data = asMap(item);
  const name = asText(field(data, 'name'));
  const alias = asText(field(data, 'alias'));
  if (name === undefined) throw invalid(say('charts.dependencyHasNoName'));
  if (!isChartName(name.toLowerCase()))
    throw new UserError('E_CHART_NAME', say('charts.dependencyCallsItself', { name: display(name) }));
  if (alias !== undefined && !/^[A-Za-z0-9_-]+$/.test(alias))
    throw new UserError(
      'E_CHART_NAME',
      say('charts.dependencyHasAlias', { name: display(name), alias: display(alias) }),
    );
  return {
    name,
    ...omitUndefined({
      version: asText(field(data, 'version')),
      repository: asText(field(data, 'repository')),
      alias,
      condition: asText(field(data, 'condition')),
      tags: filled(asList(field(data, 'tags')).filter(tag => typeof tag === 'string')),
      importValues: filled(asList(field(data, 'import-values'))),
    }),
  };
}

function filled<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined;
}

// A template may choose the kind: `kind: {{ $route.kind | default "HTTPRoute" }}`.
const ROUTE = /^[ -]*kind:.*\b((?:HTTP|GRPC|TLS|TCP|UDP)Route)\b/gm;

function routesIn(files: Files): string[] {
  const found = new Set<string>();
  for (const [path, content] of files) {
    if (!/^(?:charts\/[^/]+\/)*templates\//.test(path)) continue;
    for (const [, kind = ''] of content.toString('latin1').matchAll(ROUTE)) found.add(kind);
  }
  return [...found].toSorted();
}

function invalid(problem: Text, cause?: unknown): UserError {
  return new UserError('E_CHART_INVALID', say('charts.chartRefused', { problem }), {
    hint: say('charts.tellPublisherChart'),
    cause,
  });
}

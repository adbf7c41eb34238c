import path from 'node:path';
import { segmentProblem } from '../../text/file-name.ts';
import type { Text } from '../../text/language.ts';
import { stringOf } from '../../data/fields.ts';
import { type RepositoryPath, resolveInside } from '../../repository/repository-path.ts';
import type { At, ChartInput, Refusal } from './refusal.ts';
import { say } from '../../locales/say.ts';

type Data = Readonly<Record<string, unknown>>;

export type JudgedChart = { chart?: ChartInput; refusals: Refusal[] };

/** Why this cannot be the name of a chart's folder; undefined if it can. */
export function chartNameProblem(name: string): Text | undefined {
  if (segmentProblem(name) === undefined && !name.startsWith('-')) return undefined;
  return say('render.cannotNameChart', { name });
}

/** Fields that kustomize hands to helm as arguments. */
const ARGUMENTS = ['name', 'repo', 'version', 'releaseName', 'namespace', 'nameTemplate', 'kubeVersion'];
/** What a name template may call though it has no business with it: the environment and the network. */
const REACHES_OUT = /\b(?:env|expandenv|getHostByName)\b/;

/**
 * An entry of `helmCharts`, or a HelmChartInflationGenerator: the chart that it takes, unless a field of it leads
 * somewhere else. `folder` is that of the kustomization.
 */
export function checkChart(
  data: Data,
  globals: Data,
  { folder, at }: { folder: string; at: At },
): JudgedChart {
  const refusals = [...judgeArguments(data, at), ...judgeGlobals(globals, at)];
  const name = textOf(data['name']);
  if (name === undefined) return { refusals };
  const repo = textOf(data['repo']);
  const version = textOf(data['version']);
  const problem = chartNameProblem(name) ?? (version && chartNameProblem(`${name}-${version}`));
  if (problem) return { refusals: [...refusals, { ...at('name'), reason: problem }] };
  const home = chartHome(folder, globals, { name, repo, version });
  if (home.problem)
    return { refusals: [...refusals, { ...at('chartHome'), reason: prefixed('chartHome', home.problem) }] };
  return { refusals, chart: { home: home.path, name, repo, version, place: at('name') } };
}

function prefixed(what: string, { en, 'zh-CN': zh }: Text): Text {
  return say('render.refusal', { what, en, zh });
}

/** A pulled chart lies in a folder of its name and version, a local one in one of its name. */
function chartHome(
  folder: string,
  globals: Data,
  { name, repo, version }: { name: string; repo: string | undefined; version: string | undefined },
): { path: RepositoryPath; problem?: undefined } | { path?: undefined; problem: Text } {
  const home = textOf(globals['chartHome']) ?? 'charts';
  const place = repo === undefined || version === undefined ? name : `${name}-${version}/${name}`;
  const itself = path.posix.isAbsolute(home) ? resolveInside(folder, home) : undefined;
  return itself?.problem ? itself : resolveInside(folder, `${home}/${place}`);
}

function judgeArguments(data: Data, at: At): Refusal[] {
  const listed = Array.isArray(data['apiVersions']) ? (data['apiVersions'] as unknown[]) : [];
  const flags = ARGUMENTS.filter(field => isFlag(data[field])).map(field => at(field));
  if (listed.some(isFlag)) flags.push(at('apiVersions'));
  const template = stringOf(data['nameTemplate']) ?? '';
  return [
    ...flags.map(place => ({ ...place, reason: FLAG })),
    ...(REACHES_OUT.test(template) ? [{ ...at('nameTemplate'), reason: TEMPLATE }] : []),
  ];
}

const FLAG: Text = say('render.beginsSoHelmWouldTake');
const TEMPLATE: Text = say('render.nametemplateAsksEnvironmentNetwork');

function isFlag(value: unknown): boolean {
  return typeof value === 'string' && value.trimStart().startsWith('-');
}

/** helm loads plugins from its configuration folder, and runs them. */
function judgeGlobals(globals: Data, at: At): Refusal[] {
  if (globals['configHome'] === undefined) return [];
  const reason = say('render.confighomeMakesHelmLoadPlugins');
  return [{ ...at('configHome'), reason }];
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

import path from 'node:path';
import type { AppFacts } from '../facts/app-facts.ts';
import type { Diagnostic } from '../finding.ts';
import { localChartFile } from './chart-local-missing.ts';
import { yamlFix } from '../fixes.ts';
import type { ChartEntry, Kustomization } from '../../../repository/kustomization.ts';
import type { AppRule } from '../rule.ts';
import { isExactVersion } from '../../../charts/versions/versions.ts';
import { say } from '../../../locales/say.ts';

/** Without a version the newest chart is taken, and another one tomorrow; without a repo the version means nothing. */
export const chartRepoVersionPair: AppRule = {
  scope: 'app',
  severity: 'error',
  title: say('rules.chartHasRepoVersionNeither'),
  check: facts =>
    facts.charts.flatMap(({ chart, kustomization }) => {
      const hasRepo = isThere(chart.data['repo']);
      const hasVersion = isThere(chart.data['version']);
      if (hasRepo === hasVersion) return [];
      // What lies there already is taken: nothing is pulled.
      if (hasRepo && facts.kindOf(localChartFile(chart, kustomization)) === 'file') return [];
      return [hasRepo ? noVersion(chart, kustomization) : noRepo(facts, chart, kustomization)];
    }),
};

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

function noVersion(chart: ChartEntry, { file, text }: Kustomization): Diagnostic {
  const version = versionOfValues(chart);
  return {
    ...chart.at('repo'),
    message: say('rules.chartHasRepoButNo', { name: chart.name ?? '' }),
    hint: version === undefined ? say('rules.pinExactVersion') : say('rules.addVersion', { version }),
    ...(version === undefined
      ? {}
      : {
          fix: style =>
            yamlFix(file, text, {
              kind: 'put',
              path: ['helmCharts', chart.index, 'version'],
              value: version,
              place: { order: style.chartKeys.value },
            }),
        }),
  };
}

/** The values file is a copy of one version's defaults, and says which. */
function versionOfValues({ name, valuesFile }: ChartEntry): string | undefined {
  const base = path.posix.basename(valuesFile ?? '', '.yaml');
  const version = name !== undefined && base.startsWith(`${name}-`) ? base.slice(name.length + 1) : '';
  return isExactVersion(version) ? version : undefined;
}

function noRepo(facts: AppFacts, chart: ChartEntry, kustomization: Kustomization): Diagnostic {
  const { file, text } = kustomization;
  const isLocal = facts.kindOf(path.posix.dirname(localChartFile(chart, kustomization))) === 'folder';
  return {
    ...chart.at('version'),
    message: say('rules.chartHasVersionButNo', { name: chart.name ?? '' }),
    hint: isLocal ? say('rules.removeVersionChartLocal') : say('rules.addRepo'),
    ...(isLocal
      ? {
          fix: () => yamlFix(file, text, { kind: 'remove', path: ['helmCharts', chart.index, 'version'] }),
        }
      : {}),
  };
}

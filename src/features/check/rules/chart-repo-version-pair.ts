import path from 'node:path';
import type { AppFacts } from '../facts/app-facts.ts';
import type { Remark } from '../finding.ts';
import { yamlFix } from '../fixes.ts';
import type { ChartFacts, KustomizationFacts } from '../../../repository/kustomization-facts.ts';
import type { AppRule } from '../rule.ts';
import { isExactVersion } from '../../../charts/versions/versions.ts';

/** Without a version the newest chart is taken, and another one tomorrow; without a repo the version means nothing. */
export const chartRepoVersionPair: AppRule = {
  scope: 'app',
  severity: 'error',
  title: { en: 'a chart has repo and version, or neither', 'zh-CN': 'repo 和 version 同时存在或都不存在' },
  check: facts =>
    facts.charts.flatMap(({ chart, kustomization }) => {
      const hasRepo = isThere(chart.data['repo']);
      const hasVersion = isThere(chart.data['version']);
      if (hasRepo === hasVersion) return [];
      return [hasRepo ? noVersion(chart, kustomization) : noRepo(facts, chart, kustomization)];
    }),
};

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

function noVersion(chart: ChartFacts, { file, text }: KustomizationFacts): Remark {
  const version = versionOfValues(chart);
  return {
    ...chart.at('repo'),
    message: {
      en: `chart ${chart.name ?? ''} has a repo but no version`,
      'zh-CN': `chart ${chart.name ?? ''} 有 repo 但没有 version`,
    },
    hint:
      version === undefined
        ? { en: 'pin the exact version', 'zh-CN': '写明确切版本' }
        : { en: `add version: ${version}`, 'zh-CN': `添加 version: ${version}` },
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
function versionOfValues({ name, valuesFile }: ChartFacts): string | undefined {
  const base = path.posix.basename(valuesFile ?? '', '.yaml');
  const version = name !== undefined && base.startsWith(`${name}-`) ? base.slice(name.length + 1) : '';
  return isExactVersion(version) ? version : undefined;
}

function noRepo(facts: AppFacts, chart: ChartFacts, { file, folder, text }: KustomizationFacts): Remark {
  const isLocal = facts.kindOf(`${folder}/charts/${chart.name ?? ''}`) === 'folder';
  return {
    ...chart.at('version'),
    message: {
      en: `chart ${chart.name ?? ''} has a version but no repo`,
      'zh-CN': `chart ${chart.name ?? ''} 有 version 但没有 repo`,
    },
    hint: isLocal
      ? { en: 'remove the version: the chart is local', 'zh-CN': '删除 version：这是本地 chart' }
      : { en: 'add its repo', 'zh-CN': '添加 repo' },
    ...(isLocal
      ? {
          fix: () => yamlFix(file, text, { kind: 'remove', path: ['helmCharts', chart.index, 'version'] }),
        }
      : {}),
  };
}

import path from 'node:path';
import type { AppFacts } from '../facts/app-facts.ts';
import type { Diagnostic } from '../finding.ts';
import { yamlFix } from '../fixes.ts';
import type { ChartEntry, Kustomization } from '../../../repository/kustomization.ts';
import type { AppRule } from '../rule.ts';
import { say } from '../../../locales/say.ts';

type Owned = { chart: ChartEntry; kustomization: Kustomization };

/** The name says whose defaults the file is a copy of; a stale one shows at once. */
export const valuesFileName: AppRule = {
  scope: 'app',
  habit: 'versionedValues',
  severity: 'error',
  title: say('rules.valuesFilesNamedValuesName'),
  check: facts =>
    facts.charts.flatMap(owned => {
      const { chart } = owned;
      // Without its version nobody can say how the file should be named.
      const isPaired = (chart.data['repo'] === undefined) === (chart.data['version'] === undefined);
      if (chart.name === undefined || !isPaired || isUrl(chart.valuesFile)) return [];
      const written = chart.data['valuesFile'];
      if (written === undefined || written === null || written === '') return [missing(facts, owned)];
      return chart.valuesFile === undefined || isRightName(facts, chart) ? [] : [misnamed(facts, owned)];
    }),
};

function isUrl(valuesFile: string | undefined): boolean {
  return valuesFile !== undefined && /^https?:\/\//.test(valuesFile);
}

/** A local chart has no version of its own to write; a chart that is there twice needs two names. */
function isRightName(facts: AppFacts, chart: ChartEntry): boolean {
  const file = path.posix.normalize(chart.valuesFile ?? '');
  if (file === expectedName(chart)) return true;
  const [folder, base = '', ...deeper] = file.split('/');
  if (folder !== 'values' || deeper.length > 0) return false;
  if (chart.version === undefined && chart.repo === undefined)
    return base === `${chart.name}.yaml` || new RegExp(`^${escape(chart.name)}-.+\\.yaml$`).test(base);
  const twins = facts.charts.filter(
    other => other.chart.name === chart.name && other.chart.version === chart.version,
  );
  return twins.length > 1 && base.includes(`-${chart.version}`) && base.endsWith('.yaml');
}

function escape(text = ''): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

function expectedName({ name, version }: ChartEntry): string {
  return version === undefined ? `values/${name}.yaml` : `values/${name}-${version}.yaml`;
}

function missing(facts: AppFacts, { chart, kustomization }: Owned): Diagnostic {
  const expected = expectedName(chart);
  const { file, folder, text } = kustomization;
  const isThere = facts.kindOf(`${folder}/${expected}`) === 'file';
  return {
    ...chart.at(),
    message: say('rules.chartHasNoValuesfile', { name: chart.name }),
    hint: isThere
      ? say('rules.addValuesfile', { expected })
      : say('rules.copyChartsDefaultValuesAdd', { expected }),
    ...(isThere
      ? {
          fix: style =>
            yamlFix(file, text, {
              kind: 'put',
              path: ['helmCharts', chart.index, 'valuesFile'],
              value: expected,
              place: { order: style.chartKeys.value },
            }),
        }
      : {}),
  };
}

function misnamed(facts: AppFacts, { chart, kustomization }: Owned): Diagnostic {
  const expected = expectedName(chart);
  const { file, folder, text } = kustomization;
  const isThere = facts.kindOf(`${folder}/${expected}`) === 'file';
  const oldIsThere = facts.kindOf(path.posix.join(folder, chart.valuesFile ?? '')) === 'file';
  return {
    ...chart.at('valuesFile'),
    message: say('rules.valuesNot', { name: chart.name, valuesFile: chart.valuesFile, expected }),
    hint: misnamedHint({ expected, isThere, other: otherVersion(chart) }),
    ...(isThere && !oldIsThere
      ? {
          fix: () =>
            yamlFix(file, text, {
              kind: 'set',
              path: ['helmCharts', chart.index, 'valuesFile'],
              value: expected,
            }),
        }
      : {}),
  };
}

/** The version that the name speaks of, if it is another one: then renaming would hide stale values. */
function otherVersion({ name, version, valuesFile }: ChartEntry): string | undefined {
  const base = path.posix.basename(valuesFile ?? '').replace(/\.ya?ml$/, '');
  const written = base.startsWith(`${name}-`) ? base.slice((name ?? '').length + 1) : undefined;
  return written !== undefined && /^v?\d/.test(written) && written !== version ? written : undefined;
}

function misnamedHint(seen: { expected: string; isThere: boolean; other: string | undefined }) {
  const { expected, isThere, other } = seen;
  if (isThere) return say('rules.setValuesfile', { expected });
  if (other !== undefined) return say('rules.moveValuesOverFromSlipway', { other });
  return say('rules.renameFileSetValuesfile', { expected });
}

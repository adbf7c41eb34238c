import { type AppFacts, usualNamespace } from '../facts/app-facts.ts';
import type { Fix, Diagnostic } from '../finding.ts';
import { yamlFix } from '../fixes.ts';
import { type ChartEntry, type Kustomization, readKustomization } from '../../../repository/kustomization.ts';
import type { AppRule } from '../rule.ts';
import { readLocated } from '../../../yaml/read.ts';
import { say } from '../../../locales/say.ts';

/** Kustomize 5.8 leaves what charts render where Helm puts it, so the entry has to say where. */
export const chartNamespace: AppRule = {
  scope: 'app',
  severity: 'error',
  title: say('rules.chartsNamespaceKustomizations'),
  check: facts =>
    facts.charts.flatMap(({ chart, kustomization }) => {
      const expected = expectedNamespace(facts, kustomization);
      if (expected === undefined) return [];
      const value = chart.data['namespace'];
      if (value === undefined || value === null || value === '')
        return [missing(chart, kustomization, expected)];
      return chart.namespace === undefined || chart.namespace === expected
        ? []
        : [different(facts, chart, kustomization, expected)];
    }),
};

/** What is written, else what deploys the app says; the folder's name only where it is the namespace of most. */
function expectedNamespace(facts: AppFacts, kustomization: Kustomization): string | undefined {
  const isFolder = facts.conventions.habits.namespaceIsFolder && !facts.isPart;
  const written = kustomization.namespace ?? facts.root?.namespace;
  return written ?? (isFolder ? (facts.deployedTo?.namespace ?? usualNamespace(facts)) : undefined);
}

function missing(chart: ChartEntry, { file, text }: Kustomization, expected: string): Diagnostic {
  return {
    ...chart.at(),
    message: say('rules.chartHasNoNamespace', { name: chart.name ?? '' }),
    hint: say('rules.addNamespace', { expected }),
    fix: style =>
      yamlFix(file, text, {
        kind: 'put',
        path: ['helmCharts', chart.index, 'namespace'],
        value: expected,
        place: { order: style.chartKeys.value },
      }),
  };
}

function different(
  facts: AppFacts,
  chart: ChartEntry,
  kustomization: Kustomization,
  expected: string,
): Diagnostic {
  const isSaid = (kustomization.namespace ?? facts.root?.namespace) !== undefined;
  const safe = isSaid && !isDeployed(facts, chart, kustomization);
  return {
    ...chart.at('namespace'),
    message: say('rules.chartGoesNamespaceApp', {
      name: chart.name ?? '',
      namespace: chart.namespace,
      expected,
    }),
    hint: safe
      ? say('rules.setNamespaceExpected', { expected })
      : say('rules.setNamespaceMovesWhatCommitted', { expected }),
    ...(safe ? { fix: () => setNamespace(chart, kustomization, expected) } : {}),
  };
}

function setNamespace(chart: ChartEntry, { file, text }: Kustomization, expected: string): readonly Fix[] {
  return yamlFix(file, text, {
    kind: 'set',
    path: ['helmCharts', chart.index, 'namespace'],
    value: expected,
  });
}

/** What a commit has may run there already, with its volumes: moving that is no mending. */
function isDeployed(facts: AppFacts, chart: ChartEntry, { file }: Kustomization): boolean {
  const before = facts.committed(file);
  if (before === undefined) return false;
  const result = readLocated(before);
  if (result.status === 'unreadable') return true;
  return readKustomization(file, result.yaml).charts.some(
    ({ name, namespace }) => name === chart.name && namespace === chart.namespace,
  );
}

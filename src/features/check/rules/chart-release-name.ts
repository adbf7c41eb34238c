import type { AppFacts } from '../facts/app-facts.ts';
import type { Diagnostic } from '../finding.ts';
import { yamlFix } from '../fixes.ts';
import { type ChartEntry, type Kustomization, readKustomization } from '../../../repository/kustomization.ts';
import type { AppRule } from '../rule.ts';
import { readLocated } from '../../../yaml/read.ts';
import { say } from '../../../locales/say.ts';

const RELEASE = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/;
const MAX_LENGTH = 53;

type Owned = { chart: ChartEntry; kustomization: Kustomization };

/** Without one kustomize lets Helm make a name up, another in each build. */
export const chartReleaseName: AppRule = {
  scope: 'app',
  severity: 'error',
  title: say('rules.everyChartHasReleaseName'),
  check: facts => facts.charts.flatMap((owned, index) => checkOne(facts, owned, index)),
};

function checkOne(facts: AppFacts, { chart, kustomization }: Owned, index: number): Diagnostic[] {
  const value = chart.data['releaseName'];
  if (value === undefined || value === null || value === '') return [missing(facts, chart, kustomization)];
  const { releaseName } = chart;
  if (releaseName === undefined) return [];
  if (releaseName.length > MAX_LENGTH || !RELEASE.test(releaseName))
    return [
      {
        ...chart.at('releaseName'),
        message: say('rules.noReleaseName', { releaseName }),
        hint: say('rules.useMostLowerCaseLetters', { max_length: MAX_LENGTH }),
      },
    ];
  const twin = facts.charts
    .slice(0, index)
    .find(other => other.chart.releaseName === releaseName && areTogether(facts, other, kustomization));
  // Objects of different charts have different names, as a rule.
  const isWanted = twin?.chart.name === chart.name || facts.conventions.habits.ownReleaseNames;
  return twin && isWanted ? [taken(chart, twin.chart)] : [];
}

/** Whether one build takes both in: what nothing in the app lists is built by itself. */
function areTogether({ kustomizations, root }: AppFacts, other: Owned, own: Kustomization): boolean {
  if (other.kustomization === own) return true;
  const listed = new Set(kustomizations.flatMap(({ references }) => references.map(each => each.path)));
  return [other.kustomization, own].every(each => each === root || listed.has(each.folder));
}

function missing(facts: AppFacts, chart: ChartEntry, { file, text }: Kustomization): Diagnostic {
  const release = usualRelease(facts, chart, file);
  return {
    ...chart.at(),
    message: say('rules.chartHasNoReleasename', { name: chart.name ?? '' }),
    hint: say('rules.addReleasename', { release }),
    fix: style =>
      yamlFix(file, text, {
        kind: 'put',
        path: ['helmCharts', chart.index, 'releaseName'],
        value: release,
        place: { order: style.chartKeys.value },
      }),
  };
}

/** The name that was committed, since it names what runs; else as `new-app` chooses. */
function usualRelease(facts: AppFacts, chart: ChartEntry, file: string): string {
  const before = facts.committed(file);
  const result = before === undefined ? undefined : readLocated(before);
  const old = result?.status === 'read' ? readKustomization(file, result.yaml).charts : [];
  const committed = old.find(({ name, repo }) => name === chart.name && repo === chart.repo)?.releaseName;
  if (committed !== undefined) return committed;
  const name = chart.name ?? facts.name;
  return facts.charts.length === 1 || name === facts.name ? facts.name : `${facts.name}-${name}`;
}

function taken(chart: ChartEntry, twin: ChartEntry): Diagnostic {
  const { releaseName = '' } = chart;
  return {
    ...chart.at('releaseName'),
    message: say('rules.releaseNameTakenChartLine', {
      releaseName,
      name: twin.name ?? '',
      line: twin.at().line,
    }),
    hint: say('rules.giveEachChartOwn'),
  };
}

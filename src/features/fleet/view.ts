import { jsonDocument, type RunEnd } from '../../cli/run-end.ts';
import { omitUndefined } from '../../data/fields.ts';
import { say } from '../../locales/say.ts';
import type { Line } from '../../output/lay-out.ts';
import { type Page, renderTable } from '../../output/table.ts';
import { wrap } from '../../output/wrap.ts';
import { display } from '../../text/display.ts';
import type { Text } from '../../text/language.ts';
import { type Fleet, type FleetCluster, isSkewed } from '../../charts/fleet.ts';

type Screen = { terminal: Page; t(text: Text): string };

/** What `fleet --json` prints. */
export function fleetJson({ clusters, charts, unknown }: Fleet, end: RunEnd): string {
  const body = {
    clusters: clusters.map(each => omitUndefined({ ...each })),
    charts: charts.map(chart => omitUndefined({ ...chart, isSkewed: isSkewed(chart) })),
    unknown: unknown.map(({ set, file, why }) => ({ set, file, why: why.en })),
  };
  return jsonDocument(1, body, end);
}

/** What a person reads. */
export function fleetLines({ clusters, charts, unknown }: Fleet, session: Screen): Line[] {
  const { t, terminal } = session;
  const skewed = charts.filter(isSkewed);
  const head = [HEADS.cluster, HEADS.master, HEADS.labels, HEADS.apps].map(text => t(text));
  const rows = skewed.flatMap(({ name, versions }) =>
    versions.map(({ version, clusters: where }, index) => [
      index === 0 ? display(name) : '',
      display(version),
      display(where.join(', ')),
    ]),
  );
  const skewHead = [HEADS.chart, HEADS.version, HEADS.clusters].map(text => t(text));
  const inStep = say('fleet.inStep', { count: charts.length });
  return [
    terminal.style(t(say('fleet.count', { count: clusters.length })), 'bold'),
    ...(clusters.length === 0
      ? wrap(t(say('fleet.none')), terminal.columns)
      : renderTable(
          clusters.map(each => rowOf(each, session)),
          { ...terminal, head },
        )),
    '',
    ...(skewed.length > 0
      ? [
          terminal.style(t(say('fleet.skew', { count: skewed.length })), 'bold'),
          ...renderTable(rows, { ...terminal, head: skewHead }),
        ]
      : wrap(t(inStep), terminal.columns)),
    ...unknown.flatMap(({ set, file, why }) =>
      wrap(`${display(`${set} (${file})`)}: ${t(why)}`, terminal.columns).map(line =>
        terminal.style(line, 'yellow'),
      ),
    ),
  ];
}

const HEADS = {
  cluster: say('fleet.cluster'),
  master: say('fleet.master'),
  labels: say('fleet.labels'),
  apps: say('fleet.apps'),
  chart: say('fleet.chart'),
  version: say('fleet.version'),
  clusters: say('fleet.clusters'),
};

function rowOf({ name, file, controlledBy, group, labels, apps }: FleetCluster, { t }: Screen): string[] {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  const isOwn = name === 'in-cluster';
  const master = controlledBy ?? (file === undefined && !isOwn ? t(say('fleet.undeclared')) : '');
  return [
    isOwn ? `${name} (hub)` : display(name),
    display(group === undefined ? master : `${master} (${group})`),
    display(pairs.join(', ')),
    String(apps.length),
  ];
}

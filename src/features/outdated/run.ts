import type { OutdatedInput } from './flags.ts';
import { summarize } from '../../charts/newer-versions.ts';
import type { Session } from '../../cli/context.ts';
import type { OutdatedItem } from '../../charts/newer-versions.ts';
import { findOutdated } from '../../charts/find-newer.ts';
import { EXIT, worst } from '../../errors.ts';
import { chartsRead } from '../../deliveries/charts-read.ts';
import { exitOfNothingRead } from '../../repository/unread/charts-read.ts';
import { selectUsing } from '../../deliveries/select-using.ts';
import { openContext } from '../../cli/command-context.ts';
import { outdatedJson, outdatedTable } from './view.ts';
import type { UsingApp } from '../../deliveries/chart-use.ts';
import { bareAppsOf } from '../../repository/bare-apps.ts';
import type { App, Repository } from '../../repository/model.ts';
import { readDays } from '../../cli/read-days.ts';
import { sameAgain } from '../../cli/repeat-line.ts';
import type { RunEnd } from '../../cli/run-end.ts';
import { fleetOf, isSkewed } from '../../charts/fleet.ts';
import { wrap } from '../../output/wrap.ts';
import { display } from '../../text/display.ts';
import { openPage } from '../../cli/open-page.ts';
import { say } from '../../locales/say.ts';

/** Shows what has newer versions; resolves to the exit of the run. */
export async function runOutdated(session: Session, input: OutdatedInput): Promise<number> {
  const page = await openPage(session, input);
  const lookups = await openContext(session, input, 'read');
  try {
    const { gitops, conventions } = lookups;
    const label = session.t(say('outdated.lookingNewerVersions'));
    const progress = session.terminal.progress(label);
    const apps = selectUsing(gitops.repository, input.positionals);
    const images = input.switches.has('images');
    const items = await findOutdated(lookups, {
      apps: images && input.positionals.length === 0 ? withBareApps(gitops.repository, apps) : apps,
      images,
      platform: input.positionals.length === 0,
      minAgeDays: readDays(input) ?? conventions.minimumAge.value,
      progress: (done, of) => progress.update(`${label}: ${done}/${of}`),
    }).finally(() => progress.end());
    const charts = await chartsRead(gitops, input.positionals);
    const summary = summarize(items);
    await page?.write(
      async language => (await import('./page.ts')).renderOutdated(items, charts, language),
      lookups.session,
    );
    const skewed = skewedIn(gitops.repository);
    const end = endOf(session, input, { items, skewed });
    if (session.json) session.terminal.data(outdatedJson(items, summary, charts.unread, end));
    else
      session.terminal.result(
        [outdatedTable(items, charts, session), ...skewLines(skewed, session)].join('\n'),
      );
    const isAllCurrent = summary.outdated + summary.unknown + charts.unread.length === 0;
    return worst([
      ...items.map(item => ('exit' in item ? item.exit : EXIT.done)),
      exitOfNothingRead(charts),
      input.switches.has('exit-code') && !isAllCurrent ? EXIT.findings : EXIT.done,
    ]);
  } finally {
    await lookups.close();
  }
}

/** With the folders that Applications and Flux Kustomizations deploy as they are: they have images, and no charts. */
function withBareApps(repository: Repository, apps: readonly (App | UsingApp)[]): (App | UsingApp)[] {
  const known = new Set(apps.map(({ path }) => path));
  const bare = bareAppsOf(repository).filter(({ folder }) => !known.has(folder));
  return [...apps, ...bare.map(({ name, environment, folder }) => ({ name, environment, path: folder }))];
}

/** The charts that clusters of a fleet run in different versions: of one cluster there is none. */
function skewedIn(repository: Repository): string[] {
  if (repository.sets.declared.clusters.length === 0) return [];
  return fleetOf(repository).charts.flatMap(chart => (isSkewed(chart) ? [chart.name] : []));
}

function skewLines(skewed: readonly string[], { t, terminal }: Session): string[] {
  if (skewed.length === 0) return [];
  return wrap(t(say('outdated.skew', { charts: display(skewed.join(', ')) })), terminal.columns);
}

/** What upgrade would take is shown by it first: it names what is to be decided. */
function endOf(
  session: Session,
  input: OutdatedInput,
  { items, skewed }: { items: readonly OutdatedItem[]; skewed: readonly string[] },
): RunEnd {
  const moves = items.some(({ kind, status }) => kind === 'chart' && status === 'outdated');
  const kept = [...input.switches].filter(name => !['images', 'exit-code', 'yes'].includes(name));
  const dry = { ...input, switches: new Set([...kept, 'dry-run']) };
  const placed = input.given.filter(({ name }) => name === 'cwd');
  return {
    command: sameAgain(session, 'outdated', input),
    next: [
      ...(moves ? [{ line: sameAgain(session, 'upgrade', dry) }] : []),
      ...(skewed.length > 0
        ? [
            {
              line: sameAgain(session, 'fleet', {
                ...input,
                positionals: [],
                switches: new Set(),
                given: placed,
              }),
            },
          ]
        : []),
    ],
  };
}

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
    if (session.json)
      session.terminal.data(outdatedJson(items, summary, charts.unread, endOf(session, input, items)));
    else session.terminal.result(outdatedTable(items, charts, session));
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

/** What upgrade would take is shown by it first: it names what is to be decided. */
function endOf(session: Session, input: OutdatedInput, items: readonly OutdatedItem[]): RunEnd {
  const moves = items.some(({ kind, status }) => kind === 'chart' && status === 'outdated');
  const kept = [...input.switches].filter(name => !['images', 'exit-code', 'yes'].includes(name));
  const dry = { ...input, switches: new Set([...kept, 'dry-run']) };
  return {
    command: sameAgain(session, 'outdated', input),
    next: moves ? [{ line: sameAgain(session, 'upgrade', dry) }] : [],
  };
}

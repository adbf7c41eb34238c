import type { OutdatedInput } from './flags.ts';
import { summarize } from '../../charts/newer-versions.ts';
import type { Session } from '../../cli/context.ts';
import { outdated } from '../../charts/find-newer.ts';
import { selectUsing } from '../../deliveries/select-using.ts';
import { openContext } from '../../cli/command-context.ts';
import { outdatedJson, outdatedTable } from './view.ts';
import { toJson } from '../../data/json.ts';
import { readDays } from '../../cli/read-days.ts';
import { say } from '../../locales/say.ts';

/** Shows what has newer versions; resolves to whether anything has. */
export async function runOutdated(session: Session, input: OutdatedInput): Promise<boolean> {
  const lookups = await openContext(session, input, 'read');
  try {
    const { gitops, conventions } = lookups;
    const label = session.t(say('outdated.lookingNewerVersions'));
    const progress = session.terminal.progress(label);
    const items = await outdated(lookups, {
      apps: selectUsing(gitops.repository, input.positionals),
      images: input.switches.has('images'),
      minAgeDays: readDays(input) ?? conventions.minimumAge.value,
      progress: (done, of) => progress.update(`${label}: ${done}/${of}`),
    }).finally(() => progress.end());
    const summary = summarize(items);
    if (session.json) session.terminal.result(toJson(outdatedJson(items, summary)));
    else session.terminal.result(outdatedTable(items, session));
    return summary.outdated > 0;
  } finally {
    await lookups.close();
  }
}

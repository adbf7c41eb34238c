import { openContext } from '../../cli/command-context.ts';
import type { Session } from '../../cli/context.ts';
import type { Input } from '../../cli/flags.ts';
import { sameAgain } from '../../cli/repeat-line.ts';
import type { RunEnd } from '../../cli/run-end.ts';
import { EXIT } from '../../errors.ts';
import { fleetOf } from '../../charts/fleet.ts';
import { fleetJson, fleetLines } from './view.ts';

/** Shows the clusters of a repository and what differs between them; resolves to the exit of the run: 4 where something cannot be told. */
export async function runFleet(given: Session, input: Input): Promise<number> {
  const context = await openContext({ ...given, offline: true }, input, 'read');
  try {
    const { session, repository } = context;
    const fleet = fleetOf(repository);
    const end: RunEnd = { command: sameAgain(session, 'fleet', input), next: [] };
    if (session.json) session.terminal.data(fleetJson(fleet, end));
    else session.terminal.result(fleetLines(fleet, session));
    return fleet.unknown.length > 0 ? EXIT.upstream : EXIT.done;
  } finally {
    await context.close();
  }
}

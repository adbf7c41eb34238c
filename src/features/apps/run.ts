import type { Session } from '../../cli/context.ts';
import { openContext } from '../../cli/command-context.ts';
import { openSides } from '../../cli/open-sides.ts';
import { sameAgain } from '../../cli/repeat-line.ts';
import { appsIn } from '../../repository/applications.ts';
import { compareApps, landedIn } from './compare.ts';
import type { AppsInput } from './flags.ts';
import { appsJson, appsLines, type AppsView } from './view.ts';

/** Lists the Applications that will exist; resolves to the exit of the run: 4 where something cannot be told. */
export async function runApps(given: Session, input: AppsInput): Promise<number> {
  const context = await openContext({ ...given, offline: true }, input, 'read');
  try {
    const { session, repository } = context;
    const { base } = input.values;
    const sides = base === undefined ? undefined : await openSides(context, { base, head: undefined });
    const told = appsIn(repository);
    const view: AppsView = {
      ...told,
      applications: told.applications.map(landedIn(repository)),
      ...(sides && { changes: { ...compareApps(sides.before.repository, repository), base: sides.base } }),
    };
    if (session.json)
      session.terminal.data(appsJson(view, { command: sameAgain(session, 'apps', input), next: [] }));
    else session.terminal.result(appsLines(view, session));
    return view.unknown.length > 0 ? 4 : 0;
  } finally {
    await context.close();
  }
}

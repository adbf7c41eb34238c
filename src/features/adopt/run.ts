import { openContext } from '../../cli/command-context.ts';
import type { Session } from '../../cli/context.ts';
import { requireAppWords } from '../../cli/require-app-words.ts';
import { writeSteady } from '../../cli/write-steady.ts';
import { findUses } from '../../deliveries/find-uses.ts';
import { selectUsing } from '../../deliveries/select-using.ts';
import type { AdoptInput } from './flags.ts';
import { type Adoption, planAdoption } from './plan-adopt.ts';

/** Makes full copies of the values of apps; resolves to the exit of the run. */
export async function runAdopt(given: Session, input: AdoptInput): Promise<number> {
  if (input.values.release !== undefined)
    return (await import('./run-release.ts')).runAdoptRelease(given, input);
  if (input.switches.has('audit')) return (await import('./run-audit.ts')).runAudit(given, input);
  requireAppWords(input.positionals);
  const context = await openContext(given, input, 'write');
  try {
    const { session, repository, conventions } = context;
    const planning = { ...context, uses: findUses(repository), style: conventions.style, t: session.t };
    const plans: Adoption[] = [];
    for (const app of selectUsing(repository, input.positionals))
      plans.push(await planAdoption(planning, app));
    const done = await writeSteady(context, plans);
    return (await import('./view.ts')).showAdopted(context, input, done);
  } finally {
    await context.close();
  }
}

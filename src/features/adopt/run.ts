import { openContext } from '../../cli/command-context.ts';
import type { Session } from '../../cli/context.ts';
import { requireAppWords } from '../../cli/require-app-words.ts';
import { type ProvedPlan, showSteady, writeSteady } from '../../cli/write-steady.ts';
import { findUses } from '../../deliveries/find-uses.ts';
import { selectUsing } from '../../deliveries/select-using.ts';
import { say } from '../../locales/say.ts';
import { wrap } from '../../output/wrap.ts';
import { display } from '../../text/display.ts';
import type { Text } from '../../text/language.ts';
import type { AdoptInput } from './flags.ts';
import { type AdoptedChart, type Adoption, planAdoption } from './plan-adopt.ts';

/** Makes full copies of the values of apps; resolves to the exit of the run. */
export async function runAdopt(given: Session, input: AdoptInput): Promise<number> {
  requireAppWords(input.positionals);
  const context = await openContext(given, input, 'write');
  try {
    const { session, repository, conventions } = context;
    const planning = { ...context, uses: findUses(repository), style: conventions.style, t: session.t };
    const plans: Adoption[] = [];
    for (const app of selectUsing(repository, input.positionals))
      plans.push(await planAdoption(planning, app));
    return showSteady(context, await writeSteady(context, plans), {
      name: 'adopt',
      input,
      subject: 'full copies of the default values',
      done: say('adopt.done'),
      would: say('adopt.would'),
      nothing: say('adopt.nothing'),
      lines: plan => plan.charts.flatMap(chart => chartLines(chart, session)),
      json: adoptionJson,
    });
  } finally {
    await context.close();
  }
}

function chartLines(
  { name, version = '', valuesFile, folded, stays, lookups }: AdoptedChart,
  { t, terminal }: Session,
): string[] {
  const shown = (places: readonly string[]): string => places.map(display).join(', ');
  const [chart, file] = [display(`${name} ${version}`.trimEnd()), display(valuesFile)];
  const texts: Text[] = [
    folded.length > 0
      ? say('adopt.foldedFrom', { chart, file, places: shown(folded) })
      : say('adopt.plainDefaults', { chart, file }),
    ...(stays.length > 0 ? [say('adopt.stays', { places: shown(stays) })] : []),
    ...(lookups.length > 0 ? [say('render.asksCluster', { files: shown(lookups) })] : []),
  ];
  return texts.flatMap(text => wrap(`  ${t(text)}`, terminal.columns, { hang: '    ' }));
}

function adoptionJson({ charts }: ProvedPlan<Adoption>): object {
  return { charts };
}

import type { CommandContext } from '../../cli/command-context.ts';
import type { Session } from '../../cli/context.ts';
import { showSteady, type SteadyRun } from '../../cli/write-steady.ts';
import type { ExitCode } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { wrap } from '../../output/wrap.ts';
import { display } from '../../text/display.ts';
import type { Text } from '../../text/language.ts';
import type { AdoptInput } from './flags.ts';
import type { AdoptedChart, Adoption } from './plan-adopt.ts';

/** Ends a run: which copies there are now, of what, and whether all of it renders the same. */
export function showAdopted(
  context: CommandContext,
  input: AdoptInput,
  run: SteadyRun<Pick<Adoption, 'charts' | 'changes'> & { app: Pick<Adoption['app'], 'name' | 'path'> }>,
): ExitCode {
  return showSteady(context, run, {
    name: 'adopt',
    input,
    subject: 'full copies of the default values',
    done: say('adopt.done'),
    would: say('adopt.would'),
    nothing: say('adopt.nothing'),
    lines: plan => plan.charts.flatMap(chart => chartLines(chart, context.session)),
    json: ({ charts }) => ({ charts }),
  });
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

import type { AppContext } from './generator.ts';
import { Asker } from '../asker.ts';
import { openAsking } from '../open-asking.ts';
import { APP_TEMPLATES } from '../../src/scaffold/app-files.ts';
import { DELIVERY_TEMPLATES } from '../../src/scaffold/delivered/own-unit.ts';
import type { GivenFlag } from '../../src/cli/flags.ts';
import { readTemplates } from '../../src/system/files/templates.ts';
import { type CommandContext, openContext } from '../../src/cli/command-context.ts';
import type { AppRun } from '../../src/cli/context.ts';

/** Reads the repository and makes ready what the questions look things up with. */
export async function openApp(
  { session: given, input }: AppRun,
  { generator, flags }: { generator: string; flags: readonly GivenFlag[] },
): Promise<{ context: AppContext; lookups: CommandContext }> {
  const lookups = await openContext(given, input, 'write');
  const { session, files, gitops, charts, network, renderers } = lookups;
  const asking = await openAsking(session, { root: files.root, generator, given: flags });
  const answers = Object.fromEntries(flags.map(({ name, value }) => [name, value]));
  const context: AppContext = {
    ask: new Asker({ given: answers, asking, yes: session.yes, language: session.language }),
    gitops,
    charts,
    network,
    renderers,
    given: flags,
    force: input.switches.has('force'),
    note: text => lookups.warn(text),
    t: session.t,
    files,
    templates: await readTemplates(files, 'app', APP_TEMPLATES),
    deliveryTemplates: await readTemplates(files, 'delivery', DELIVERY_TEMPLATES),
  };
  return { context, lookups };
}

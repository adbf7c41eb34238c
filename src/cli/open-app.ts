import type { AppContext } from '../../generators/new-app/generator.ts';
import { Asker } from '../../generators/asker.ts';
import { APP_TEMPLATES } from '../scaffold/app-files.ts';
import type { GivenFlag } from './flags.ts';
import { findHelm } from '../system/tools/helm.ts';
import { readTemplates } from '../system/files/templates.ts';
import { openPrompts } from './open-prompts.ts';
import { type Lookups, openLookups } from './open-lookups.ts';
import type { AppRun } from '../features/new-app/run.ts';

/** Reads the repository and makes ready what the questions look things up with. */
export async function openApp(
  { session: given, input }: AppRun,
  flags: readonly GivenFlag[],
): Promise<{ context: AppContext; lookups: Lookups }> {
  const lookups = await openLookups(given, input, 'write');
  const { session, files, gitops, charts, network } = lookups;
  const prompts = session.terminal.interactive ? await openPrompts(session) : undefined;
  const answers = Object.fromEntries(flags.map(({ name, value }) => [name, value]));
  const context: AppContext = {
    ask: new Asker({ given: answers, prompts, yes: session.yes, language: session.language }),
    gitops,
    charts,
    network,
    helm: await findHelm({ env: session.env, signal: session.signal }),
    given: flags,
    note: text => lookups.warn(session.t(text)),
    t: session.t,
    files,
    templates: await readTemplates(files, 'app', APP_TEMPLATES),
    prompts,
  };
  return { context, lookups };
}

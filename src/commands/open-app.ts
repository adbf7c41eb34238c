import type { AppContext } from '../../generators/app.ts';
import { Asker } from '../../generators/asker.ts';
import { APP_TEMPLATES } from '../domain/new-app/app-files.ts';
import { findHelm } from '../io/helm.ts';
import { readTemplates } from '../io/templates.ts';
import type { Session } from '../session.ts';
import { openCharts } from '../use-cases/charts.ts';
import { readRepository } from '../use-cases/read-repository.ts';
import { repositoriesInUse } from '../use-cases/repositories-in-use.ts';
import { inLanguageOf } from './in-language-of.ts';
import { openNetworkFor } from './open-network.ts';
import { openPrompts } from './open-prompts.ts';
import { openRepository } from './open-repository.ts';
import { appFlags } from './repeat-command.ts';
import type { AppRun } from './run-new-app.ts';

/** Reads the repository and makes ready what the questions look things up with. */
export async function openApp(run: AppRun): Promise<{ context: AppContext; session: Session }> {
  const { input, demo } = run;
  const { terminal } = run.session;
  const files = await openRepository(run.session);
  const gitops = await readRepository(files);
  const session = inLanguageOf(gitops.configuration, run.session, input);
  const warn = (message: string): void => terminal.say(terminal.style(`note: ${message}`, 'yellow'));
  for (const problem of gitops.repository.problems) warn(`left out: ${problem.message}`);
  const network = await openNetworkFor(session, gitops, demo?.connectTo);
  const charts = openCharts({
    network,
    repositories: repositoriesInUse(gitops, network.credentials.repositories),
    artifactHub: gitops.configuration.artifactHub ?? demo === undefined,
    minimumAgeDays: gitops.conventions.minimumAge.value,
    today: new Date(),
    cwd: session.cwd,
    warn,
  });
  const prompts = await openPrompts(session);
  const given = appFlags(input);
  const answers = Object.fromEntries(given.map(({ name, value }) => [name, value]));
  const context: AppContext = {
    ask: new Asker({ given: answers, prompts, yes: session.yes, language: session.language }),
    gitops,
    charts,
    network,
    helm: await findHelm({ env: session.env, signal: session.signal }),
    cwd: session.cwd,
    given,
    note: text => warn(session.t(text)),
    t: session.t,
    files,
    templates: await readTemplates(files, 'app', APP_TEMPLATES),
    prompts,
  };
  return { context, session };
}

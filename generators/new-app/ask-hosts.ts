import { hostNames, takenHosts } from '../../src/scaffold/hosts.ts';
import { UserError } from '../../src/errors.ts';
import type { GitopsRepository } from '../../src/repository/read-repository.ts';
import { allGiven, type AskContext } from './ask-context.ts';
import { APP_QUESTIONS } from './questions.ts';
import { say } from '../../src/locales/say.ts';

/** The host names of an app: those given as labels or whole, else those asked for. */
export async function askHosts(
  context: AskContext,
  { app, environment }: { app: string; environment: string },
): Promise<string[]> {
  const { domains, hostPattern } = context.gitops.conventions;
  const naming = { domains: domains?.value ?? [], pattern: hostPattern(environment).value };
  const given = allGiven(context, 'host');
  const labels = given.length > 0 ? given : await askLabels(context, app);
  const hosts = hostNames(labels, naming);
  if (hosts.length === 0 && labels.length > 0)
    throw new UserError('E_VALUE', say('newApp.repositoryShowsNoDomainHost'), {
      hint: say('newApp.giveWholeNamesHostApp'),
    });
  return hosts;
}

async function askLabels({ ask }: AskContext, app: string): Promise<string[]> {
  const suggestion = { value: app, why: say('newApp.nameApp'), sure: true };
  const answer = await ask.text(APP_QUESTIONS.host, suggestion);
  return (answer ?? '').split(/[\s,]+/).filter(label => label !== '');
}

/** @throws UserError E_VALUE for a host that a route of the repository has already, but for those in the file itself */
export function requireFreeHosts(hosts: readonly string[], gitops: GitopsRepository, file?: string): void {
  const taken = takenHosts(gitops.repository, file);
  const clash = hosts.find(host => taken.has(host));
  if (clash === undefined) return;
  throw new UserError('E_VALUE', say('newApp.hostTaken', { clash, taken: taken.get(clash) }), {
    hint: say('newApp.chooseAnotherHost'),
    subject: clash,
  });
}

import type { Conventions } from '../repository/conventions/conventions.ts';
import type { Repository } from '../repository/model.ts';
import type { Input } from './flags.ts';
import type { RepositoryFiles } from '../system/files/files.ts';
import type { Session } from './context.ts';
import { type Charts, openCharts } from '../charts/lookup.ts';
import type { Github } from '../charts/github-releases.ts';
import type { Network } from '../charts/network.ts';
import { type GitopsRepository, readRepository } from '../repository/read-repository.ts';
import { findUses } from '../deliveries/find-uses.ts';
import { repositoriesInUse } from '../charts/repositories-in-use.ts';
import { isDemo } from '../repository/demo-mark.ts';
import { inLanguageOf } from './in-language-of.ts';
import { isClosed, openNetworkFor } from './open-network.ts';
import { openRenderers } from './open-renderers.ts';
import type { Renderers } from '../render/renderers.ts';
import { openRepository, type Purpose } from './open-repository.ts';
import type { Demo } from './open-demo.ts';
import { remark } from './remark.ts';
import { say } from '../locales/say.ts';
import type { Text } from '../text/language.ts';

/** A repository that was read, and everything to look charts up with. */
export type CommandContext = {
  /** In the language of the repository, at the demo's folder if there is one. */
  session: Session;
  demo: Demo | undefined;
  files: RepositoryFiles;
  gitops: GitopsRepository;
  repository: Repository;
  conventions: Conventions;
  network: Network;
  charts: Charts;
  github: Github;
  /** Nothing is started before something is rendered. */
  renderers: Renderers;
  today: Date;
  /** Shows a remark beside the result. */
  warn(message: Text): void;
  close(): Promise<void>;
};

/** Opens the GitOps repository of this run, or the demo, and the network. @throws UserError as `openRepository` does. */
export async function openContext(given: Session, input: Input, purpose: Purpose): Promise<CommandContext> {
  const demo = input.switches.has('demo') ? await openDemoAt(given, input.values['demo']) : undefined;
  const placed = demo ? { ...given, cwd: demo.root } : given;
  const files = await openRepository(placed, purpose);
  const gitops = await readRepository(files);
  const session = inLanguageOf(gitops.configuration, placed, input);
  const warn = (text: Text): void => remark(session, text);
  for (const problem of gitops.repository.problems)
    warn(say('cli.leftOut', { problem: problem.texts.message }));
  const around = demo ?? (await findDemo(files, session));
  if (around && !demo) warn(say('cli.thisFolderIsDemo'));
  const network = await openNetworkFor(session, gitops, around?.connectTo);
  const renderers = await openRenderers(session, gitops);
  const closed = isClosed(session, around?.connectTo);
  const today = new Date();
  const charts = openCharts({
    network,
    repositories: knownRepositories(gitops, closed ? [] : network.credentials.repositories),
    artifactHub: !closed && (gitops.configuration.artifactHub ?? true),
    minimumAgeDays: gitops.conventions.minimumAge.value,
    today,
    cwd: given.cwd,
    warn,
  });
  return {
    session,
    demo,
    files,
    gitops,
    repository: gitops.repository,
    conventions: gitops.conventions,
    network,
    charts,
    github: {
      api: session.env['SLIPWAY_GITHUB_API'] ?? 'https://api.github.com',
      token: session.env['GITHUB_TOKEN'] || session.env['GH_TOKEN'] || undefined,
      tokenFrom: session.env['GITHUB_TOKEN'] ? 'GITHUB_TOKEN' : 'GH_TOKEN',
    },
    renderers,
    today,
    warn,
    close: async () => {
      renderers.close();
      await network.http.close();
      await around?.close();
    },
  };
}

function knownRepositories(gitops: GitopsRepository, helm: Network['credentials']['repositories']) {
  return repositoriesInUse({ ...gitops, uses: findUses(gitops.repository) }, helm);
}

/** The demo's charts and what serves them are loaded when somebody asks for them. */
async function openDemoAt({ cwd, signal }: Session, folder: string | undefined): Promise<Demo> {
  const { openDemo } = await import('./open-demo.ts');
  return openDemo({ cwd, signal }, folder);
}

/** The demo that made this repository, where one did; in a tour, the tour serves its charts. */
export async function findDemo(
  files: RepositoryFiles,
  session: Pick<Session, 'env'>,
): Promise<Demo | undefined> {
  if (isClosed(session) || !(await isDemo(files))) return undefined;
  const { serveDemo } = await import('./open-demo.ts');
  return serveDemo(files.root);
}

import type { Conventions } from '../repository/conventions/conventions.ts';
import type { Repository } from '../repository/model.ts';
import type { Input } from './flags.ts';
import type { RepositoryFiles } from '../system/files/files.ts';
import type { Session } from './context.ts';
import { type Charts, openCharts } from '../charts/lookup.ts';
import type { Github } from '../charts/github-releases.ts';
import type { Network } from '../charts/network.ts';
import { type GitopsRepository, readRepository } from '../repository/read-repository.ts';
import { repositoriesInUse } from '../charts/repositories-in-use.ts';
import { inLanguageOf } from './in-language-of.ts';
import { openNetworkFor } from './open-network.ts';
import { openRepository, type Purpose } from './open-repository.ts';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DEMO_REPOSITORY, makeDemoRepository, serveDemoCharts } from '../scaffold/demo.ts';
import { makeFolders } from '../system/files/make-folders.ts';

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
  today: Date;
  /** Shows a remark beside the result. */
  warn(message: string): void;
  close(): Promise<void>;
};

/** Opens the GitOps repository of this run, or the demo, and the network. @throws UserError as `openRepository` does. */
export async function openContext(given: Session, input: Input, purpose: Purpose): Promise<CommandContext> {
  const demo = input.switches.has('demo') ? await openDemo(given, input.values['demo']) : undefined;
  const placed = demo?.session ?? given;
  const files = await openRepository(placed, purpose);
  const gitops = await readRepository(files);
  const session = inLanguageOf(gitops.configuration, placed, input);
  const { terminal } = session;
  const warn = (message: string): void => terminal.say(terminal.style(`note: ${message}`, 'yellow'));
  for (const problem of gitops.repository.problems) warn(`left out: ${problem.message}`);
  const network = await openNetworkFor(session, gitops, demo?.connectTo);
  const today = new Date();
  const charts = openCharts({
    network,
    repositories: repositoriesInUse(gitops, network.credentials.repositories),
    artifactHub: gitops.configuration.artifactHub ?? demo === undefined,
    minimumAgeDays: gitops.conventions.minimumAge.value,
    today,
    cwd: session.cwd,
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
    today,
    warn,
    close: async () => {
      await network.http.close();
      await demo?.close();
    },
  };
}

/** A run on the demo: its repository as the current folder, its charts served from this process. */
type Demo = {
  session: Session;
  connectTo: ReadonlyMap<string, { host: string; port: number }>;
  close(): Promise<void>;
};

/** The demo in a temporary folder, or in the one named. */
async function openDemo(session: Session, folder: string | undefined): Promise<Demo> {
  const root = await demoFolder(folder);
  await makeDemoRepository(root, session.signal);
  const server = await serveDemoCharts();
  const { hostname } = new URL(DEMO_REPOSITORY);
  return {
    session: { ...session, cwd: root },
    connectTo: new Map([[`${hostname}:80`, { host: '127.0.0.1', port: server.port }]]),
    close: () => server.close(),
  };
}

async function demoFolder(folder: string | undefined): Promise<string> {
  if (folder === undefined) return mkdtemp(path.join(tmpdir(), 'slipway-demo-'));
  const root = path.resolve(folder);
  await makeFolders(root);
  return root;
}

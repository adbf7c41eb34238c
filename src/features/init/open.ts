import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { RepositoryContext } from '../../../generators/init/generator.ts';
import type { InitFacts } from '../../../generators/init/ask-repository.ts';
import { openAsking } from '../../../generators/open-asking.ts';
import { Asker } from '../../../generators/asker.ts';
import { BOOTSTRAP_CHARTS } from './bootstrap-apps.ts';
import { INIT_TEMPLATES } from './init-templates.ts';
import { type KnownAnswers, knownAnswers } from './known-answers.ts';
import { findPackage } from './open-package.ts';
import { parseRepoUrl } from './parse-answers.ts';
import { requireBootstrapCharts } from './pin-bootstrap-charts.ts';
import { ciOf, CI_PATHS, packageIn, PRE_COMMIT, shardsIn } from './root-files.ts';
import { stringOf, valueAt } from '../../data/fields.ts';
import { childrenIn } from '../../deliveries/argo/app-of-apps.ts';
import { manifestsIn, type Repository } from '../../repository/model.ts';
import { deployedSources } from '../../repository/sets/made.ts';
import { DELIVERY_TEMPLATES } from '../../scaffold/delivered/own-unit.ts';
import { CLUSTER_TEMPLATES } from '../../scaffold/cluster-files.ts';
import { APP_TEMPLATES } from '../../scaffold/app-files.ts';
import { systemCode, UserError } from '../../errors.ts';
import type { InitInput } from './flags.ts';
import { noRepositoryFiles, type RepositoryFiles } from '../../system/files/files.ts';
import { readRemoteUrl } from '../../system/git/git-remote.ts';
import { openRepositoryRoot } from '../../system/files/find-repository.ts';
import { packagePath, readTemplates } from '../../system/files/templates.ts';
import type { Session } from '../../cli/context.ts';
import { type Charts, openCharts } from '../../charts/lookup.ts';
import type { Network } from '../../charts/network.ts';
import type { InitContext } from './init-plan.ts';
import { type GitopsRepository, readRepository } from '../../repository/read-repository.ts';
import { inLanguageOf } from '../../cli/in-language-of.ts';
import { openNetworkFor } from '../../cli/open-network.ts';
import { remark } from '../../cli/remark.ts';
import { openRenderers } from '../../cli/open-renderers.ts';
import { openRoot } from '../../cli/open-repository.ts';
import { say } from '../../locales/say.ts';

/** A run of init: the folder as it is, and everything to ask and look up with. */
export type OpenedInit = {
  session: Session;
  root: string;
  context: RepositoryContext;
  /** What git has of the folder. */
  git: { isGit: boolean; hasOrigin: boolean };
  close(): Promise<void>;
};

/**
 * Reads what stands in the folder and makes ready what the questions need.
 * @throws UserError as reading the repository does
 */
export async function openInit(start: Session, input: InitInput): Promise<OpenedInit> {
  const root = path.resolve(start.cwd, input.positionals[0] ?? '.');
  const files = await openFolder(start, root);
  const gitops = await readRepository(files);
  const session = inLanguageOf(gitops.configuration, start, input);
  const templates = {
    ...(await readTemplates(files, 'init', INIT_TEMPLATES)),
    ...(await readTemplates(files, 'cluster', CLUSTER_TEMPLATES)),
  };
  const charts = input.switches.has('no-charts')
    ? undefined
    : await openInitCharts({ session, gitops, input });
  const chartsFrom = input.values['charts-from'];
  const renderers = await openRenderers(session, gitops);
  const facts = await gatherFacts({ session, input, files, gitops });
  const open = async (): Promise<InitContext> => ({
    files,
    gitops,
    templates,
    appTemplates: await readTemplates(files, 'app', APP_TEMPLATES),
    deliveryTemplates: await readTemplates(files, 'delivery', DELIVERY_TEMPLATES),
    configurationSchema: await readFile(packagePath('schemas/config.schema.json'), 'utf8'),
    charts: charts?.charts,
    chartsFrom,
    renderers,
    t: session.t,
  });
  const lookFirst = async (): Promise<void> => {
    if (!charts) return;
    const progress = session.terminal.progress(session.t(say('init.lookingUpCharts')));
    await requireBootstrapCharts({ charts: charts.charts, chartsFrom }, gitops.repository).finally(() =>
      progress.end(),
    );
  };
  return {
    session,
    root: files.root,
    context: { facts, lookFirst, open },
    git: await readGit(session, files.root),
    close: async () => {
      renderers.close();
      await charts?.network.http.close();
    },
  };
}

/** The folder need not exist: it is made when something is written into it. */
async function openFolder(session: Session, root: string): Promise<RepositoryFiles> {
  return (await isFolder(root)) ? openRoot(session, root, 'write') : noRepositoryFiles(root);
}

async function isFolder(root: string): Promise<boolean> {
  try {
    if ((await stat(root)).isDirectory()) return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
  throw new UserError('E_NOT_A_FILE', say('init.notFolder', { root }), {
    hint: say('init.nameFolder'),
    subject: root,
  });
}

type FactSources = {
  session: Session;
  input: InitInput;
  files: RepositoryFiles;
  gitops: GitopsRepository;
};

async function gatherFacts({ session, input, files, gitops }: FactSources): Promise<InitFacts> {
  const { language, yes, env, signal, t } = session;
  const remote = (await isFolder(files.root)) ? await readRemoteUrl(files.root, { env, signal }) : undefined;
  const asking = await openAsking(session, { root: files.root, generator: 'init', given: input.given });
  const present = await files.readMany([...CI_PATHS, PRE_COMMIT]);
  return {
    ask: new Asker({ given: { ...input.values }, asking, yes, language }),
    gitops,
    known: knownWithRoot(gitops.repository),
    remote: remote === undefined ? undefined : readable(remote),
    ci: ciOf([...present.keys()]),
    language,
    shards: shardsIn(present),
    package: packageIn(present) ?? (await findPackage(session)),
    t,
  };
}

/** What manifests answer already, those of an app of apps too: what its first Application says holds for all. */
function knownWithRoot(repository: Repository): KnownAnswers {
  const known = knownAnswers(repository);
  const [child] = childrenIn(repository);
  if (!child) return known;
  const [body] = manifestsIn(repository.text, child.file, /Application/).map(each => each.body);
  const url = stringOf(valueAt(deployedSources(body)[0]?.source, ['repoURL']));
  return {
    ...known,
    repoUrl: known.repoUrl ?? (url === undefined ? undefined : { value: url, where: child.file }),
    root: { value: child.folder, where: child.list?.file ?? child.file },
    onRemoval: known.onRemoval ?? { value: child.deletes ? 'delete' : 'keep', where: child.file },
  };
}

async function readGit({ env, signal }: Session, root: string): Promise<OpenedInit['git']> {
  if (!(await isFolder(root))) return { isGit: false, hasOrigin: false };
  const { git } = await openRepositoryRoot(root);
  const remote = await readRemoteUrl(root, { env, signal });
  return { isGit: git !== undefined, hasOrigin: remote !== undefined };
}

/** A remote with a password in it, or a path on this machine, is nothing that Argo CD could read. */
function readable(remote: string): string | undefined {
  try {
    return parseRepoUrl(remote);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

type ChartSources = { session: Session; gitops: GitopsRepository; input: InitInput };

/** The repositories that the bootstrap takes charts from are trusted like those in use. */
async function openInitCharts({
  session,
  gitops,
  input,
}: ChartSources): Promise<{ charts: Charts; network: Network }> {
  const from = input.values['charts-from'];
  const urls = from === undefined ? Object.values(BOOTSTRAP_CHARTS).map(({ repo }) => repo) : [from];
  const repositories = urls.map(url => ({ name: '', url }));
  const configuration = { ...gitops.configuration, repositories };
  const network = await openNetworkFor(session, { ...gitops, configuration });
  const charts = openCharts({
    network,
    repositories,
    artifactHub: false,
    minimumAgeDays: gitops.conventions.minimumAge.value,
    today: new Date(),
    cwd: session.cwd,
    warn: text => remark(session, text),
  });
  return { charts, network };
}

import { addTo } from '../../data/append.ts';
import { access } from 'node:fs/promises';
import { diagnoseConventions } from './convention-diagnoses.ts';
import { type Diagnosis, isHealthy } from './diagnosis.ts';
import { EXIT, ownFailure, systemCode, UserError } from '../../errors.ts';
import { openRepositoryFiles } from '../../system/files/files.ts';
import { thisMachine } from '../../system/files/machine.ts';
import type { Session } from '../../cli/context.ts';
import { openCharts, type Charts } from '../../charts/lookup.ts';
import { lookAtCredentials } from './diagnose-credentials.ts';
import { lookAtLeftovers } from './diagnose-leftovers.ts';
import { lookAtSealing } from './diagnose-sealing.ts';
import { type GitopsRepository, readRepository } from '../../repository/read-repository.ts';
import { repositoriesInUse } from '../../charts/repositories-in-use.ts';
import { findDemo } from '../../cli/command-context.ts';
import { openNetworkFor } from '../../cli/open-network.ts';
import { findRoot } from '../../cli/open-repository.ts';
import { showDoctor } from './view.ts';
import { readCredentialFiles } from '../../system/tools/credentials.ts';
import { readLeftovers } from '../../system/transaction/leftovers.ts';
import { learnKubernetes } from '../../repository/conventions/kubernetes.ts';
import { renderersOptions } from '../../cli/open-renderers.ts';
import { createRenderers, type RenderersOptions, withCommands } from '../../render/renderers.ts';
import { diagnoseTools, type FoundTool, type FoundTools } from './tool-diagnoses.ts';
import { findTool } from '../../system/tools/find-tool.ts';
import { findSandbox } from '../../system/tools/sandbox.ts';
import { inRepository } from '../../charts/address.ts';
import { findUses } from '../../deliveries/find-uses.ts';
import { chartPins } from '../../charts/pins.ts';
import type { Repository } from '../../repository/model.ts';
import { displayUrl } from '../../text/display.ts';
import { bareAppsOf } from '../../repository/bare-apps.ts';
import { chartsRead } from '../../deliveries/charts-read.ts';
import type { ChartsRead } from '../../repository/unread/charts-read.ts';
import { sayUnread } from '../../repository/unread/say-unread.ts';
import { sameAgain } from '../../cli/repeat-line.ts';
import { type DoctorInput, schemasIn, type WantedSchemas } from './flags.ts';
import { say } from '../../locales/say.ts';
import { parseJson } from '../../data/json.ts';
import { stringOf, valueAt } from '../../data/fields.ts';
import { readOwnFile } from '../../system/files/own-file.ts';
import { packagePath } from '../../system/files/templates.ts';

/** doctor: looks at the machine and at the repository, and says what to do about what it finds. */
export async function runDoctor(session: Session, input: DoctorInput): Promise<number> {
  const schemas = schemasIn(session, input.values);
  const { env } = session;
  const machine = thisMachine(env);
  const root = await findRoot(session);
  const leftovers =
    root === undefined ? [] : await lookAtLeftovers({ root, read: () => readLeftovers(root, new Date()) });
  const progress = session.terminal.progress(session.t(say('doctor.looking')));
  try {
    // Without a cluster there is nothing to wait for.
    const written = schemas ? [await schemasFor(session, schemas)] : [];
    const reading = root === undefined ? undefined : readRepository(openRepositoryFiles(root));
    const [tools, credentials, repository] = await Promise.all([
      lookAtTools(session, await reading?.catch(() => undefined)),
      lookAtCredentials({ machine, read: () => readCredentialFiles(machine), exists }),
      reading === undefined
        ? [NO_REPOSITORY]
        : lookAtRepository(session, reading, input.switches.has('compare-renderers')),
    ]);
    const diagnoses = [...tools, ...written, ...credentials, ...repository, ...leftovers];
    progress.end();
    showDoctor(session, { root, diagnoses, command: sameAgain(session, 'doctor', input) });
    return isHealthy(diagnoses) ? EXIT.done : EXIT.findings;
  } finally {
    progress.end();
  }
}

/** Loaded by the runs that ask for it. */
async function schemasFor(session: Session, wanted: WantedSchemas): Promise<Diagnosis> {
  const { writeSchemas } = await import('./write-schemas.ts');
  return writeSchemas(session, wanted);
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return false;
  }
}

const NO_REPOSITORY: Diagnosis = {
  topic: 'repository',
  status: 'note',
  subject: say('doctor.subjectRepository'),
  message: say('doctor.noneHere'),
  hint: say('doctor.nameOneCDirMake'),
};

async function lookAtRepository(
  session: Session,
  reading: Promise<GitopsRepository>,
  compare: boolean,
): Promise<Diagnosis[]> {
  try {
    const gitops = await reading;
    const outside = await lookOutside(session, gitops, compare).catch(notAsked);
    return [
      ...describeRepository(gitops),
      ...describeUnread(await chartsRead(gitops, [])),
      ...outside,
      ...diagnoseConventions(gitops.conventions),
    ];
  } catch (error) {
    return [asProblem('repository', '.slipway/config.yaml', error)];
  }
}

function describeRepository({ repository, files, configuration }: GitopsRepository): Diagnosis[] {
  const count = repository.apps.length + (configuration.environments ? 0 : bareAppsOf(repository).length);
  const where = { topic: 'repository', subject: files.root } as const;
  return [
    { ...where, status: 'ok', message: say('doctor.apps', { count }) },
    ...repository.problems.map(problem => asProblem('repository', problem.subject ?? files.root, problem)),
  ];
}

/** Charts that no command reads: all may be well with the rest. */
function describeUnread({ read, unread }: ChartsRead): Diagnosis[] {
  const message = sayUnread(unread, read);
  const [first] = unread;
  if (!message || !first) return [];
  return [
    {
      topic: 'repository',
      status: 'note',
      subject: first.first,
      message,
      hint: say('doctor.unreadCharts'),
      unread,
    },
  ];
}

/** What needs the network: the chart repositories, and a certificate behind a URL. */
async function lookOutside(
  session: Session,
  gitops: GitopsRepository,
  compare: boolean,
): Promise<Diagnosis[]> {
  const { offline } = session;
  const demo = await findDemo(gitops.files, session);
  const network = await openNetworkFor(session, gitops, demo?.connectTo);
  const charts = openCharts({
    network,
    repositories: repositoriesInUse({ ...gitops, uses: findUses(gitops.repository) }, []),
    artifactHub: false,
    minimumAgeDays: 0,
    today: new Date(),
    cwd: session.cwd,
    warn: () => undefined,
  });
  try {
    const [reached, sealing] = await Promise.all([
      lookAtCharts({ charts, offline }, gitops.repository),
      lookAtSealing({
        files: gitops.files,
        sealing: gitops.configuration.sealing,
        now: new Date(),
        offline,
        http: () => network.http,
      }),
    ]);
    if (!compare) return [...reached, ...sealing];
    const { compareRenderers } = await import('./compare-renderers.ts');
    const compared = await compareRenderers(session, gitops, { charts, network });
    return [...reached, ...sealing, ...compared];
  } finally {
    await network.http.close();
    await demo?.close();
  }
}

/** Broken logins stop every request: their own topic says which file it is. */
function notAsked(error: unknown): Diagnosis[] {
  return [asProblem('charts', 'chart repositories', error)];
}

function asProblem(topic: Diagnosis['topic'], subject: string, error: unknown): Diagnosis {
  const { message, hint = say('doctor.fixFile') } = ownFailure(error).texts;
  return { topic, status: 'problem', subject, message, hint };
}

const MAX_BUILD_BYTES = 1 << 20;
const DAY_MS = 86_400_000;

type ToolContext = { env: Record<string, string | undefined>; signal: AbortSignal };

/** Runs each tool once for its version. */
async function lookAtTools(session: Session, gitops: GitopsRepository | undefined): Promise<Diagnosis[]> {
  const { configuration = {}, conventions = { kubernetes: learnKubernetes([], {}) } } = gitops ?? {};
  const options = await renderersOptions(session, { configuration, conventions });
  const env = withCommands(session.env, configuration);
  const context = { env, signal: session.signal };
  const [git, helm, kustomize, { level }, engine] = await Promise.all([
    ask(context, 'git', ['--version']),
    ask(context, env['SLIPWAY_HELM'] ?? 'helm', ['version', '--short']),
    findKustomize(context),
    findSandbox(env),
    lookAtEngine(options),
  ]);
  const own = { version: session.version, ageDays: ageOfBuild() };
  return diagnoseTools({ own, node: process.versions.node, git, helm, kustomize, engine, sandbox: level });
}

function ageOfBuild(): number | undefined {
  const text = readOwnFile(packagePath('dist/build.json'), MAX_BUILD_BYTES) ?? '';
  const sources = Date.parse(stringOf(valueAt(parseJson(text), ['sources'])) ?? '');
  return Number.isNaN(sources) ? undefined : Math.max(0, Math.floor((Date.now() - sources) / DAY_MS));
}

async function lookAtEngine(options: RenderersOptions): Promise<FoundTools['engine']> {
  try {
    const renderers = await createRenderers(options);
    try {
      if (renderers.kind === 'tools') return { kind: 'tools' };
      const { kustomize = '', helm = '' } = (await renderers.versions()) ?? {};
      return { kind: 'inside', kustomize, helm };
    } finally {
      renderers.close();
    }
  } catch (error) {
    if (error instanceof UserError && error.code !== 'E_CANCELLED') return { kind: 'broken', error };
    throw error;
  }
}

/** Its own program, else the one inside kubectl, as `system/tools/kustomize.ts` takes them. */
async function findKustomize(context: ToolContext): Promise<FoundTool> {
  const own = await ask(context, context.env['SLIPWAY_KUSTOMIZE'] ?? 'kustomize', ['version']);
  if (own.status === 'found') return own;
  const kubectl = await ask(context, 'kubectl', ['version', '--client']);
  if (kubectl.status !== 'found') return own;
  return { ...kubectl, command: 'kubectl kustomize' };
}

async function ask(context: ToolContext, command: string, args: string[]): Promise<FoundTool> {
  const answer = await findTool({ ...context, command, args, kind: command === 'git' ? 'git' : 'renderer' });
  if (answer.status === 'found') return { status: 'found', command, version: versionIn(answer.output) };
  return { ...answer, command };
}

/** kubectl prints its own version before that of the kustomize inside. */
function versionIn(output: string): string {
  const inside = /^Kustomize Version: v?(\S+)/m.exec(output)?.[1];
  return inside ?? /(?<!\d)\d+\.\d+(?:\.\d+)?(?:-[\w.]+)?/.exec(output)?.[0] ?? output.trim().slice(0, 80);
}

type ChartContext = { charts: Pick<Charts, 'versions'>; offline: boolean };

/** Asks every chart repository in use for one chart that an app takes from it. */
async function lookAtCharts(context: ChartContext, repository: Repository): Promise<Diagnosis[]> {
  const byRepo = new Map<string, string[]>();
  for (const { source, name } of chartPins(findUses(repository))) addTo(byRepo, source, name);
  if (byRepo.size === 0) return [NO_CHARTS];
  return Promise.all([...byRepo].map(([repo, names]) => lookAt(context, repo, [...new Set(names)])));
}

const NO_CHARTS: Diagnosis = {
  topic: 'charts',
  status: 'note',
  subject: say('doctor.chartRepositories'),
  message: say('doctor.noneInUse'),
};

async function lookAt({ charts, offline }: ChartContext, repo: string, names: string[]): Promise<Diagnosis> {
  const base = { topic: 'charts', subject: displayUrl(repo) } as const;
  if (offline)
    return {
      ...base,
      status: 'note',
      message: say('doctor.notAskedOffline'),
    };
  try {
    const [name = ''] = names;
    const versions = await charts.versions(inRepository(name, repo));
    const used = names.join(', ');
    return {
      ...base,
      status: 'ok',
      message: say('doctor.answersVersionsUsedHere', { count: versions.length, name, used }),
    };
  } catch (error) {
    const { message, hint = say('doctor.compareAddress') } = ownFailure(error).texts;
    return { ...base, status: 'problem', message, hint };
  }
}

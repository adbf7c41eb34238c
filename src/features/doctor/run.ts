import { access } from 'node:fs/promises';
import { diagnoseConventions } from './convention-diagnoses.ts';
import { type Diagnosis, isHealthy } from './diagnosis.ts';
import { same } from '../../text/language.ts';
import { EXIT, systemCode, UserError } from '../../errors.ts';
import { openRepositoryFiles, type RepositoryFiles } from '../../system/files/files.ts';
import { thisMachine } from '../../system/files/machine.ts';
import type { Session } from '../../cli/context.ts';
import { openCharts } from '../../charts/lookup.ts';
import { lookAtCharts } from './diagnose-charts.ts';
import { lookAtCredentials } from './diagnose-credentials.ts';
import { lookAtLeftovers } from './diagnose-leftovers.ts';
import { lookAtSealing } from './diagnose-sealing.ts';
import { lookAtTools } from './diagnose-tools.ts';
import { type GitopsRepository, readRepository } from '../../repository/read-repository.ts';
import { repositoriesInUse } from '../../charts/repositories-in-use.ts';
import { openNetworkFor } from '../../cli/open-network.ts';
import { findRoot } from '../../cli/open-repository.ts';
import { showDoctor } from './view.ts';

/** doctor: looks at the machine and at the repository, and says what to do about what it finds. */
export async function runDoctor(session: Session): Promise<number> {
  const { env, signal } = session;
  const root = await findRoot(session);
  const leftovers = root === undefined ? [] : await lookAtLeftovers({ root, now: new Date() });
  const progress = session.terminal.progress(session.t({ en: 'looking', 'zh-CN': '检查中' }));
  try {
    const [tools, credentials, repository] = await Promise.all([
      lookAtTools({ env, signal }),
      lookAtCredentials({ machine: thisMachine(env), exists }),
      root === undefined ? [NO_REPOSITORY] : lookAtRepository(session, openRepositoryFiles(root)),
    ]);
    const diagnoses = [...tools, ...credentials, ...repository, ...leftovers];
    progress.end();
    showDoctor(session, { root, diagnoses });
    return isHealthy(diagnoses) ? EXIT.done : EXIT.findings;
  } finally {
    progress.end();
  }
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
  subject: 'GitOps repository',
  message: { en: 'none here', 'zh-CN': '此处没有' },
  hint: {
    en: 'name one with -C <dir>, or make one: slipway init',
    'zh-CN': '用 -C <目录> 指定，或新建：slipway init',
  },
};

async function lookAtRepository(session: Session, files: RepositoryFiles): Promise<Diagnosis[]> {
  try {
    const gitops = await readRepository(files);
    const outside = await lookOutside(session, gitops).catch(notAsked);
    return [...describeRepository(gitops), ...outside, ...diagnoseConventions(gitops.conventions)];
  } catch (error) {
    return [asProblem('repository', '.slipway/config.yaml', error)];
  }
}

function describeRepository({ repository, files }: GitopsRepository): Diagnosis[] {
  const count = repository.apps.length;
  const where = { topic: 'repository', subject: files.root } as const;
  return [
    { ...where, status: 'ok', message: { en: `${count} apps`, 'zh-CN': `${count} 个应用` } },
    ...repository.problems.map(problem => asProblem('repository', problem.subject ?? files.root, problem)),
  ];
}

/** What needs the network: the chart repositories, and a certificate behind a URL. */
async function lookOutside(session: Session, gitops: GitopsRepository): Promise<Diagnosis[]> {
  const { offline } = session;
  const network = await openNetworkFor(session, gitops);
  const charts = openCharts({
    network,
    repositories: repositoriesInUse(gitops, []),
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
    return [...reached, ...sealing];
  } finally {
    await network.http.close();
  }
}

/** Broken logins stop every request: their own topic says which file it is. */
function notAsked(error: unknown): Diagnosis[] {
  return [asProblem('charts', 'chart repositories', error)];
}

function asProblem(topic: Diagnosis['topic'], subject: string, error: unknown): Diagnosis {
  if (!(error instanceof UserError) || error.code === 'E_CANCELLED') throw error;
  const hint = same(error.hint ?? 'Mend the file.');
  return { topic, status: 'problem', subject, message: same(error.message), hint };
}

import { parseNamespace, parseObjectName } from '../../repository/names.ts';
import { UserError } from '../../errors.ts';
import type { SealInput } from './flags.ts';
import type { RepositoryFiles } from '../../system/files/files.ts';
import { type Http, openHttp } from '../../system/http/http.ts';
import type { Controller } from '../../system/tools/kubectl.ts';
import type { Prompts } from '../../output/prompts.ts';
import type { Session } from '../../cli/context.ts';
import { openCertificate, type OpenedCertificate } from '../../sealing/open-certificate.ts';
import { type GitopsRepository, readRepository } from '../../repository/read-repository.ts';
import { inLanguageOf } from '../../cli/in-language-of.ts';
import { openPrompts } from '../../cli/open-prompts.ts';
import { openRepository, type Purpose } from '../../cli/open-repository.ts';
import { say } from '../../locales/say.ts';

/** What a run of `seal` works with. */
export type SealRun = {
  session: Session;
  input: SealInput;
  /** Undefined only with --stdout, which also works outside of any repository. */
  gitops: GitopsRepository | undefined;
  prompts: Prompts | undefined;
};

/**
 * Opens what sealing needs: the repository around the target if there is one, its certificate, the answers.
 * @throws UserError as reading them does
 */
export async function openSeal(start: Session, input: SealInput, purpose: Purpose): Promise<SealRun> {
  const files = await openFiles(start, input, purpose);
  const gitops = files && (await readRepository(files));
  const session = gitops ? inLanguageOf(gitops.configuration, start, input) : start;
  return {
    session,
    input,
    gitops,
    prompts: session.terminal.interactive ? await openPrompts(session) : undefined,
  };
}

async function openFiles(
  session: Session,
  input: SealInput,
  purpose: Purpose,
): Promise<RepositoryFiles | undefined> {
  try {
    return await openRepository(session, purpose);
  } catch (error) {
    const isMiss = error instanceof UserError && error.code === 'E_NO_REPOSITORY';
    if (isMiss && input.switches.has('stdout')) return undefined;
    throw error;
  }
}

/** The certificate that this run seals with, judged and compared with the pinned one. */
export async function openSealingCertificate(
  session: Session,
  input: SealInput,
  gitops: GitopsRepository | undefined,
): Promise<OpenedCertificate> {
  const { env, signal, cwd } = session;
  const opened: Http[] = [];
  const http = async (url: string): Promise<Http> => {
    const { hostname, port } = new URL(url);
    const trustedHosts = [`${hostname}:${port || '443'}`];
    const userAgent = `slipway/${session.version}`;
    const connection = openHttp({ env, signal, offline: session.offline, userAgent, trustedHosts });
    opened.push(connection);
    return connection;
  };
  try {
    return await openCertificate(
      { env, signal, cwd, now: new Date(), http },
      {
        given: input.values['cert'],
        controller: controllerOf(input),
        trusted: input.values['trust-new-cert'],
        sealing: gitops?.configuration.sealing,
        root: gitops?.files.root,
      },
    );
  } finally {
    await Promise.all(opened.map(connection => connection.close()));
  }
}

function controllerOf({ switches, values }: SealInput): Controller | undefined {
  if (!switches.has('from-cluster')) return undefined;
  const [namespace = '', name = '', ...more] = (values['controller'] ?? DEFAULT_CONTROLLER).split('/');
  if (more.length === 0 && name !== '')
    return { namespace: parseNamespace(namespace), name: parseObjectName(name) };
  throw new UserError('E_VALUE', say('seal.controllerNotNamespaceName', { values: values['controller'] }), {
    hint: say('seal.default', { default_controller: DEFAULT_CONTROLLER }),
  });
}

const DEFAULT_CONTROLLER = 'kube-system/sealed-secrets-controller';

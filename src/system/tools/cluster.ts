import { tmpdir } from 'node:os';
import path from 'node:path';
import { isMissing, UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { display, displayBlock } from '../../text/display.ts';
import { parseJson } from '../../data/json.ts';
import { field, isRecord, stringOf } from '../../data/fields.ts';
import { type KubectlOptions, kubectlCommand } from './kubectl.ts';
import { type ProgramResult, runProgram } from './process.ts';

/** A cluster that answers. */
export type ApiServer = {
  /** The context of the person's kubeconfig. */
  context: string;
  /** Where its API server is; it tells two clusters of one context name apart. */
  server: string;
  /** `v1.36.2`. */
  version: string;
};

/** Objects, and how they would be applied. */
export type DryRun = {
  /** A stream of documents. */
  manifests: string;
  /** Where they are; undefined where each says so itself. */
  namespace: string | undefined;
  manager: string;
  serverSide: boolean;
  validates: boolean;
};

const ANSWER_MS = 20_000;
const DRY_RUN_MS = 120_000;
const MAX_OUTPUT_BYTES = 32 << 20;

/**
 * The cluster of a context, or of the current one. Its credentials stay with kubectl.
 * @throws UserError E_TOOL without kubectl; E_CLUSTER without a cluster, or without the right to ask it
 */
export async function findCluster(context: string | undefined, options: KubectlOptions): Promise<ApiServer> {
  requireOwnKubeconfig(options.env);
  const view = await run(place(context, ['config', 'view', '--minify', '-o', PLACE]), options);
  const [name = '', server = ''] = view.stdout.toString('utf8').split('\n');
  if (view.code !== 0 || name === '') throw noContext(context, view.stderr);
  const raw = ['--request-timeout=15s', 'get', '--raw', '/version'];
  const { code, stdout, stderr } = await run(place(name, raw), options);
  if (code !== 0) throw silent(name, `${stderr}${stdout.toString('utf8', 0, 200)}`);
  const answer = parseJson(stdout.toString('utf8'));
  const version = isRecord(answer) ? stringOf(field(answer, 'gitVersion')) : undefined;
  if (version === undefined) throw silent(name, stdout.toString('utf8', 0, 200));
  return { context: name, server, version };
}

const PLACE = 'jsonpath={.current-context}{"\\n"}{.clusters[0].cluster.server}';

/**
 * What the API server would answer to an apply of these objects. Nothing is stored there: kubectl asks for a dry run in every
 * request, and refuses a server that has none.
 * @throws UserError E_TOOL where kubectl cannot be run, or takes too long
 */
export function dryRun(
  what: DryRun,
  { context }: ApiServer,
  options: KubectlOptions,
): Promise<ProgramResult> {
  const { manifests, namespace, manager, serverSide, validates } = what;
  const how = serverSide ? ['--server-side', '--force-conflicts'] : [];
  const flags = [
    '--dry-run=server',
    ...how,
    `--field-manager=${manager}`,
    `--validate=${validates ? 'strict' : 'ignore'}`,
    ...(namespace === undefined ? [] : [`--namespace=${namespace}`]),
    '--request-timeout=60s',
  ];
  return run(place(context, ['apply', ...flags, '-o', 'name', '-f', '-']), options, manifests);
}

/**
 * Every group version that the API server describes in its OpenAPI (v3), CRDs included.
 * @throws UserError E_CLUSTER for one that describes none; E_TOOL where kubectl takes too long
 */
export async function describedVersions(server: ApiServer, options: KubectlOptions): Promise<Described[]> {
  const index = await getJson('/openapi/v3', server, options);
  const paths = isRecord(index) ? field(index, 'paths') : undefined;
  return Object.entries(isRecord(paths) ? paths : {}).flatMap(([name, entry]) => {
    const [, group = '', version] =
      /^apis?(?:\/([a-z0-9][a-z0-9.-]{0,252}))?\/(v[a-z0-9]{1,62})$/.exec(name) ?? [];
    const address = isRecord(entry) ? stringOf(field(entry, 'serverRelativeURL')) : undefined;
    if (version === undefined || !address?.startsWith('/openapi/v3/')) return [];
    return [{ group, version, document: () => getJson(address, server, options) }];
  });
}

/** Asked for when it is needed: some have megabytes. */
export type Described = { group: string; version: string; document(): Promise<unknown> };

async function getJson(address: string, { context }: ApiServer, options: KubectlOptions): Promise<unknown> {
  const { code, stdout, stderr } = await run(
    place(context, ['--request-timeout=15s', 'get', '--raw', address]),
    options,
  );
  if (code !== 0) throw silent(context, stderr);
  return parseJson(stdout.toString('utf8'));
}

function place(context: string | undefined, args: readonly string[]): string[] {
  return [...(context === undefined ? [] : [`--context=${context}`]), ...args];
}

function run(args: readonly string[], options: KubectlOptions, input?: string): Promise<ProgramResult> {
  const { env, signal } = options;
  return runProgram({
    command: kubectlCommand(env),
    args,
    kind: 'login',
    env,
    cwd: tmpdir(),
    signal,
    input,
    timeoutMs: input === undefined ? ANSWER_MS : DRY_RUN_MS,
    maxBytes: MAX_OUTPUT_BYTES,
  }).catch((error: unknown) => {
    throw isMissing(error) ? noKubectl(kubectlCommand(env), error) : error;
  });
}

/** A relative path would be looked for wherever kubectl stands: in a clone it would be the clone's. */
function requireOwnKubeconfig({ KUBECONFIG = '' }: KubectlOptions['env']): void {
  const odd = KUBECONFIG.split(path.delimiter).find(file => file !== '' && !path.isAbsolute(file));
  if (odd === undefined) return;
  throw new UserError('E_CLUSTER', say('cluster.kubeconfigRelative', { file: display(odd) }), {
    hint: say('cluster.nameKubeconfigFromTheRoot'),
    subject: odd,
  });
}

function noKubectl(command: string, cause: unknown): UserError {
  return new UserError('E_TOOL', say('cluster.noKubectl', { command: display(command) }), {
    hint: say('cluster.installKubectl'),
    subject: command,
    cause,
  });
}

function noContext(context: string | undefined, stderr: string): UserError {
  const text = /current-context must exist/.test(stderr)
    ? say('cluster.noCurrentContext')
    : context !== undefined && /cannot locate context/.test(stderr)
      ? say('cluster.noSuchContext', { context: display(context) })
      : say('cluster.noCluster', { reason: lastLine(stderr) });
  return new UserError('E_CLUSTER', text, {
    hint: say('cluster.nameContext'),
    ...(context === undefined ? {} : { subject: context }),
  });
}

/** Where a context has no credentials, kubectl asks for a name, and nobody is there to answer. */
const NO_RIGHT = /Unauthorized|You must be logged in|is forbidden: User|\(Forbidden\)|Please enter Username/;

function silent(context: string, stderr: string): UserError {
  const args = { context: display(context), reason: lastLine(stderr) };
  return NO_RIGHT.test(stderr)
    ? new UserError('E_CLUSTER', say('cluster.noRightInCluster', args), {
        hint: say('cluster.logIn'),
        subject: context,
      })
    : new UserError('E_CLUSTER', say('cluster.clusterDoesNotAnswer', args), {
        hint: say('cluster.lookAtContext'),
        subject: context,
      });
}

/** Without what says that it is an error, and asks whether it is right. */
function lastLine(text: string): string {
  const line = displayBlock(text).trim().split('\n').at(-1) ?? '';
  return display(line.replace(/^error: /i, '').replace(/ - did you specify [\w ]{1,40}\?$/, '')).slice(
    0,
    300,
  );
}

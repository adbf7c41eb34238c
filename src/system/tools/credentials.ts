import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { display } from '../../text/display.ts';
import { isMissing, systemCode, UserError } from '../../errors.ts';
import type { TlsIdentity } from '../http/http-lane.ts';
import type { Machine } from '../files/machine.ts';
import { type ProgramResult, runProgram } from './process.ts';
import { say } from '../../locales/say.ts';
import type { Text } from '../../text/language.ts';

const HELPER_TIMEOUT_MS = 30_000;
const MAX_HELPER_OUTPUT = 64 * 1024;
/** What the helpers of Docker print, with exit code 1, for a server they do not know. */
const NOT_FOUND = /credentials not found|no credentials/i;

/** What Helm's and Docker's configuration files hold for one host. */
export type Credential =
  | { kind: 'password'; username: string; password: string }
  /** A refresh token, which an authorisation server turns into an access token. */
  | { kind: 'identity-token'; token: string };

/** Where a credential comes from; it is only read if a server asks for it. */
export type CredentialSource = {
  /** Tells cached answers of one login from those of another. No secret. */
  account: string;
  /** For errors: the file or the helper that has it. */
  from: string;
  read(): Promise<Credential | undefined>;
};

export type ConfigFile = { file: string; text: string };

export type CredentialFiles = {
  repositories: ConfigFile | undefined;
  /** Helm's own first, then Docker's. */
  registries: ConfigFile[];
};

/** The files of Helm and Docker that hold credentials, as far as they exist. */
export async function readCredentialFiles(machine: Machine): Promise<CredentialFiles> {
  const helm = helmFolder(machine);
  const { env, home } = machine;
  const docker = env['DOCKER_CONFIG'] ?? (home && path.join(home, '.docker'));
  const [repositories, ...registries] = await Promise.all([
    readOptional(env['HELM_REPOSITORY_CONFIG'] ?? (helm && path.join(helm, 'repositories.yaml'))),
    readOptional(env['HELM_REGISTRY_CONFIG'] ?? (helm && path.join(helm, 'registry', 'config.json'))),
    readOptional(docker && path.join(docker, 'config.json')),
  ]);
  return { repositories, registries: registries.filter(found => found !== undefined) };
}

function helmFolder({ env, platform, home }: Machine): string | undefined {
  if (env['HELM_CONFIG_HOME']) return env['HELM_CONFIG_HOME'];
  if (env['XDG_CONFIG_HOME']) return path.join(env['XDG_CONFIG_HOME'], 'helm');
  if (platform === 'win32') return env['APPDATA'] && path.join(env['APPDATA'], 'helm');
  return home && path.join(home, platform === 'darwin' ? 'Library/Preferences/helm' : '.config/helm');
}

async function readOptional(file: string | undefined): Promise<ConfigFile | undefined> {
  if (!file) return undefined;
  try {
    return { file, text: await readFile(file, 'utf8') };
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return undefined;
    throw unreadable(file, error);
  }
}

function unreadable(file: string, error: unknown): UserError {
  const code = systemCode(error) ?? 'unknown error';
  return new UserError('E_CREDENTIALS', say('system.cannotReadFile', { file: display(file), code }), {
    subject: file,
  });
}

export type TlsFiles = { caFile?: string; certFile?: string; keyFile?: string };

/** The certificate authority and the client certificate that a repository was configured with. */
export async function readTlsIdentity(files: TlsFiles): Promise<TlsIdentity | undefined> {
  const { caFile, certFile, keyFile } = files;
  const [ca, cert, key] = await Promise.all([caFile, certFile, keyFile].map(readRequired));
  if (ca === undefined && cert === undefined) return undefined;
  return { ...(ca ? { ca } : {}), ...(cert ? { cert } : {}), ...(key ? { key } : {}) };
}

async function readRequired(file: string | undefined): Promise<string | undefined> {
  if (!file) return undefined;
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw unreadable(file, error);
  }
}

export type HelperRequest = {
  /** `desktop` for the program `docker-credential-desktop`. */
  helper: string;
  /** The key under which the registry's credential is stored. */
  server: string;
  env: Record<string, string | undefined>;
  signal?: AbortSignal;
  timeoutMs?: number;
};

/** Asks a credential helper of Docker. What it prints is never passed on: it may hold the secret. */
export async function askCredentialHelper(request: HelperRequest): Promise<Credential | undefined> {
  const program = `docker-credential-${request.helper}`;
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(request.helper))
    throw new UserError(
      'E_CREDENTIALS',
      say('system.notNameCredentialHelper', { helper: display(request.helper) }),
    );
  const { code, stdout } = await runHelper(program, request);
  const output = stdout.toString('utf8');
  if (code === 0) return parseHelperOutput(output, program);
  if (NOT_FOUND.test(output)) return undefined;
  throw helperFailure(program, say('system.failedOutputWithheld', { code }));
}

async function runHelper(
  program: string,
  { server, env, signal, timeoutMs = HELPER_TIMEOUT_MS }: HelperRequest,
): Promise<ProgramResult> {
  const limits = { timeoutMs, maxBytes: MAX_HELPER_OUTPUT };
  const run = { command: program, args: ['get'], kind: 'login', env, input: server, ...limits } as const;
  try {
    return await runProgram({ ...run, cwd: tmpdir(), signal });
  } catch (error) {
    if (signal?.aborted) throw new UserError('E_CANCELLED', say('system.cancelled'));
    if (isMissing(error)) throw helperFailure(program, say('system.isNotOnPath'));
    if (!(error instanceof UserError)) throw error;
    const isLate = error.message.includes('no answer');
    throw helperFailure(program, isLate ? say('system.didNotAnswerInTime') : say('system.printedTooMuch'));
  }
}

function parseHelperOutput(output: string, program: string): Credential | undefined {
  const answer = parseJson(output);
  const username = answer?.['Username'];
  const secret = answer?.['Secret'];
  if (typeof username !== 'string' || typeof secret !== 'string')
    throw helperFailure(program, say('system.answeredUnreadable'));
  if (secret === '') return undefined;
  if (username === '<token>') return { kind: 'identity-token', token: secret };
  return { kind: 'password', username, password: secret };
}

function parseJson(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function helperFailure(program: string, predicate: Text): UserError {
  return new UserError('E_CREDENTIALS', say('text.subjectWithPredicate', { subject: program, predicate }), {
    hint: say('system.logAgainHelmRegistryLogin'),
    subject: program,
  });
}

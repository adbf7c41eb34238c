import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../errors.ts';
import { type ProgramResult, requireProgram, runProgram, tooMuchMemory } from './process.ts';
import { findSandbox } from './sandbox.ts';
import { inTemporaryFolder } from '../files/temporary-folder.ts';
import { say } from '../../locales/say.ts';
import type { Text } from '../../text/language.ts';

export type RunRendererOptions = {
  env: Readonly<Record<string, string | undefined>>;
  signal: AbortSignal;
};

export type RendererRun = {
  command: string;
  args: readonly string[];
  /** A folder of slipway's own: the renderer's homes are in it, and nothing else can be written. */
  home: string;
  cwd?: string;
  input?: Uint8Array | string | undefined;
  maxBytes: number;
};

const TIMEOUT_MS = 120_000;
/** Of data: the whole, with the program itself, stays within 512 MiB. Six megabytes of manifests take 270. */
const MEMORY_MIB = 384;

/** What helm and kustomize may have of this machine's memory. @throws UserError E_VALUE */
export function rendererMemory(env: RunRendererOptions['env']): number {
  const text = env['SLIPWAY_RENDER_MEMORY'];
  if (text === undefined || text === '') return MEMORY_MIB;
  if (/^[1-9]\d{1,5}$/.test(text)) return Number(text);
  throw new UserError('E_VALUE', say('system.slipwayRenderMemoryNoNumber'), {
    hint: say('system.giveWholeNumberSuch1024'),
  });
}

/** Runs work with a home for renderers, which is gone afterwards. */
export function inRendererHome<Result>(work: (home: string) => Promise<Result>): Promise<Result> {
  return inTemporaryFolder('slipway-renderer-', async home => {
    await mkdir(path.join(home, 'tmp'));
    return work(home);
  });
}

/**
 * Runs helm or kustomize on what strangers wrote: with nothing of the person's environment, without a network and able to
 * write into its home only, as far as this machine offers that, within limits of time, memory and output.
 * @throws UserError E_TOOL
 */
export async function runRenderer(
  run: RendererRun,
  { env, signal }: RunRendererOptions,
): Promise<ProgramResult> {
  const { home, cwd = home, ...program } = run;
  // To try a sandbox out starts a dozen programs: for one that is not there, for nothing.
  requireProgram(run.command, env);
  const sandbox = await findSandbox(env);
  const memoryMib = rendererMemory(env);
  const result = await runProgram({
    ...program,
    kind: 'renderer',
    env,
    set: rendererVariables(home, memoryMib),
    cwd,
    timeoutMs: TIMEOUT_MS,
    memoryMib,
    box: sandbox.boxFor(home),
    signal,
  });
  if (result.code === 0) return result;
  const crash = crashOf(result.stderr, memoryMib);
  if (crash === undefined) return result;
  throw new UserError('E_RENDER', say('text.aboutSubject', { subject: run.command, problem: crash }), {
    hint: say('system.ifRightAppSetSlipway'),
    subject: run.command,
  });
}

const NO_PROXY_ANSWERS = 'http://127.0.0.1:9';

/** What Go says once the system gives it no more; it does not always know what hit it. */
function crashOf(stderr: string, memoryMib: number): Text | undefined {
  if (/out of memory|cannot allocate memory/.test(stderr)) return tooMuchMemory(memoryMib);
  return /\b(?:SIG[A-Z]{3,}|fatal error): [^]*\bgoroutine \d/.test(stderr)
    ? say('system.crashedAtMemoryLimit', { memoryMib })
    : undefined;
}

/**
 * Homes that are empty: no plugins, repositories, registries or settings of anybody take part. helm and kustomize live for
 * tenths of a second, a good part of which goes into collecting garbage: they may hold more of it, up to two thirds of what
 * they may have at all. https://pkg.go.dev/runtime#hdr-Environment_Variables
 */
export function rendererVariables(home: string, memoryMib: number): Record<string, string> {
  return {
    HOME: home,
    TMPDIR: `${home}/tmp`,
    // Where there is no sandbox, a request to anywhere but this machine still ends at a proxy that nobody runs.
    HTTP_PROXY: NO_PROXY_ANSWERS,
    HTTPS_PROXY: NO_PROXY_ANSWERS,
    GIT_ALLOW_PROTOCOL: 'none',
    GOGC: '400',
    GOMEMLIMIT: `${Math.floor((memoryMib * 2) / 3)}MiB`,
    XDG_CONFIG_HOME: `${home}/xdg`,
    XDG_CACHE_HOME: `${home}/xdg-cache`,
    XDG_DATA_HOME: `${home}/xdg-data`,
    HELM_CONFIG_HOME: `${home}/config`,
    HELM_CACHE_HOME: `${home}/cache`,
    HELM_DATA_HOME: `${home}/data`,
    HELM_PLUGINS: `${home}/plugins`,
    HELM_REGISTRY_CONFIG: `${home}/registry.json`,
    HELM_REPOSITORY_CONFIG: `${home}/repositories.yaml`,
    HELM_REPOSITORY_CACHE: `${home}/repository`,
    HELM_CONTENT_CACHE: `${home}/content`,
  };
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { UserError } from '../errors.ts';
import { displayBlock } from '../display.ts';
import { withGoMemory } from './go-memory.ts';
import { type ProgramResult, runProgram } from './process.ts';

/** An archive in memory, or a chart's folder on disk. */
export type HelmChart = { archive: Uint8Array } | { folder: string };

type HelmTemplate = {
  release: string;
  namespace: string;
  chart: HelmChart;
  /** The values file that the app will use. */
  values: Uint8Array;
  /** What the chart's values schema refers to outside of it: helm would fetch that, so it does not validate then. */
  schemaReferences?: readonly string[];
};

/** The helm that this machine has. Charts' templates run nowhere else. */
export type Helm = {
  /** `3.21`, as `helm version --short` prints it. */
  version: string;
  /**
   * Renders the way kustomize calls helm, hooks and CRDs included.
   * @throws UserError E_RENDER with helm's own reason
   */
  template(request: HelmTemplate): Promise<string>;
};

export type HelmOptions = { env: Record<string, string | undefined>; signal: AbortSignal };

const TIMEOUT_MS = 120_000;
const MAX_OUTPUT_BYTES = 128 << 20;

/** Finds helm: SLIPWAY_HELM, else `helm` on PATH. Undefined where there is none. */
export async function findHelm(options: HelmOptions): Promise<Helm | undefined> {
  const command = options.env['SLIPWAY_HELM'] ?? 'helm';
  const result = await run(command, ['version', '--short'], options).catch(error => {
    if (error instanceof UserError) return undefined;
    throw error;
  });
  const version = /v?(\d+(?:\.\d+)+)/.exec(result?.stdout.toString() ?? '')?.[1];
  if (!result || result.code !== 0 || version === undefined) return undefined;
  return { version, template: request => template(command, request, options) };
}

async function template(command: string, request: HelmTemplate, options: HelmOptions): Promise<string> {
  const home = await mkdtemp(path.join(tmpdir(), 'slipway-helm-'));
  try {
    const chart = await placeOf(request.chart, home);
    const place = ['template', request.release, chart, '--namespace', request.namespace];
    if (request.schemaReferences?.length) place.push('--skip-schema-validation');
    const result = await run(command, [...place, '--include-crds', '--values', '-'], options, {
      home,
      input: request.values,
    });
    if (result.code === 0) return result.stdout.toString('utf8');
    throw new UserError('E_RENDER', `helm template failed: ${reason(result)}`, { subject: request.release });
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

async function placeOf(chart: HelmChart, home: string): Promise<string> {
  if ('folder' in chart) return chart.folder;
  const file = path.join(home, 'chart.tgz');
  await writeFile(file, chart.archive, { flag: 'wx' });
  return file;
}

type RunOptions = { home?: string; input?: Uint8Array | undefined };

/** helm with homes of its own: no plugins, repositories or registries of the user take part in rendering. */
function run(
  command: string,
  args: string[],
  options: HelmOptions,
  extra: RunOptions = {},
): Promise<ProgramResult> {
  const { home } = extra;
  const homes = home
    ? {
        HELM_CONFIG_HOME: home,
        HELM_CACHE_HOME: `${home}/cache`,
        HELM_DATA_HOME: `${home}/data`,
        HELM_PLUGINS: `${home}/plugins`,
      }
    : {};
  return runProgram({
    command,
    args,
    env: withGoMemory({ ...options.env, ...homes }),
    timeoutMs: TIMEOUT_MS,
    maxBytes: MAX_OUTPUT_BYTES,
    signal: options.signal,
    ...(extra.input === undefined ? {} : { input: extra.input }),
  });
}

/** helm's last error line says what the chart complains about. */
function reason(result: ProgramResult): string {
  const lines = displayBlock(result.stderr)
    .split('\n')
    .filter(line => line.startsWith('Error:'));
  return (
    (lines.at(-1) ?? displayBlock(result.stderr).trim()).replace(/^Error:\s*/, '').slice(0, 500) ||
    `exit code ${result.code}`
  );
}

import { displayBlock } from '../../text/display.ts';
import { UserError } from '../../errors.ts';
import { readChartArchive } from '../archive/chart-archive.ts';
import { readChartFolder } from '../archive/chart-folder.ts';
import { cutSchemas } from '../archive/cut-schemas.ts';
import type { ProgramResult } from './process.ts';
import { inRendererHome, type RendererOptions, runRenderer } from './run-renderer.ts';
import { inScratchFolder, withoutScratch } from '../files/scratch-folder.ts';
import { say } from '../../locales/say.ts';

/** An archive in memory, or a chart's folder on disk. */
export type HelmChart = { archive: Uint8Array } | { folder: string };

export type HelmTemplate = {
  release: string;
  namespace: string;
  chart: HelmChart;
  /** The values file that the app will use. */
  values: Uint8Array;
};

/** The helm that this machine has. Charts' templates run nowhere else. */
export type Helm = {
  /** What starts it. */
  command: string;
  /** `3.21`, as `helm version --short` prints it. */
  version: string;
  /**
   * Renders the way kustomize calls helm, hooks and CRDs included, with nothing that schemas refer to outside of themselves.
   * @throws UserError E_RENDER with helm's own reason
   */
  template(request: HelmTemplate): Promise<HelmOutput>;
};

export type HelmOutput = {
  text: string;
  /** Schemas that were not used whole, and why. */
  cut: readonly string[];
};

/** The manifests of the largest operators have ten. */
const MAX_OUTPUT_BYTES = 64 << 20;

/** Finds helm: SLIPWAY_HELM, else `helm` on PATH. Undefined where there is none. */
export async function findHelm(options: RendererOptions): Promise<Helm | undefined> {
  const command = options.env['SLIPWAY_HELM'] ?? 'helm';
  const args = ['version', '--short'];
  const result = await inRendererHome(home =>
    runRenderer({ command, args, home, maxBytes: MAX_OUTPUT_BYTES }, options),
  ).catch(error => {
    if (error instanceof UserError && error.code !== 'E_VALUE' && error.code !== 'E_CANCELLED')
      return undefined;
    throw error;
  });
  const version = /v?(\d+(?:\.\d+)+)/.exec(result?.stdout.toString() ?? '')?.[1];
  if (!result || result.code !== 0 || version === undefined) return undefined;
  return { command, version, template: request => template(command, request, options) };
}

async function template(
  command: string,
  request: HelmTemplate,
  options: RendererOptions,
): Promise<HelmOutput> {
  const { files, cut } = cutSchemas(await filesOf(request.chart));
  const result = await inScratchFolder(files, chart =>
    inRendererHome(home => {
      const flags = ['--namespace', request.namespace, '--include-crds', '--values', '-'];
      // A release that begins with a dash is a name here, no flag.
      const args = ['template', ...flags, '--', request.release, chart];
      return runRenderer({ command, args, home, input: request.values, maxBytes: MAX_OUTPUT_BYTES }, options);
    }),
  );
  if (result.code === 0) return { text: result.stdout.toString('utf8'), cut };
  throw new UserError('E_RENDER', say('system.helmTemplateFailed', { result: reason(result) }), {
    subject: request.release,
  });
}

async function filesOf(chart: HelmChart): Promise<ReadonlyMap<string, Uint8Array>> {
  return 'folder' in chart
    ? readChartFolder(chart.folder, '.')
    : readChartArchive(Buffer.from(chart.archive)).files;
}

/** helm's last error line says what the chart complains about. */
function reason(result: ProgramResult): string {
  const said = withoutScratch(displayBlock(result.stderr));
  const lines = said.split('\n').filter(line => line.startsWith('Error:'));
  return (lines.at(-1) ?? said.trim()).replace(/^Error:\s*/, '').slice(0, 500) || `exit code ${result.code}`;
}

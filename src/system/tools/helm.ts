import { UserError } from '../../errors.ts';
import { readChartArchive } from '../../archive/chart-archive.ts';
import { readChartFolder } from '../files/chart-folder.ts';
import type { Cluster } from '../renderer/protocol.ts';
import { inRendererHome, type RunRendererOptions, runRenderer } from './run-renderer.ts';
import { inScratchFolder } from '../files/scratch-folder.ts';
import { saidWhy } from './said-why.ts';
import { say } from '../../locales/say.ts';

/** An archive in memory, a chart's folder on disk, or its files. */
export type HelmChart =
  { archive: Uint8Array } | { folder: string } | { files: ReadonlyMap<string, Uint8Array> };

export type HelmTemplate = {
  release: string;
  namespace: string;
  chart: HelmChart;
  /** The values file that the app will use. */
  values: Uint8Array;
  /** Which cluster it is rendered for; without one, the one that helm was built for. */
  cluster?: Cluster;
};

/** The helm that this machine has. Charts' templates run nowhere else. */
export type Helm = {
  /** What starts it. */
  command: string;
  /** `3.21`, as `helm version --short` prints it. */
  version: string;
  /**
   * Renders the way kustomize calls helm, hooks and CRDs included. What schemas refer to outside of themselves is cut before.
   * @throws UserError E_RENDER with helm's own reason
   */
  template(request: HelmTemplate): Promise<string>;
};

/** The manifests of the largest operators have ten. */
const MAX_OUTPUT_BYTES = 64 << 20;

/** Finds helm: SLIPWAY_HELM, else `helm` on PATH. Undefined where there is none. */
export async function findHelm(options: RunRendererOptions): Promise<Helm | undefined> {
  const command = options.env['SLIPWAY_HELM'] ?? 'helm';
  const args = ['version', '--short'];
  const result = await inRendererHome(home =>
    runRenderer({ command, args, home, maxBytes: MAX_OUTPUT_BYTES }, options),
  ).catch(error => {
    if (error instanceof UserError && error.code !== 'E_VALUE' && error.code !== 'E_CANCELLED')
      return undefined;
    throw error;
  });
  const version = /(?<!\d)(\d+(?:\.\d+)+)/.exec(result?.stdout.toString() ?? '')?.[1];
  if (!result || result.code !== 0 || version === undefined) return undefined;
  return { command, version, template: request => template(command, request, options) };
}

async function template(
  command: string,
  request: HelmTemplate,
  options: RunRendererOptions,
): Promise<string> {
  const result = await inScratchFolder(await chartFiles(request.chart), chart =>
    inRendererHome(home => {
      const flags = [
        '--namespace',
        request.namespace,
        '--include-crds',
        '--values',
        '-',
        ...clusterFlags(request.cluster),
      ];
      // A release that begins with a dash is a name here, no flag.
      const args = ['template', ...flags, '--', request.release, chart];
      return runRenderer({ command, args, home, input: request.values, maxBytes: MAX_OUTPUT_BYTES }, options);
    }),
  );
  if (result.code === 0) return result.stdout.toString('utf8');
  throw new UserError('E_RENDER', say('system.helmTemplateFailed', { result: saidWhy(result) }), {
    subject: request.release,
  });
}

/** What helm is told of the cluster. */
export function clusterFlags({ kubeVersion, apiVersions = [] }: Cluster = {}): string[] {
  return [
    ...(kubeVersion === undefined ? [] : ['--kube-version', kubeVersion]),
    ...apiVersions.flatMap(each => ['--api-versions', each]),
  ];
}

/** The files of a chart by their place in it. @throws UserError E_ARCHIVE_* */
export async function chartFiles(chart: HelmChart): Promise<ReadonlyMap<string, Uint8Array>> {
  if ('files' in chart) return chart.files;
  return 'folder' in chart
    ? readChartFolder(chart.folder, '.')
    : readChartArchive(Buffer.from(chart.archive)).files;
}

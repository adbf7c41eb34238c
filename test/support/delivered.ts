import path from 'node:path';
import { onTestFinished } from 'vitest';
import { openCharts } from '../../src/charts/lookup.ts';
import { openNetwork } from '../../src/charts/network.ts';
import { repositoriesInUse } from '../../src/charts/repositories-in-use.ts';
import { findUses } from '../../src/deliveries/find-uses.ts';
import { thisMachine } from '../../src/system/files/machine.ts';
import { readDeliveries } from '../../src/deliveries/read-deliveries.ts';
import { createRenderers } from '../../src/render/renderers.ts';
import {
  type DeliveredState,
  type DeliveredUnit,
  renderDelivered,
} from '../../src/render/render-delivered.ts';
import type { SameRenderContext } from '../../src/render/same-render.ts';
import { DEFAULT_KUBERNETES } from '../../src/repository/conventions/kubernetes.ts';
import type { Manifest } from '../../src/repository/manifest.ts';
import { readRepository } from '../../src/repository/read-repository.ts';
import { openCacheFiles } from '../../src/system/cache/cache-files.ts';
import { openRepositoryFiles } from '../../src/system/files/files.ts';
import { untranslated } from '../../src/text/language.ts';
import { makeFolder, writeFiles } from './repository.ts';
import { testEnv } from './slipway.ts';

/** Renders a unit of a repository of these files with the tools of this machine. */
export async function renderUnit(
  files: Record<string, string>,
  unit: DeliveredUnit,
): Promise<DeliveredState> {
  const context = await openRendering(files);
  const { repository } = context;
  return renderDelivered({ ...context, jobs: 2 }, unit, {
    deliveries: readDeliveries(repository),
    text: repository.text,
  });
}

/** A repository of these files, and everything to render it with the tools of this machine. */
export async function openRendering(files: Record<string, string>): Promise<SameRenderContext> {
  const root = makeFolder();
  writeFiles(root, files);
  const { signal } = new AbortController();
  const env = testEnv(makeFolder(), { SLIPWAY_RENDERER: '' });
  const folder = path.join(makeFolder(), 'cache');
  const cache = await openCacheFiles({ folder, warn: () => undefined, now: Date.now });
  const own = openRepositoryFiles(root);
  const gitops = await readRepository(own);
  const { repository } = gitops;
  const network = await openNetwork({
    machine: thisMachine(env),
    signal,
    deadline: signal,
    offline: false,
    version: 'test',
    trustedHosts: repositoriesInUse({ ...gitops, uses: findUses(repository) }, []).map(({ url }) =>
      hostOf(url),
    ),
    warn: () => undefined,
  });
  onTestFinished(() => network.http.close());
  const charts = openCharts({
    network,
    repositories: [],
    artifactHub: false,
    minimumAgeDays: 0,
    today: new Date(),
    cwd: root,
    warn: () => undefined,
  });
  const renderers = await createRenderers({
    settings: {},
    cluster: {
      value: { kubeVersion: DEFAULT_KUBERNETES, apiVersions: [] },
      evidence: untranslated('default'),
    },
    env,
    signal,
    jobs: 2,
    cache,
  });
  onTestFinished(() => renderers.close());
  const fetch = async (): Promise<never> => {
    throw new Error('nothing is fetched');
  };
  return { files: own, charts, renderers, fetch, offline: false, jobs: 2, repository };
}

function hostOf(url: string): string {
  return new URL(url.replace(/^oci:/, 'http:')).host;
}

/** What was rendered. @throws Error for what was not */
export function builtOf(state: DeliveredState): Extract<DeliveredState, { status: 'built' }> {
  if (state.status === 'built') return state;
  throw new Error(state.status === 'left' ? state.reason.en : state.error.message);
}

/** The bodies of objects, sorted by kind and name. */
export function bodiesOf(manifests: readonly Pick<Manifest, 'kind' | 'name' | 'body'>[]): unknown[] {
  return manifests
    .toSorted((a, b) => (`${a.kind} ${a.name}` < `${b.kind} ${b.name}` ? -1 : 1))
    .map(({ body }) => body);
}

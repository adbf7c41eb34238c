import type { AppBuild, PlannedChanges } from '../render/build-changes.ts';
import type { Text } from '../text/language.ts';
import { describeRenderer, type RenderedWith, renderedWith } from '../render/rendered-with.ts';
import { say } from '../locales/say.ts';
import { display } from '../text/display.ts';
import type { CommandContext } from './command-context.ts';
import type { Session } from './context.ts';

/** A build, with what built it. */
export type SeenBuild = AppBuild & { renderer?: RenderedWith };

/**
 * Builds the apps that a change set touches as they will be, in every run that is about to write or shows what it would.
 * @throws UserError E_RENDER if one builds now and would not afterwards
 */
export async function buildBeforeWriting(
  { renderers, files, charts, network, session }: CommandContext,
  planned: PlannedChanges,
): Promise<SeenBuild[]> {
  if (planned.changes.changes.length === 0) return [];
  const [{ buildChanges }, { resourceFetcher }] = await Promise.all([
    import('../render/build-changes.ts'),
    import('../render/fetch-resources.ts'),
  ]);
  const fetch = resourceFetcher(async () => ({ network }));
  const builds = await buildChanges({ renderers, files, charts, fetch, offline: session.offline }, planned);
  const isRendered = builds.some(({ status }) => status !== 'not-built');
  const renderer = isRendered ? await renderedWith(renderers) : undefined;
  return builds.map(build => ({ ...build, ...(renderer ? { renderer } : {}) }));
}

/** A line for each app: that it builds, that it does not, or that nobody looked; then what built, and for which Kubernetes. */
export function buildLines(builds: readonly SeenBuild[], { t, terminal }: Session): string[] {
  const lines = builds.map(build => {
    const text = t(sentenceOf(build));
    return build.status === 'builds' ? text : terminal.style(text, 'yellow');
  });
  const renderer = builds.find(build => build.renderer)?.renderer;
  return renderer ? [...lines, terminal.style(t(describeRenderer(renderer)), 'dim')] : lines;
}

function sentenceOf(build: AppBuild): Text {
  const app = display(build.app);
  if (build.status === 'builds') return say('cli.builds', { app, count: build.objects });
  const { reason } = build;
  if (build.status === 'not-built') return say('cli.notBuilt', { app, reason });
  return build.isNew
    ? say('cli.doesNotBuildYet', { app, reason })
    : say('cli.didNotBuildBefore', { app, reason });
}

/** The same for programs, in English. */
export function buildsJson(builds: readonly AppBuild[]) {
  return builds.map(build => ({
    app: build.app,
    status: build.status,
    ...(build.status === 'builds' ? { objects: build.objects } : { reason: build.reason.en }),
  }));
}

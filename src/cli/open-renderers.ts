import type { Configuration } from '../repository/configuration.ts';
import type { Conventions } from '../repository/conventions/conventions.ts';
import { UserError } from '../errors.ts';
import type { Renderers, RenderersOptions } from '../render/renderers.ts';
import { cacheFolder, openCacheFiles } from '../system/cache/cache-files.ts';
import { thisMachine } from '../system/files/machine.ts';
import type { Session } from './context.ts';
import { remark } from './remark.ts';

type Gitops = { configuration: Configuration; conventions: Pick<Conventions, 'kubernetes'> };

/** What rendering takes for a repository, with the cache of this machine. */
export async function renderersOptions(
  session: Session,
  { configuration, conventions }: Gitops,
): Promise<RenderersOptions> {
  const { env, signal, jobs } = session;
  const cache = await openCacheFiles({
    folder: cacheFolder(thisMachine(env)),
    warn: text => remark(session, text),
    now: () => Date.now(),
  });
  return { settings: configuration, cluster: conventions.kubernetes, env, signal, cache, jobs };
}

/** The renderers of a run; nothing is started, and none is missed, before something is rendered. */
export async function openRenderers(session: Session, gitops: Gitops): Promise<Renderers> {
  const options = await renderersOptions(session, gitops);
  const { absentRenderers, createRenderers } = await import('../render/renderers.ts');
  return createRenderers(options).catch((error: unknown) => {
    if (error instanceof UserError) return absentRenderers(error, options);
    throw error;
  });
}

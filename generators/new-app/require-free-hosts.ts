import type { RenderedApp } from '../../src/render/inspect-app.ts';
import { ownFailure, UserError } from '../../src/errors.ts';
import { say } from '../../src/locales/say.ts';
import { hostsInManifest } from '../../src/repository/hosts-in.ts';
import type { Manifest } from '../../src/repository/manifest.ts';
import type { App } from '../../src/repository/model.ts';
import type { TakenHost } from '../../src/scaffold/taken-hosts.ts';
import type { AskContext } from './ask-context.ts';

/** What is left out of the search, and what is known to be rendered beside it. */
export type HostsPlace = {
  /** The file of the route itself, or the folder of a new app. */
  except: string;
  /** What the charts of the app itself render. */
  own?: { app: App; manifests: readonly Manifest[] };
};

/**
 * Hosts lead to one app: those of routes in files, of chart values, and of what charts render count. Where a chart may make one
 * and cannot be rendered, the run says that nobody looked.
 * @throws UserError E_VALUE for a host that is taken
 */
export async function requireFreeHosts(
  context: AskContext,
  hosts: readonly string[],
  { except, own }: HostsPlace,
): Promise<void> {
  const { searchHosts } = await import('../../src/scaffold/taken-hosts.ts');
  const { taken, open } = searchHosts(context.gitops.repository, hosts, except);
  const clash = taken ?? (own && rendersOneOf(hosts, own.app, own.manifests));
  if (clash) throw hostTaken(clash);
  for (const app of open) await requireRenderedElsewhere(context, hosts, app);
}

async function requireRenderedElsewhere(
  context: AskContext,
  hosts: readonly string[],
  app: App,
): Promise<void> {
  const { manifests, unseen } = await seeOther(context, app);
  const clash = rendersOneOf(hosts, app, manifests);
  if (clash) throw hostTaken(clash);
  if (unseen !== undefined)
    context.note(say('newApp.hostsNotLookedAt', { app: app.path, hosts: hosts.join(', '), reason: unseen }));
}

/** Whatever is wrong with another app is no reason to stop this one. */
async function seeOther(context: AskContext, app: App): Promise<Pick<RenderedApp, 'manifests' | 'unseen'>> {
  try {
    const { seeExistingApp } = await import('../../src/render/inspect-existing-app.ts');
    return await seeExistingApp({ ...context, files: context.gitops.files }, app);
  } catch (error) {
    return { manifests: [], unseen: ownFailure(error).texts.message };
  }
}

function rendersOneOf(
  hosts: readonly string[],
  { path }: App,
  manifests: readonly Manifest[],
): TakenHost | undefined {
  const rendered = new Set(manifests.flatMap(hostsInManifest));
  const host = hosts.find(each => rendered.has(each));
  return host === undefined ? undefined : { host, app: path };
}

function hostTaken({ host, app }: TakenHost): UserError {
  return new UserError('E_VALUE', say('newApp.hostTaken', { clash: host, taken: app }), {
    hint: say('newApp.chooseAnotherHost'),
    subject: host,
  });
}

import { posix } from 'node:path';
import { isFluxKustomization } from '../../deliveries/flux/flux-kustomizations.ts';
import { readDeliveries } from '../../deliveries/read-deliveries.ts';
import { abstracted, concrete, isWithin, namesApp } from '../../deliveries/siblings/names.ts';
import { homeOfOverlay } from '../../repository/overlays.ts';
import type { Renamed } from './move.ts';
import { type App, manifestsIn, namespaceOf, type Repository } from '../../repository/model.ts';

/** What moves with an app: its folder, or the one around it where what deploys it stands there. */
export type AppHome = { folder: string; apps: readonly App[] };

/**
 * The folder that is an app's own: `media/wiki` of `media/wiki/app`, where `media/wiki/ks.yaml` deploys that and is called after
 * `wiki`; that of an app of overlays, in all environments; else the app's folder.
 */
export function homeOfApp(repository: Repository, app: App): AppHome {
  const { deployed, path } = app;
  const overlaid = homeOfOverlay(app);
  if (overlaid !== undefined)
    return { folder: overlaid, apps: repository.apps.filter(each => isWithin(overlaid, each.path)) };
  const alone = { folder: path, apps: [app] };
  if (deployed?.by.kind !== 'Kustomization') return alone;
  const home = posix.dirname(deployed.by.file);
  if (home === path || !isWithin(home, path) || app.environment !== posix.dirname(home)) return alone;
  const names = readDeliveries(repository)
    .objects.filter(object => isFluxKustomization(object) && object.at.file === deployed.by.file)
    .map(({ name }) => name);
  const isOwn = names.length > 0 && names.every(name => namesApp(abstracted(name, namesFor(home))));
  return isOwn ? { folder: home, apps: repository.apps.filter(each => isWithin(home, each.path)) } : alone;
}

/** A name after the folder, as it is after another name of that. */
export function renamedAfter(name: string, { from, to }: { from: string; to: string }): string {
  return concrete(abstracted(name, namesFor(from)), namesFor(to));
}

function namesFor(folder: string): { group: string; name: string } {
  return { group: '.', name: posix.basename(folder) };
}

/** The app that a word names by its home; undefined where it is none. */
export function appAtHome(repository: Repository, word: string): App | undefined {
  const wanted = posix.normalize(word).replace(/(?<!\/)\/+$/, '');
  const overlaid = repository.apps.filter(app => homeOfOverlay(app) !== undefined && app.name === wanted);
  const isOne = new Set(overlaid.map(homeOfOverlay)).size === 1;
  return isOne
    ? overlaid[0]
    : repository.apps.find(app => app.path !== wanted && homeOfApp(repository, app).folder === wanted);
}

/** The namespaces of overlays that bear the name of their app, under its new one. */
export function overlayRenames({ apps }: AppHome, { from, to }: Renamed): (Renamed & { folder: string })[] {
  return apps.flatMap(app => {
    const namespace = namespaceOf(app);
    const isNamed =
      homeOfOverlay(app) !== undefined && (namespace === from || namespace.startsWith(`${from}-`));
    return isNamed ? [{ folder: app.path, from: namespace, to: to + namespace.slice(from.length) }] : [];
  });
}

/** Whether an app's namespace bears its name, and is its own: beside others, it is that of the group. */
export function isNamedAfter(repository: Repository, app: App, { folder }: AppHome): boolean {
  if (namespaceOf(app) !== app.name) return false;
  if (folder === app.path) return true;
  return [...repository.text.keys()].some(
    file =>
      isWithin(folder, file) &&
      manifestsIn(repository.text, file, /Namespace/).some(({ name }) => name === app.name),
  );
}

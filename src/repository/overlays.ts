import { posix } from 'node:path';

/** How the environments of an app stand to each other. */
export const LAYOUTS = ['folders', 'overlays'] as const;

/** What an app is called, and where it runs. */
export type AppPlacement = { name: string; environment: string };

type Placed = AppPlacement & { path: string };

const OVERLAYS = new Set(['overlays', 'overlay']);
/** Folders called so hold whole environments as well: only a base beside tells. */
const ENVIRONMENTS = new Set(['envs', 'env', 'environments']);
const BASES = ['base', 'bases', '_base'];

/** Whether a folder is called as the base of an app is. */
export function isBaseName(name: string): boolean {
  return BASES.includes(name);
}

const ENVIRONMENT =
  /^(?:[a-z0-9]+-)?(?:dev|devel|develop|development|test|testing|qa|uat|int|integration|stage|staging|preprod|preview|prod|production|live|sandbox|lab|local)(?:-[a-z0-9]+)?$/;

/**
 * The app and the environment of a folder: `production/shop` is `shop` in `production`, and so are `apps/shop/overlays/production` and,
 * beside a base, `apps/shop/production`.
 * @param isThere whether a folder has a kustomization
 */
export function appPlacement(
  folder: string,
  isThere: (folder: string) => boolean = () => false,
): AppPlacement {
  const home = overlayHomeOf(folder, isThere);
  return home === undefined
    ? { name: posix.basename(folder), environment: posix.dirname(folder) }
    : { name: posix.basename(home), environment: posix.basename(folder) };
}

/** The folder of the app that a folder is an overlay of; undefined where it is none. */
function overlayHomeOf(folder: string, isThere: (folder: string) => boolean): string | undefined {
  const around = posix.dirname(folder);
  const above = posix.dirname(around);
  const hasBase = (home: string): boolean => BASES.some(name => isThere(`${home}/${name}`));
  if (above === '.') return undefined;
  if (OVERLAYS.has(posix.basename(around))) return above;
  if (ENVIRONMENTS.has(posix.basename(around)) && hasBase(above)) return above;
  return ENVIRONMENT.test(posix.basename(folder)) && hasBase(around) ? around : undefined;
}

/** Whether a folder is called as those are that hold the overlays of an app. */
export function holdsOverlays(folder: string): boolean {
  const name = posix.basename(folder);
  return OVERLAYS.has(name) || ENVIRONMENTS.has(name);
}

/** Where the objects of an overlay land: a cluster may hold several environments. */
export function overlayNamespace({ name }: Pick<AppPlacement, 'name'>, environment: string): string {
  return `${name}-${environment}`;
}

/** The namespace of an app where apps are called as their namespaces are: its name, and that of an overlay with its environment. */
export function namespaceAfter(app: Placed): string {
  return homeOfOverlay(app) === undefined ? app.name : overlayNamespace(app, app.environment);
}

/** The folder that an app's overlays stand in, `apps/shop`, as its placement tells; undefined for an app of one folder. */
export function homeOfOverlay({ name, environment, path }: Placed): string | undefined {
  if (posix.basename(path) !== environment || path.split('/').length < 3) return undefined;
  const around = posix.dirname(path);
  return [around, posix.dirname(around)].find(folder => posix.basename(folder) === name);
}

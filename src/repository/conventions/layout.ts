import { posix } from 'node:path';
import { untranslated, type Text } from '../../text/language.ts';
import { say } from '../../locales/say.ts';
import { directoryPatterns } from '../application-set.ts';
import { applicationSetsIn, type Repository } from '../model.ts';
import { holdsOverlays, homeOfOverlay } from '../overlays.ts';

/** Where apps of overlays stand in a repository that keeps its apps so, `apps`, and the environments that they have. */
export type OverlayLayout = { root: string; environments: string[]; why: Text };

/**
 * The layout of a repository of overlays: an ApplicationSet that takes the overlays of every app, or more apps of overlays than
 * others. Undefined where apps are folders.
 */
export function overlayLayout(repository: Repository): OverlayLayout | undefined {
  const homes = new Set(repository.apps.flatMap(app => homeOfOverlay(app) ?? []));
  const plain = repository.apps.filter(app => homeOfOverlay(app) === undefined);
  const pattern = applicationSetsIn(repository.text)
    .flatMap(directoryPatterns)
    .find(each => rootOf(each) !== undefined);
  const ofSet = pattern === undefined ? undefined : rootOf(pattern);
  const root =
    ofSet ?? (homes.size > plain.length ? commonest([...homes].map(home => posix.dirname(home))) : undefined);
  if (root === undefined) return undefined;
  return {
    root,
    environments: environmentsBelow(repository, root),
    why:
      pattern === undefined
        ? say('repository.someOfApps', { count: homes.size, of: homes.size + plain.length })
        : untranslated(pattern),
  };
}

/** `apps` of `apps/*` + `/overlays/*`. */
function rootOf(pattern: string): string | undefined {
  const [last = '', overlays = '', app = '', ...rest] = pattern.split('/').toReversed();
  const isOpen = last === '*' && app === '*' && holdsOverlays(overlays);
  const root = rest.toReversed().join('/');
  return isOpen && root !== '' && !root.includes('*') ? root : undefined;
}

/** Those of the apps there; where there is none yet, the environments that hold no folders of their own. */
function environmentsBelow({ apps, environments }: Repository, root: string): string[] {
  const own = new Set(
    apps.filter(app => homeOfOverlay(app)?.startsWith(`${root}/`)).map(({ environment }) => environment),
  );
  if (own.size > 0) return environments.filter(name => own.has(name));
  return environments.filter(name => !apps.some(({ path }) => posix.dirname(path) === name));
}

function commonest(names: readonly string[]): string | undefined {
  const count = (name: string): number => names.filter(each => each === name).length;
  return [...names].toSorted((a, b) => count(b) - count(a))[0];
}

import { say } from '../locales/say.ts';
import { UserError } from '../errors.ts';
import { display } from '../text/display.ts';

/** An app and its environment, as the folder says them: `production/shop`, and `apps/shop/overlays/production` too. */
type Placement = { app: string; environment: string };

const OVERLAYS = new Set(['overlays', 'overlay', 'envs', 'environments']);

/** The placement of an overlay: the app is the folder around `overlays`; undefined for any other folder. */
function overlayOf(folder: string): Placement | undefined {
  const [environment = '', around = '', app] = folder.split('/').toReversed();
  return app !== undefined && OVERLAYS.has(around) ? { app, environment } : undefined;
}

type Named = { name: string; environment: string; path: string };

/** The placement of any app. */
export function appPlacement({ name, environment, path }: Named): Placement {
  return overlayOf(path) ?? { app: name, environment };
}

/** Whether an environment is called so: `production` of `apps/production` too. */
export function isEnvironment(environment: string, word: string): boolean {
  return environment === word || environment.endsWith(`/${word}`);
}

/**
 * The one app of a name, or of a folder, in an environment.
 * @throws UserError E_VALUE with the environments that have it, where that one has not
 */
export function selectIn<Item extends Named>(apps: readonly Item[], word: string, environment: string): Item {
  const path = word.replace(/^\.\//, '').replace(/(?<!\/)\/+$/, '');
  const called = apps.filter(app => [appPlacement(app).app, app.name, app.path].includes(path));
  const found = called.filter(app => isEnvironment(appPlacement(app).environment, environment));
  const [only] = found;
  if (only && found.length === 1) return only;
  const has = called.map(app => display(appPlacement(app).environment));
  throw new UserError(
    'E_VALUE',
    say('repository.notInEnvironment', { word: display(word), environment: display(environment) }),
    {
      hint:
        called.length === 0
          ? say('repository.nameOneEnvironmentApp')
          : say('repository.isInEnvironments', { environments: has.join(', ') }),
      subject: word,
    },
  );
}

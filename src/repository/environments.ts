import { say } from '../locales/say.ts';
import { UserError } from '../errors.ts';
import { display } from '../text/display.ts';
import type { Text } from '../text/language.ts';
import { nearest } from '../text/nearest.ts';
import { type AppPlacement, homeOfOverlay } from './overlays.ts';

type Placed = AppPlacement & { path: string };

/** Whether an environment is called so: `production` of `apps/production` too. */
export function isEnvironment(environment: string, word: string): boolean {
  return environment === word || environment.endsWith(`/${word}`);
}

/**
 * The one app of a name, or of a folder, in an environment.
 * @throws UserError E_VALUE with the environments that have it, where that one has not
 */
export function selectIn<Item extends Placed>(
  apps: readonly Item[],
  word: string,
  environment: string,
): Item {
  const path = word.replace(/^\.\//, '').replace(/(?<!\/)\/+$/, '');
  const called = apps.filter(app => [app.name, app.path, homeOfOverlay(app)].includes(path));
  const found = called.filter(app => isEnvironment(app.environment, environment));
  const [only] = found;
  if (only && found.length === 1) return only;
  const has = called.map(app => display(app.environment));
  throw new UserError(
    'E_VALUE',
    say('repository.notInEnvironment', { word: display(word), environment: display(environment) }),
    {
      hint:
        called.length === 0
          ? meantHint(apps, path)
          : say('repository.isInEnvironments', { environments: has.join(', ') }),
      subject: word,
    },
  );
}

function meantHint(apps: readonly Placed[], word: string): Text {
  const near = nearest(word, [...new Set(apps.map(({ name }) => name))]);
  return near === undefined
    ? say('repository.nameOneEnvironmentApp')
    : say('repository.didYouMeanApp', { near: display(near) });
}

/** Every app of an environment. @throws UserError E_VALUE with those that are known, where it has none */
export function allIn<Item extends Placed>(
  apps: readonly Item[],
  environment: string,
  known: readonly string[],
): Item[] {
  const found = apps.filter(app => isEnvironment(app.environment, environment));
  if (found.length > 0) return found;
  throw new UserError('E_VALUE', say('repository.noSuchEnvironment', { environment: display(environment) }), {
    hint: say('repository.environmentsAre', { environments: known.map(display).join(', ') }),
    subject: environment,
  });
}

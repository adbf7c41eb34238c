import { UserError } from '../../src/errors.ts';
import { say } from '../../src/locales/say.ts';
import { overlayLayout, type OverlayLayout } from '../../src/repository/conventions/layout.ts';
import { parseAppName } from '../../src/repository/names.ts';
import { syncedBy } from '../../src/repository/synced-by.ts';
import { display } from '../../src/text/display.ts';
import { nearest } from '../../src/text/nearest.ts';
import type { AskContext } from './ask-context.ts';
import { APP_QUESTIONS } from './questions.ts';

/** Where an app of overlays goes, and the environments that it is made for. */
export type OverlaidPlace = { root: string; environments: string[] };

/** Where apps of overlays go that are the first. */
const ROOT = 'apps';

/**
 * The place of an app of overlays, where the repository keeps its apps so or `--layout` says it; undefined for a folder.
 * @throws UserError E_VALUE for an environment that is none
 */
export async function askOverlays({
  ask,
  gitops: { repository, configuration },
}: AskContext): Promise<OverlaidPlace | undefined> {
  const known = overlayLayout(repository);
  const wanted = ask.given(APP_QUESTIONS.layout);
  const isElsewhere = ask.given(APP_QUESTIONS.delivery) !== undefined && wanted === undefined;
  if (wanted === 'folders' || isElsewhere || (!known && wanted === undefined)) return undefined;
  const layout = known ?? {
    root: ROOT,
    environments: environmentsOf(repository),
    why: say('repository.default'),
  };
  if (wanted === undefined) ask.decide(APP_QUESTIONS.layout, 'overlays', layout.why);
  const question = {
    ...APP_QUESTIONS.env,
    message: say('newApp.environmentsOfOverlays'),
    parse: (text: string) => environmentsIn(text, { repository, configuration }, layout).join(','),
  };
  const names = layout.environments.length > 0 ? layout.environments : ['dev', 'production'];
  const answer = await ask.text(question, { value: names.join(','), why: layout.why, sure: true });
  return { root: layout.root, environments: (answer ?? '').split(',') };
}

/** Names of environments, not of folders that lie deeper. */
function environmentsOf({ environments }: AskContext['gitops']['repository']): string[] {
  return environments.filter(name => !name.includes('/'));
}

function environmentsIn(
  text: string,
  { repository, configuration }: Pick<AskContext['gitops'], 'repository' | 'configuration'>,
  { root, environments: known }: OverlayLayout,
): string[] {
  const names = text.split(/[\s,]+/).filter(name => name !== '');
  if (names.length === 0)
    throw new UserError('E_VALUE', say('newApp.noEnvironments'), { hint: say('newApp.giveEnvironments') });
  // A set over all overlays takes any name: what the configuration says holds before it.
  const named = [...new Set([...known, ...(configuration.environments ?? [])])];
  return [...new Set(names)].map(name => {
    const isTaken =
      configuration.environments === undefined &&
      syncedBy(repository, `${root}/a-new-app/overlays/${name}`).syncers.length > 0;
    if (named.length === 0 || named.includes(name) || isTaken) return parseAppName(name);
    const near = nearest(name, named);
    const shown = named.join(', ');
    throw new UserError('E_VALUE', say('newApp.noSuchEnvironment', { environment: display(name) }), {
      hint:
        near === undefined
          ? say('newApp.environmentsAre', { names: shown })
          : say('newApp.didYouMeanEnvironment', { near, names: shown }),
      subject: name,
    });
  });
}

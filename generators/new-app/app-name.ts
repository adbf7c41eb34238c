import { UserError } from '../../src/errors.ts';
import { excludedBy } from '../../src/repository/application-set.ts';
import {
  applicationName,
  isApplicationName,
  MAX_APPLICATION_NAME,
} from '../../src/repository/application-name.ts';
import { applicationSetsIn, generatorsIn, type Repository } from '../../src/repository/model.ts';
import { homeOfOverlay } from '../../src/repository/overlays.ts';
import { requireOwnNamespace } from '../../src/repository/names.ts';
import { findUnits } from '../../src/deliveries/siblings/find-units.ts';
import { display } from '../../src/text/display.ts';
import type { AskContext } from './ask-context.ts';
import { say } from '../../src/locales/say.ts';

type Gitops = Pick<AskContext, 'gitops'>;

/**
 * Holds the name of a new app to what its environment allows, but for an app that has it: who runs the same line again makes
 * the same app.
 * @throws UserError E_CASE_COLLISION for a name that another app has in other letters, E_NAME for one that is not synced, or that
 * every cluster has as a namespace
 */
export function requirePossibleName(context: Gitops, environment: string, name: string): void {
  requireOwnNamespace(name);
  requireOwnCase(context, environment, name);
  requireSynced(context, `${environment}/${name}`);
  requireApplicationName(context.gitops.repository, `${environment}/${name}`);
}

/** @throws UserError E_APP_EXISTS, without --force */
export function requireFreeName(
  { gitops, force = false }: Gitops & Pick<AskContext, 'force'>,
  environment: string,
  name: string,
): void {
  const folder = `${environment}/${name}`;
  const { repository } = gitops;
  const isTaken =
    repository.apps.some(app => app.path === folder || homeOfOverlay(app) === folder) ||
    findUnits(repository).some(({ standing }) => standing.group === environment && standing.name === name);
  if (force || !isTaken) return;
  throw new UserError('E_APP_EXISTS', say('newApp.appThere', { folder }), {
    hint: say('newApp.chooseAnotherName'),
    subject: folder,
  });
}

function requireOwnCase({ gitops }: Gitops, environment: string, name: string): void {
  const twin = gitops.repository.apps.find(
    app => app.environment === environment && app.name.toLowerCase() === name.toLowerCase(),
  );
  if (!twin || twin.name === name) return;
  throw new UserError(
    'E_CASE_COLLISION',
    say('newApp.differsFromOnlyCase', { path: twin.path, environment, name }),
    { hint: say('newApp.chooseAnotherName') },
  );
}

/** An app in a folder that the ApplicationSet leaves out would never run. */
function requireSynced({ gitops }: Gitops, folder: string): void {
  const pattern = excludedBy(generatorsIn(gitops.repository.text), folder);
  if (pattern === undefined) return;
  throw new UserError(
    'E_NAME',
    say('newApp.applicationSetLeavesOut', { folder: display(folder), pattern: display(pattern) }),
    { hint: say('newApp.chooseNameTaken'), subject: folder },
  );
}

/** Argo CD makes no Application of a name that Kubernetes refuses, and one of a name that two folders give. */
function requireApplicationName({ text, apps }: Repository, folder: string): void {
  const sets = applicationSetsIn(text);
  const name = applicationName(sets, folder);
  if (name === undefined) return;
  const twin = apps.find(({ path }) => path !== folder && applicationName(sets, path) === name);
  if (!twin && isApplicationName(name)) return;
  const shown = { name: display(name), folder: display(folder) };
  throw new UserError(
    'E_NAME',
    twin
      ? say('newApp.applicationOfThatName', { ...shown, twin: display(twin.path) })
      : say('newApp.applicationNameRefused', { ...shown, most: MAX_APPLICATION_NAME }),
    { hint: say('newApp.chooseAnotherName'), subject: folder },
  );
}

import { UserError } from '../errors.ts';
import type { Kustomized } from '../repository/kustomized.ts';
import { parseNamespace } from '../repository/names.ts';
import { type App, appManifests, namespaceOf, type Repository } from '../repository/model.ts';
import { needsNewSeal } from './form.ts';
import { placementOf } from './placement.ts';
import type { Identity, Scope } from './scope.ts';
import { PLACEHOLDER, requireSealedSecret, type SealedSecret } from './sealed-secret.ts';
import { say } from '../locales/say.ts';
import type { Text } from '../text/language.ts';

/** The file that a Secret is sealed into, and what its values are bound to there. */
export type SealTarget = {
  file: string;
  /** What is there already; the new values go into it. */
  existing: SealedSecret | undefined;
  /** As the controller will see it. */
  identity: Identity;
  kustomized: Kustomized | undefined;
};

export type SealQuestion = {
  name: string | undefined;
  namespace: string | undefined;
  /** The file asked for, and its text if it exists. */
  into: { file: string; text: string | undefined } | undefined;
};

/**
 * Finds where a Secret goes: the file asked for, else the SealedSecret of its name in the app of its namespace, else a
 * new file there.
 * @throws UserError E_NO_APP, E_MISSING, E_SCOPE, E_SECRET
 */
export function findSealTarget(repository: Repository, folder: string, question: SealQuestion): SealTarget {
  const place = question.into ?? placeInApp(repository, folder, question);
  const existing =
    place.text === undefined ? undefined : requireSealedSecret(place.text, place.file, question.name);
  const name = existing?.name ?? question.name;
  if (name === undefined) throw missing('--name', say('sealing.newFileNeedsName', { file: place.file }));
  const placement = placementOf(repository, place.file);
  const namespace = existing?.namespace ?? question.namespace;
  requireSameNamespace(question.namespace, placement.namespace ?? existing?.namespace, place.file);
  const identity = placement.place({ name, namespace });
  return { file: place.file, existing, identity, kustomized: placement.kustomized };
}

function placeInApp(
  repository: Repository,
  folder: string,
  { name, namespace }: SealQuestion,
): { file: string; text: string | undefined } {
  if (name === undefined) throw missing('--into', say('sealing.openWhereValuesGo'));
  if (namespace === undefined) throw missing('--namespace', say('sealing.secretNamesNoNamespace', { name }));
  const app = appOf(repository, namespace);
  const sealed = appManifests(repository, app, /SealedSecret/).find(({ manifest }) => manifest.name === name);
  const file =
    sealed?.file ?? [app.path, folder, `${name}-sealedsecret.yaml`].filter(part => part !== '').join('/');
  return { file, text: repository.text.get(file) };
}

/** The app whose objects kustomize, or Flux, puts into a namespace. */
function appOf({ apps }: Repository, namespace: string): App {
  const found = apps.filter(app => namespaceOf(app) === namespace);
  const [app, ...others] = found;
  if (app && others.length === 0) return app;
  if (!app)
    throw new UserError('E_NO_APP', say('sealing.noAppRepositoryHasNamespace', { namespace }), {
      hint: say('sealing.nameFileIntoPrintResult'),
      subject: namespace,
    });
  throw missing(
    '--into',
    say('sealing.severalAppsHaveNamespace', { namespace, apps: found.map(other => other.path).join(', ') }),
  );
}

/** kustomize would put it elsewhere than the person says. */
function requireSameNamespace(given: string | undefined, placed: string | undefined, file: string): void {
  if (given === undefined || placed === undefined || given === placed) return;
  throw new UserError('E_SCOPE', say('sealing.secretNamespaceButLands', { given, file, placed }), {
    hint: say('sealing.correctNamespaceChooseAnotherFile'),
    subject: file,
  });
}

function missing(flag: string, why: Text): UserError {
  return new UserError('E_MISSING', say('sealing.missing', { flag, why }), {
    hint: say('sealing.give', { flag }),
    missing: [{ flag: flag.replace(/^--/, '') }],
  });
}

export type ScopeQuestion = {
  /** `--scope`, if it was given. */
  asked: Scope | undefined;
  /** What the annotations of the Secret ask for. */
  annotated: Scope;
  /** The keys that are sealed in this run. */
  keys: readonly string[];
};

/**
 * The scope to seal with, once it is certain that the object can be opened afterwards. A wider scope than strict needs
 * `--scope`; a file's own scope stays.
 * @throws UserError E_SCOPE
 */
export function requireScope({ existing, identity, file }: SealTarget, question: ScopeQuestion): Scope {
  const { asked, annotated, keys } = question;
  const scope = asked ?? existing?.scope ?? 'strict';
  if (asked === undefined && annotated !== scope && annotated !== 'strict')
    throw new UserError('E_SCOPE', say('sealing.secretAnnotatedWhichLetsMore', { annotated }), {
      hint: say('sealing.ifMeantAddScope', { annotated }),
    });
  if (scope !== 'cluster-wide') requireNamespace(identity.namespace, scope);
  if (existing) requireOpenable(existing, { identity, file, keys, scope });
  return scope;
}

function requireNamespace(namespace: string, scope: Scope): void {
  if (namespace !== '') parseNamespace(namespace);
  else throw missing('--namespace', say('sealing.secretBoundToNamespace', { scope }));
}

type Openable = { identity: Identity; file: string; keys: readonly string[]; scope: Scope };

/** One object has one label: if that changes, values that stay could not be opened any more. */
function requireOpenable(existing: SealedSecret, { identity, file, keys, scope }: Openable): void {
  if (existing.scope !== 'strict' && scope !== existing.scope)
    throw new UserError('E_SCOPE', say('sealing.not', { file, scope: existing.scope, scope2: scope }), {
      hint: say('sealing.takeAnnotationsOutHandObject'),
      subject: file,
    });
  const staying = existing.values.filter(({ key, text }) => text !== PLACEHOLDER && !keys.includes(key));
  if (staying.length === 0) return;
  const left = staying.map(({ key }) => key).join(', ');
  if (scope !== existing.scope)
    throw new UserError(
      'E_SCOPE',
      say('sealing.scopeWouldNotOpen', { file, scope: existing.scope, scope2: scope, left }),
      {
        hint: say('sealing.sealAllValuesAgainOne'),
        subject: file,
      },
    );
  if (!needsNewSeal(existing, identity)) return;
  const { namespace, name } = existing.sealedFor;
  throw new UserError(
    'E_SCOPE',
    say('sealing.sealedNowMustSealedAgain', {
      file,
      namespace,
      name,
      namespace2: identity.namespace,
      name2: identity.name,
      left,
    }),
    { hint: say('sealing.giveAllValuesOneRun'), subject: file },
  );
}

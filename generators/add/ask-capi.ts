import { posix } from 'node:path';
import { stringOf } from '../../src/data/fields.ts';
import { UserError } from '../../src/errors.ts';
import { say } from '../../src/locales/say.ts';
import { capiApiEnd } from '../../src/repository/capi-apis.ts';
import type { Repository } from '../../src/repository/model.ts';
import { parseKustomization } from '../../src/repository/kustomization.ts';
import { readDeliveries } from '../../src/deliveries/read-deliveries.ts';
import { clusterApp, type ClusterFile, type ClusterPlan } from '../../src/scaffold/capi/cluster-app.ts';
import type { Text } from '../../src/text/language.ts';
import { display } from '../../src/text/display.ts';
import type { Answer } from '../asker.ts';
import { allGiven } from '../new-app/ask-context.ts';
import { askPlace } from '../new-app/ask-place.ts';
import type { AppContext } from '../new-app/generator.ts';
import { askAddons, findAddons } from './capi-addons.ts';
import type { Addition } from './addition.ts';
import { CAPI_QUESTIONS } from './capi-questions.ts';
import { askParts } from './capi-parts.ts';
import { openCapiTemplates } from './open-capi.ts';

/** Answers of `add cluster --capi`, and the folder that they come to. @throws UserError as its parts do */
export async function askCapi(context: AppContext): Promise<Addition> {
  const { ask, gitops } = context;
  const { repository } = gitops;
  const name = (await ask.text(CAPI_QUESTIONS.name)) ?? '';
  const environment = await askPlace(context);
  const capiTemplates = await openCapiTemplates(context.files);
  const folder = posix.join(environment ?? '', `cluster-${name}`);
  const asked = await askParts(context, { name, app: `cluster-${name}`, capiTemplates });
  const words = await askAddons(context);
  ask.requireAnswers();
  if (!asked || environment === undefined) throw new Error('an answer is missing unnoticed');
  const addons = await findAddons(context, words);
  const plan: ClusterPlan = { folder, name, addons, ...asked };
  const isFlux = isFluxed(repository);
  const made = clusterApp({ gitops, templates: context.templates, capiTemplates, isFlux }, plan);
  requireFree(context, folder, made.files);
  const own = made.files.find(({ path }) => path === made.kustomization);
  const kustomization = parseKustomization(own?.text ?? '', made.kustomization);
  return {
    word: 'cluster',
    place: [name, '--capi'],
    app: { name: `cluster-${name}`, environment, path: folder, kustomization },
    request: { kind: 'cluster', files: made.files },
    notes: [...notesOf(context, plan), ...made.secrets.flatMap(({ notes }) => notes)],
    unsealed: made.secrets.flatMap(({ unsealed }) => unsealed),
    next: made.secrets.flatMap(({ next }) => next),
    moreAnswers: ['workers', 'var'].flatMap(flag => repeated(context, flag)),
  };
}

/** Whether Flux deploys here, and Argo CD does not. */
function isFluxed(repository: Repository): boolean {
  const isArgo = repository.apps.some(({ deployed }) => deployed?.by.kind.startsWith('Application') === true);
  return !isArgo && readDeliveries(repository).flux.length > 0;
}

function repeated(context: AppContext, flag: string): Answer[] {
  return allGiven(context, flag).map(value => ({ flag, value, from: 'flag', why: say('capi.given') }));
}

/** The very same may be there: nothing is to be done then. @throws UserError E_APP_EXISTS */
function requireFree(
  { gitops: { repository } }: AppContext,
  folder: string,
  files: readonly ClusterFile[],
): void {
  const there = [...repository.text.keys()].find(file => file.startsWith(`${folder}/`));
  if (there === undefined || files.every(({ path, text }) => repository.text.get(path) === text)) return;
  throw new UserError('E_APP_EXISTS', say('move.thereAlready', { path: display(folder) }), {
    hint: say('capi.chooseAnother'),
    subject: folder,
  });
}

function notesOf({ gitops: { repository } }: AppContext, { namespace, parts, folder }: ClusterPlan): Text[] {
  const hasProviders = [...repository.text.values()].some(text =>
    text.includes('operator.cluster.x-k8s.io/'),
  );
  const hasIdentity = parts.objects.some(({ body }) => String(body['kind']).endsWith('Identity'));
  const isOwn = namespace === undefined || namespace === posix.basename(folder);
  return [
    ...(hasProviders ? [] : [say('capi.providersElsewhere')]),
    ...(hasIdentity ? [] : [say('capi.identityElsewhere')]),
    ...(isOwn ? [] : [say('capi.namespaceKept', { namespace: display(namespace) })]),
    ...endingApis(parts),
  ];
}

/** APIs that Cluster API stops serving: `check` finds them from the first day on. */
function endingApis({ objects }: ClusterPlan['parts']): Text[] {
  const ends = objects.flatMap(({ body }) => {
    const [apiVersion, kind] = [stringOf(body['apiVersion']) ?? '', stringOf(body['kind']) ?? ''];
    const end = capiApiEnd({ apiVersion, kind });
    return end ? [[`${apiVersion} ${kind}`, end.instead] as const] : [];
  });
  if (ends.length === 0) return [];
  const [old, instead] = [0, 1].map(at => [...new Set(ends.map(each => each[at] ?? ''))].join(', '));
  return [say('capi.endingApis', { old: display(old ?? ''), instead: display(instead ?? '') })];
}

import { planAddition } from '../../src/features/add/plan-addition.ts';
import { say } from '../../src/locales/say.ts';
import type { Text } from '../../src/text/language.ts';
import type { Generator } from '../generator.ts';
import type { AppContext } from '../new-app/generator.ts';
import type { Addition, AdditionSpec, Answered } from './addition.ts';
import { CAPI_QUESTIONS } from './capi-questions.ts';
import { certificateAddition } from './certificate.ts';
import { clusterGenerator } from './cluster.ts';
import { chartAddition } from './chart.ts';
import { reflectionAddition } from './reflection.ts';
import { rewriteAddition } from './rewrite.ts';
import { routeAddition } from './route.ts';
import { secretAddition } from './secret.ts';
import { storageAddition } from './storage.ts';
import { ADD_QUESTIONS } from './questions.ts';

/** A generator of `slipway add`. */
export type AddGenerator = Generator<AppContext, Addition>;

/** A cluster of Cluster API, which is an app of its own. */
const capiGenerator: AddGenerator = {
  name: 'add cluster',
  description: say('capi.cluster'),
  questions: Object.values(CAPI_QUESTIONS),
  ask: async context => (await import('./ask-capi.ts')).askCapi(context),
  plan: (context, { app, request }) => planAddition(context, app, request),
};

/** What `slipway add` can add, by the word on the command line. */
export const ADDITIONS = {
  chart: addGenerator(chartAddition),
  route: addGenerator(routeAddition),
  secret: addGenerator(secretAddition),
  storage: addGenerator(storageAddition),
  certificate: addGenerator(certificateAddition),
  reflection: addGenerator(reflectionAddition),
  rewrite: addGenerator(rewriteAddition),
  cluster: capiGenerator,
} as const satisfies Record<string, AddGenerator>;

/** Those, and what extends the repository rather than an app. */
export const ALL_ADDITIONS = { ...ADDITIONS, cluster: clusterGenerator };

export type AdditionWord = keyof typeof ALL_ADDITIONS;

/** A generator that extends an app: the app is its first question. */
function addGenerator({ word, questions, ask, ...spec }: AdditionSpec): AddGenerator {
  return {
    ...spec,
    name: `add ${word}`,
    questions: [ADD_QUESTIONS.app, ...questions],
    ask: async context => {
      const answered = await ask(context);
      return { word, ...answered, notes: [...answered.notes, ...namespaceNote(answered)] };
    },
    plan: (context, { app, request }) => planAddition(context, app, request),
  };
}

/** Where kustomize sets no namespace, an object without one lands wherever Argo CD's destination says. */
function namespaceNote({ app, request }: Answered): Text[] {
  if (request.kind !== 'resource' || app.kustomization.namespace !== undefined) return [];
  return [say('add.setsNoNamespaceSoNew', { path: app.path })];
}

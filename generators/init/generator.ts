import { joinChangeSets } from '../../src/change-set.ts';
import type { InitRequest } from '../../src/features/init/init-request.ts';
import type { InitContext, InitPlan } from '../../src/features/init/init-plan.ts';
import { planInit } from '../../src/features/init/plan.ts';
import type { Generator } from '../generator.ts';
import { REPOSITORY_QUESTIONS } from './questions.ts';
import { askRepository, type InitFacts } from './ask-repository.ts';
import type { Text } from '../../src/text/language.ts';
import { say } from '../../src/locales/say.ts';

/** What `init` works with. */
export type RepositoryContext = {
  facts: InitFacts;
  /** Looks at what no answer changes, before a person answers: the charts that will be needed. */
  lookFirst(): Promise<void>;
  open(): Promise<InitContext>;
};

export type AskedRepository = { request: InitRequest; plan: InitPlan };

/** `slipway init`. */
export const repositoryGenerator: Generator<RepositoryContext, AskedRepository> = {
  name: 'init',
  description: say('init.gitopsRepositoryArgoCdCan'),
  questions: Object.values(REPOSITORY_QUESTIONS),
  ask: async context => {
    context.facts.ask.beforeAsking(() => context.lookFirst());
    const request = await askRepository(context.facts);
    const plan = await planInit(await context.open(), request);
    const notes = [...plan.notes, ...shardsNote(request, context.facts)];
    return { request, plan: { ...plan, notes } };
  },
  plan: async (_, { plan }) => joinChangeSets(plan.additions, ...plan.overwrites),
};

/** With more apps than these, one job of CI takes minutes to render them all. */
const MANY_APPS = 500;

function shardsNote({ ci, shards }: InitRequest, { gitops: { repository } }: InitFacts): Text[] {
  const count = repository.apps.length;
  return ci !== 'none' && shards === 1 && count > MANY_APPS ? [say('init.manyApps', { count })] : [];
}

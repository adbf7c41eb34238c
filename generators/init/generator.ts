import { joinChangeSets } from '../../src/change-set.ts';
import type { InitRequest } from '../../src/features/init/init-request.ts';
import { type InitContext, type InitPlan, planInit } from '../../src/features/init/plan.ts';
import type { Generator } from '../generator.ts';
import { REPOSITORY_QUESTIONS } from './questions.ts';
import { askRepository, type InitFacts } from './ask-repository.ts';

/** What `init` works with. */
export type RepositoryContext = {
  facts: InitFacts;
  /** Opened only once it is known what to look up. */
  open(request: InitRequest): Promise<InitContext>;
};

export type AskedRepository = { request: InitRequest; plan: InitPlan };

/** `slipway init`. */
export const repositoryGenerator: Generator<RepositoryContext, AskedRepository> = {
  name: 'init',
  description: {
    en: 'a GitOps repository that Argo CD can sync; adds what is missing to one that exists',
    'zh-CN': '可由 Argo CD 同步的 GitOps 仓库；对已有仓库只补全缺少的部分',
  },
  questions: Object.values(REPOSITORY_QUESTIONS),
  ask: async context => {
    const request = await askRepository(context.facts);
    return { request, plan: await planInit(await context.open(request), request) };
  },
  plan: async (_, { plan }) => joinChangeSets(plan.additions, plan.overwrites),
};

import nodePlop, { type NodePlopAPI } from 'node-plop';
import type { Language } from '../src/domain/language.ts';
import { ADDITIONS } from './add.ts';
import type { Addition } from './add/addition.ts';
import { type AppContext, appGenerator, type AskedApp } from './app.ts';
import type { Generated, Generator } from './generator.ts';
import { type AskedRepository, type RepositoryContext, repositoryGenerator } from './repository.ts';

/** Who runs a generator: opens what it works with, and takes what it plans. */
export type Ends<Context, Answers> = {
  open(): Promise<Context>;
  /** Shows and writes what was planned; resolves to a line for plop's log. */
  finish(context: Context, generated: Generated<Answers>): Promise<string>;
};

/** The ends of the generators that a run may start. */
export type GeneratorHost = {
  language: Language;
  app?: Ends<AppContext, AskedApp>;
  add?: Ends<AppContext, Addition>;
  repository?: Ends<RepositoryContext, AskedRepository>;
};

/**
 * Registers every generator with plop. Actions only stage into a change set, which the host then writes as one
 * transaction: plop's own add, modify and append have none (they leave half of the files after a failure).
 */
export function registerGenerators(
  plop: NodePlopAPI,
  host: GeneratorHost,
  failed: (error: unknown) => void = () => undefined,
): void {
  const { language, app, add, repository } = host;
  if (app) register(plop, appGenerator, { language, ends: app, failed });
  if (add)
    for (const generator of Object.values(ADDITIONS))
      register<AppContext, Addition>(plop, generator, { language, ends: add, failed });
  if (repository) register(plop, repositoryGenerator, { language, ends: repository, failed });
}

/**
 * Runs one generator through plop.
 * @throws whatever the generator or its host threw: plop itself keeps only messages
 */
export async function runGenerator(name: string, host: GeneratorHost): Promise<void> {
  const plop = await nodePlop('', { destBasePath: '', force: false });
  const failures: unknown[] = [];
  registerGenerators(plop, host, error => failures.push(error));
  const generator = plop.getGenerator(name);
  const result = await generator.runActions(await generator.runPrompts());
  if (failures.length > 0) throw failures[0];
  if (result.failures.length > 0) throw new Error(`generator ${name}: ${result.failures[0]?.error}`);
}

type Registration<Context, Answers> = {
  language: Language;
  ends: Ends<Context, Answers>;
  failed(error: unknown): void;
};

function register<Context, Answers extends object>(
  plop: NodePlopAPI,
  generator: Generator<Context, Answers>,
  { language, ends, failed }: Registration<Context, Answers>,
): void {
  const action = `stage ${generator.name}`;
  let context: Context;
  plop.setActionType(action, async given => {
    const answers = given as Answers;
    try {
      return await ends.finish(context, { answers, changes: await generator.plan(context, answers) });
    } catch (error) {
      failed(error);
      throw error;
    }
  });
  plop.setGenerator(generator.name, {
    description: generator.description[language],
    prompts: async () => {
      context = await ends.open();
      return generator.ask(context);
    },
    // A fresh object each time: plop writes into the actions that it runs.
    actions: () => [{ type: action }],
  });
}

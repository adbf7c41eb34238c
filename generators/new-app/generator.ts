import { planNewApp } from '../../src/scaffold/plan-new-app.ts';
import type { RepositoryFiles } from '../../src/system/files/files.ts';
import type { AppTemplates } from '../../src/scaffold/app-files.ts';
import type { AskedApp } from './ask-app.ts';
import type { AskContext } from './ask-context.ts';
import { APP_QUESTIONS } from './questions.ts';
import type { Generator } from '../generator.ts';
import { say } from '../../src/locales/say.ts';

/** What `new-app` works with: the questions' context, and where templates and existing files come from. */
export type AppContext = AskContext & {
  files: RepositoryFiles;
  templates: AppTemplates;
};

/** `slipway new-app`. */
export const appGenerator: Generator<AppContext, AskedApp> = {
  name: 'new-app',
  description: say('newApp.completeNewAppFolderFrom'),
  questions: Object.values(APP_QUESTIONS),
  ask: async context => (await import('./ask-app.ts')).askApp(context),
  plan: (context, { request }) => planNewApp(context, request),
};

export type { AskedApp };

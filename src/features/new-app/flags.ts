import type { CommandInput } from '../../cli/command.ts';
import type { FlagTable } from '../../cli/flags.ts';
import { flagsOf } from '../../../generators/question.ts';
import { APP_QUESTIONS } from '../../../generators/new-app/questions.ts';
import { say } from '../../locales/say.ts';

/** The flags of `slipway new-app`. */
export const FLAGS = {
  ...flagsOf(Object.values(APP_QUESTIONS)),
  demo: {
    value: '[dir]',
    optional: true,
    help: say('newApp.smallRepositoryMadeTemporaryNamed'),
  },
  force: { help: say('newApp.overwriteFilesExist') },
} as const satisfies FlagTable;

export type NewAppInput = CommandInput<typeof FLAGS>;

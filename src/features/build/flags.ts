import type { CommandInput } from '../../cli/command.ts';
import type { FlagTable } from '../../cli/flags.ts';
import { say } from '../../locales/say.ts';

/** The flags of `slipway build`. */
export const FLAGS = {
  env: { value: '<environment>', help: say('build.env') },
  demo: { value: '[dir]', optional: true, help: say('outdated.demoRepository') },
} as const satisfies FlagTable;

export type BuildInput = CommandInput<typeof FLAGS>;

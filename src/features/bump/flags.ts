import type { CommandInput } from '../../cli/command.ts';
import type { FlagTable } from '../../cli/flags.ts';
import { say } from '../../locales/say.ts';

/** The flags of `slipway bump`. */
export const FLAGS = {
  image: { value: '<name=ref>', repeatable: true, help: say('bump.image') },
  env: { value: '<environment>', help: say('bump.env') },
  where: { value: '<auto|images|values|manifest>', help: say('bump.where') },
  commit: { help: say('bump.commit') },
  'require-change': { help: say('bump.requireChange') },
  force: { help: say('bump.force') },
} as const satisfies FlagTable;

export type BumpInput = CommandInput<typeof FLAGS>;

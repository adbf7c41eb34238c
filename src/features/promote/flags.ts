import type { CommandInput } from '../../cli/command.ts';
import type { FlagTable } from '../../cli/flags.ts';
import { say } from '../../locales/say.ts';

/** The flags of `slipway promote`. */
export const FLAGS = {
  all: { help: say('promote.all') },
  from: { value: '<environment>', help: say('promote.from') },
  to: { value: '<environment>', help: say('promote.to') },
  only: { value: '<charts,images,values,resources>', help: say('promote.only') },
  status: { help: say('promote.status') },
  decisions: { value: '<file>', help: say('promote.decisions') },
  accept: { value: '<risk>', repeatable: true, help: say('upgrade.acceptRisk') },
  plan: { value: '<file>', help: say('promote.plan') },
  apply: { value: '<file>', help: say('promote.apply') },
  commit: { help: say('promote.commit') },
} as const satisfies FlagTable;

export type PromoteInput = CommandInput<typeof FLAGS>;

import type { CommandInput } from '../../cli/command.ts';
import type { FlagTable } from '../../cli/flags.ts';
import { say } from '../../locales/say.ts';

/** The flags of `slipway convert`. */
export const FLAGS = {
  to: { value: '<kustomize|flux|argo>', help: say('convert.to') },
  accept: { value: '<decision>', repeatable: true, help: say('convert.accept') },
  decisions: { value: '<file>', help: say('convert.decisions') },
} as const satisfies FlagTable;

export type ConvertInput = CommandInput<typeof FLAGS>;

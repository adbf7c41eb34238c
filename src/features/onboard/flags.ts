import type { CommandInput } from '../../cli/command.ts';
import type { FlagTable } from '../../cli/flags.ts';
import { say } from '../../locales/say.ts';

/** The flags of `slipway onboard`. */
export const FLAGS = {
  restart: { help: say('onboard.beginAnew') },
  demo: {
    help: say('onboard.copyDemoEvenInsideRepository'),
  },
} as const satisfies FlagTable;

export type OnboardInput = CommandInput<typeof FLAGS>;

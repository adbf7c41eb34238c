import type { CommandInput } from '../../cli/command.ts';
import type { FlagTable } from '../../cli/flags.ts';
import { say } from '../../locales/say.ts';

/** The flags of `slipway doctor`. */
export const FLAGS = {
  'compare-renderers': { help: say('doctor.compareRenderersFlag') },
  schemas: { value: '<folder>', help: say('cluster.writeSchemas') },
  context: { value: '<name>', help: say('cluster.whichContextSchemas') },
} as const satisfies FlagTable;

export type DoctorInput = CommandInput<typeof FLAGS>;

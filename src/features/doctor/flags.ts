import type { CommandInput } from '../../cli/command.ts';
import type { Session } from '../../cli/context.ts';
import type { FlagTable } from '../../cli/flags.ts';
import { UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';

/** The flags of `slipway doctor`. */
export const FLAGS = {
  'compare-renderers': { help: say('doctor.compareRenderersFlag') },
  schemas: { value: '<folder>', help: say('cluster.writeSchemas') },
  context: { value: '<name>', help: say('cluster.whichContextSchemas') },
} as const satisfies FlagTable;

export type DoctorInput = CommandInput<typeof FLAGS>;

/** Where the schemas of a cluster are to be written, and of which. */
export type WantedSchemas = { folder: string; context: string | undefined };

/** @throws UserError E_USAGE for a context without a folder, and offline */
export function schemasIn(
  { offline }: Session,
  { schemas, context }: DoctorInput['values'],
): WantedSchemas | undefined {
  if (schemas === undefined && context !== undefined)
    throw new UserError('E_USAGE', say('cluster.contextWithoutSchemas'));
  if (schemas !== undefined && offline)
    throw new UserError('E_USAGE', say('cluster.schemasOrOffline'), { hint: say('cluster.giveOneOfBoth') });
  return schemas === undefined ? undefined : { folder: schemas, context };
}

import type { Session } from '../../cli/context.ts';
import { UserError } from '../../errors.ts';
import type { DoctorRequest } from './run.ts';
import { untranslated } from '../../text/language.ts';
import { defineCommand } from '../../cli/command.ts';
import { say } from '../../locales/say.ts';

export const command = defineCommand({
  usage: untranslated(''),
  maxPositionals: 0,
  flags: {
    'compare-renderers': { help: say('doctor.compareRenderersFlag') },
    schemas: { value: '<folder>', help: say('cluster.writeSchemas') },
    context: { value: '<name>', help: say('cluster.whichContextSchemas') },
  },
  examples: [
    'slipway doctor',
    'slipway doctor --offline',
    'slipway doctor --json',
    'slipway doctor --compare-renderers',
    'slipway doctor --schemas ~/.cache/cluster-schemas --context staging',
  ],
  async run(session, input) {
    const { runDoctor } = await import('./run.ts');
    const compare = input.switches.has('compare-renderers');
    return runDoctor(session, { compare, schemas: schemasIn(session, input.values) });
  },
});

/** @throws UserError E_USAGE for a context without a folder, and offline */
function schemasIn(
  { offline }: Session,
  { schemas, context }: { schemas?: string; context?: string },
): DoctorRequest['schemas'] {
  if (schemas === undefined && context !== undefined)
    throw new UserError('E_USAGE', say('cluster.contextWithoutSchemas'));
  if (schemas !== undefined && offline)
    throw new UserError('E_USAGE', say('cluster.schemasOrOffline'), { hint: say('cluster.giveOneOfBoth') });
  return schemas === undefined ? undefined : { folder: schemas, context };
}

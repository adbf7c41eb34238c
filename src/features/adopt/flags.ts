import type { CommandInput } from '../../cli/command.ts';
import type { FlagTable } from '../../cli/flags.ts';
import { say } from '../../locales/say.ts';

/** The flags of `slipway adopt`. */
export const FLAGS = {
  release: { value: '<name>', help: say('adopt.release') },
  values: { value: '<file|->', help: say('adopt.values') },
  chart: { value: '<name|oci://…|path>', help: say('adopt.chart') },
  repo: { value: '<url|alias>', help: say('newApp.chartRepository') },
  version: { value: '<exact>', help: say('adopt.version') },
  namespace: { value: '<name>', help: say('adopt.namespace') },
  env: { value: '<folder>', help: say('newApp.environmentSuchProduction') },
  audit: { help: say('adopt.audit') },
  demo: { value: '[dir]', optional: true, help: say('diff.demoRepository') },
} as const satisfies FlagTable;

export type AdoptInput = CommandInput<typeof FLAGS>;

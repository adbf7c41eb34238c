import type { CommandInput } from '../../cli/command.ts';
import type { FlagTable } from '../../cli/flags.ts';
import { say } from '../../locales/say.ts';

/** The flags of `slipway preview`. */
export const FLAGS = {
  base: { value: '<revision>', help: say('preview.flagBase') },
  head: { value: '<revision>', help: say('preview.flagHead') },
  html: { value: '<file>', help: say('preview.flagHtml') },
  markdown: { value: '<file>', help: say('preview.flagMarkdown') },
  prove: { help: say('preview.flagProve') },
  budget: { value: '<renders>', help: say('cli.proofBudget') },
  demo: { value: '[dir]', optional: true, help: say('preview.flagDemo') },
  shard: { value: '<n/of>', help: say('shard.flag') },
  matrix: { value: '<shards>', help: say('shard.flagMatrix') },
  'exit-code': { help: say('preview.flagExitCode') },
} as const satisfies FlagTable;

export type PreviewInput = CommandInput<typeof FLAGS>;

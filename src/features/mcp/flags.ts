import type { CommandInput } from '../../cli/command.ts';
import type { FlagTable } from '../../cli/flags.ts';
import { say } from '../../locales/say.ts';

/** The flags of `slipway mcp`. */
export const FLAGS = {
  allow: { value: '<write[,unattended]>', help: say('mcp.allow') },
  tools: { value: '<a,b>', help: say('mcp.tools') },
} as const satisfies FlagTable;

export type McpInput = CommandInput<typeof FLAGS>;

import { displayBlock } from '../display.ts';
import { UserError } from '../errors.ts';
import { runProgram } from './process.ts';

/** How a program says which version it is. */
export type ToolQuestion = {
  command: string;
  args: string[];
  env: Record<string, string | undefined>;
  signal: AbortSignal;
};

export type ToolAnswer =
  { status: 'found'; output: string } | { status: 'broken'; reason: string } | { status: 'absent' };

const TIMEOUT_MS = 20_000;
const MAX_OUTPUT_BYTES = 1 << 20;

/** Asks a program for its version: absent, broken, or what it printed. */
export async function findTool({ command, args, env, signal }: ToolQuestion): Promise<ToolAnswer> {
  try {
    const run = { command, args, env, signal, timeoutMs: TIMEOUT_MS, maxBytes: MAX_OUTPUT_BYTES };
    const { code, stdout, stderr } = await runProgram(run);
    if (code === 0) return { status: 'found', output: stdout.toString('utf8') };
    return { status: 'broken', reason: firstLine(stderr) || `exit code ${code}` };
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== 'E_TOOL') throw error;
    return isMissing(error) ? { status: 'absent' } : { status: 'broken', reason: error.message };
  }
}

function isMissing({ cause }: UserError): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
}

function firstLine(text: string): string {
  return displayBlock(text).trim().split('\n')[0]?.slice(0, 200) ?? '';
}

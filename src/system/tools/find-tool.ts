import { tmpdir } from 'node:os';
import { displayBlock } from '../../text/display.ts';
import { isMissing, UserError } from '../../errors.ts';
import { type ProgramRun, runProgram } from './process.ts';

/** How a program says which version it is. */
export type ToolQuestion = {
  command: string;
  args: string[];
  kind: ProgramRun['kind'];
  env: Record<string, string | undefined>;
  signal: AbortSignal;
};

export type ToolAnswer =
  { status: 'found'; output: string } | { status: 'broken'; reason: string } | { status: 'absent' };

const TIMEOUT_MS = 20_000;
const MAX_OUTPUT_BYTES = 1 << 20;

/** Asks a program for its version: absent, broken, or what it printed. */
export async function findTool({ signal, ...question }: ToolQuestion): Promise<ToolAnswer> {
  try {
    const limits = { timeoutMs: TIMEOUT_MS, maxBytes: MAX_OUTPUT_BYTES };
    const { code, stdout, stderr } = await runProgram({ ...question, ...limits, cwd: tmpdir(), signal });
    if (code === 0) return { status: 'found', output: stdout.toString('utf8') };
    return { status: 'broken', reason: firstLine(stderr) || `exit code ${code}` };
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== 'E_TOOL') throw error;
    return isMissing(error) ? { status: 'absent' } : { status: 'broken', reason: error.message };
  }
}

function firstLine(text: string): string {
  return displayBlock(text).trim().split('\n')[0]?.slice(0, 200) ?? '';
}

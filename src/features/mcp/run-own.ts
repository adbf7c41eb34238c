import type { Session } from '../../cli/context.ts';
import { asMap, field } from '../../data/fields.ts';
import { parseJson } from '../../data/json.ts';
import { exitOfCode, type UserError } from '../../errors.ts';
import type { RepositoryFiles } from '../../system/files/files.ts';
import { packagePath } from '../../system/files/templates.ts';
import { runProgram } from '../../system/tools/process.ts';
import type { McpInput } from './flags.ts';
import type { Plans } from './plans.ts';
import type { Reports, ToolResult } from './results.ts';

/** What all tools of a server share. */
export type Serving = {
  session: Session;
  input: McpInput;
  files: RepositoryFiles;
  plans: Plans;
  reports: Reports;
};

export type OwnRun = { code: number; document: unknown; stderr: string };

const TIMEOUT_MS = 15 * 60_000;
const MAX_BYTES = 64 << 20;

/** This very program, as a process of its own: stdout is the protocol's, and what is cancelled ends. */
export async function runOwn(
  { session, files }: Serving,
  argv: readonly string[],
  signal: AbortSignal,
): Promise<OwnRun> {
  const [command = '', ...rest] = argv;
  const offline = session.offline && command !== '--help' ? ['--offline'] : [];
  const result = await runProgram({
    command: process.execPath,
    args: [packagePath('bin/slipway.js'), command, '--json', '-C', files.root, ...offline, ...rest],
    kind: 'person',
    env: session.env,
    set: { NO_COLOR: '1' },
    cwd: files.root,
    timeoutMs: TIMEOUT_MS,
    maxBytes: MAX_BYTES,
    signal: AbortSignal.any([signal, session.signal]),
  });
  return { code: result.code, document: parseJson(result.stdout.toString('utf8')), stderr: result.stderr };
}

/** What a run comes to for a client: its document with its exit, or its error. */
export function toolResult({ code, document, stderr }: OwnRun): ToolResult {
  const error = field(asMap(document), 'error');
  if (error !== undefined) return { data: { error }, isError: true };
  if (asMap(document) === undefined)
    return {
      data: { error: { code: 'E_BUG', exit: code, message: stderr.slice(0, 2000), hint: '' } },
      isError: true,
    };
  return { data: { exit: code, document: document as object }, isError: false };
}

/** A toolRefusal in the form that every command gives to its own. */
export function toolRefusal(error: UserError): ToolResult {
  const { code, message, hint = '' } = error;
  return { data: { error: { code, exit: exitOfCode(code), message, hint } }, isError: true };
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { commandLine } from '../../cli/command-line.ts';
import { toJson } from '../../data/json.ts';
import { UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { readRepository } from '../../repository/read-repository.ts';
import { display } from '../../text/display.ts';
import type { ServedTool } from './open-server.ts';
import { asksFor, digestOf, isAnswers, type KeptPlan, plansTheSame, questionOf } from './plans.ts';
import type { ToolResult } from './results.ts';
import { toolRefusal, toolResult, runOwn, type Serving } from './run-own.ts';
import type { ToolArguments } from './tools.ts';

/** Runs a line dry, and keeps what it came to for `apply`. */
export async function plan(
  serving: Serving,
  argv: readonly string[],
  signal: AbortSignal,
): Promise<ToolResult> {
  const inputs = await inputsOf(serving);
  const run = await runOwn(serving, dry(argv), signal);
  const result = toolResult(run);
  if (result.isError) return result;
  return {
    data: { planId: serving.plans.add({ argv, inputs, document: run.document }), ...result.data },
    isError: false,
  };
}

/** Plans again, with answers to decisions. */
export async function answerPlan(
  serving: Serving,
  given: ToolArguments,
  signal: AbortSignal,
): Promise<ToolResult> {
  const known = serving.plans.get(String(given['planId']));
  if (!known) return toolRefusal(noPlan());
  if (!asksFor(known))
    return toolRefusal(new UserError('E_VALUE', say('mcp.nothingAsked'), { hint: say('mcp.applyIt') }));
  const folder = await mkdtemp(path.join(tmpdir(), 'slipway-mcp-'));
  process.once('exit', () => void rm(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'decisions.json');
  await writeFile(file, toJson(given['answers']), { mode: 0o600 });
  const [command = '', ...rest] = known.argv.filter(word => !isAnswers(word));
  return plan(serving, [command, `--decisions=${file}`, ...rest], signal);
}

/** Plans once more: what has changed since, in the repository or upstream, is not written. */
export async function applyPlan(
  serving: Serving,
  known: KeptPlan | undefined,
  signal: AbortSignal,
): Promise<ToolResult> {
  if (!known) return toolRefusal(noPlan());
  const isSame =
    known.inputs === (await inputsOf(serving)) &&
    plansTheSame(known.document, (await runOwn(serving, dry(known.argv), signal)).document);
  if (!isSame)
    return toolRefusal(new UserError('E_CHANGED', say('mcp.changedSince'), { hint: say('mcp.planAgain') }));
  const [command = '', ...rest] = known.argv;
  return toolResult(await runOwn(serving, [command, '--yes', ...rest], signal));
}

/** The line of `undo`; what is no name of a run is left out. */
export function undoWords({ run }: ToolArguments): string[] {
  return [
    'undo',
    ...(typeof run === 'string' && /^[0-9a-z-]+$/.test(run) && !run.startsWith('-') ? [run] : []),
  ];
}

type Question = Awaited<ReturnType<NonNullable<ServedTool['question']>>>;

/** What a person is asked before a run is undone. */
export async function undoQuestion(serving: Serving, given: ToolArguments): Promise<Question> {
  const words = undoWords(given);
  const foreseen = await runOwn(serving, [...words, '--dry-run'], serving.session.signal);
  const result = toolResult(foreseen);
  if (result.isError) return { error: result };
  return questionFor(serving, { argv: words, inputs: '', document: foreseen.document });
}

/** What a person is asked before a plan is written, and what is answered where nobody can be asked. */
export async function questionFor({ session }: Serving, known: KeptPlan | undefined): Promise<Question> {
  if (!known) return { error: toolRefusal(noPlan()) };
  const [command = '', ...rest] = known.argv;
  const line = commandLine(['slipway', command, '-C', session.cwd, '--yes', ...rest]);
  const unanswered = new UserError('E_MISSING', say('mcp.nobodyToAsk'), {
    hint: say('mcp.runInShell', { line }),
  });
  return { ask: display(questionOf(known)), unanswered: toolRefusal(unanswered) };
}

function noPlan(): UserError {
  return new UserError('E_VALUE', say('mcp.noPlan'), { hint: say('mcp.planFirst') });
}

/** Flags stand before the words: behind `--` nothing is one. */
function dry([command = '', ...rest]: readonly string[]): string[] {
  return [command, '--dry-run', ...rest];
}

async function inputsOf({ files }: Serving): Promise<string> {
  return digestOf((await readRepository(files)).repository.text);
}

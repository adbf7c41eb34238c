import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isMissing, UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { display, displayBlock } from '../../text/display.ts';
import { inTemporaryFolder } from '../files/temporary-folder.ts';
import { makeFolders } from '../files/make-folders.ts';
import { type ProgramResult, runProgram } from './process.ts';
import { findSandbox } from './sandbox.ts';

export type PolicyEngineOptions = {
  env: Readonly<Record<string, string | undefined>>;
  signal: AbortSignal;
};

/** Policies, and the objects that they are to judge, each a text of its own. */
export type PolicyOrder = { policies: ReadonlyMap<string, string>; objects: readonly string[] };

const TIMEOUT_MS = 120_000;
const MAX_OUTPUT_BYTES = 64 << 20;
const MEMORY_MIB = 2048;

/**
 * What conftest makes of objects, as its JSON; a result's `filename` ends in the number of its object. It sees the policies
 * and the objects and nothing else of the clone: no `conftest.toml`, no data, no plugin, and nothing is fetched.
 * @throws UserError E_TOOL where it is missing, or does not print JSON
 */
export async function runConftest(order: PolicyOrder, options: PolicyEngineOptions): Promise<string> {
  return inTemporaryFolder('slipway-conftest-', async home => {
    const policy = await writeAll(path.join(home, 'policy'), order.policies);
    const objects = await writeAll(path.join(home, 'objects'), numbered(order.objects));
    const args = ['test', '--policy', policy, '--all-namespaces', '--no-color', '--parser', 'yaml'];
    const result = await run('conftest', [...args, '--output', 'json', objects], home, options);
    return jsonOf('conftest', result, ['[']);
  });
}

/**
 * The report of Kyverno on objects, as JSON. No cluster and no registry is asked.
 * @throws UserError E_TOOL where it is missing, or prints no report
 */
export async function runKyverno(
  order: PolicyOrder & { values: string | undefined },
  options: PolicyEngineOptions,
): Promise<string> {
  return inTemporaryFolder('slipway-kyverno-', async home => {
    const policy = await writeAll(path.join(home, 'policy'), order.policies);
    const objects = await writeAll(path.join(home, 'objects'), numbered(order.objects));
    const values = path.join(home, 'values.yaml');
    if (order.values !== undefined) await writeFile(values, order.values, { mode: 0o600 });
    const more = order.values === undefined ? [] : ['--values-file', values];
    const args = ['apply', policy, '--resource', objects, '--policy-report', '--output-format', 'json'];
    const result = await run(
      'kyverno',
      [...args, '--continue-on-fail', '--remove-color', ...more],
      home,
      options,
    );
    return jsonOf('kyverno', result, ['{']);
  });
}

function numbered(texts: readonly string[]): Map<string, string> {
  return new Map(texts.map((text, index) => [`${index}.yaml`, text]));
}

async function writeAll(folder: string, texts: ReadonlyMap<string, string>): Promise<string> {
  await makeFolders(folder);
  for (const [name, text] of texts) await writeFile(path.join(folder, name), text, { mode: 0o600 });
  return folder;
}

/** Without a network where this machine can do that, without the person's variables and files of home everywhere. */
async function run(
  command: string,
  args: readonly string[],
  home: string,
  { env, signal }: PolicyEngineOptions,
): Promise<ProgramResult> {
  const sandbox = await findSandbox(env);
  const limits = { timeoutMs: TIMEOUT_MS, maxBytes: MAX_OUTPUT_BYTES, memoryMib: MEMORY_MIB };
  const set = { HOME: home, XDG_DATA_HOME: home, XDG_CONFIG_HOME: home, KUBECONFIG: path.join(home, 'none') };
  return runProgram({
    command,
    args,
    kind: 'renderer',
    env,
    set,
    cwd: home,
    box: sandbox.boxFor(home),
    signal,
    ...limits,
  }).catch((error: unknown) => {
    throw isMissing(error) ? missing(command, error) : error;
  });
}

function missing(command: string, cause: unknown): UserError {
  return new UserError('E_TOOL', say('policies.noProgram', { command }), {
    hint: say('policies.installProgram', { command }),
    subject: command,
    cause,
  });
}

/** The report behind whatever is printed before it. */
function jsonOf(command: string, { stdout, stderr, code }: ProgramResult, starts: readonly string[]): string {
  const lines = stdout.toString('utf8').split('\n');
  const first = lines.findIndex(line => starts.some(start => line.startsWith(start)));
  if (first >= 0) return lines.slice(first).join('\n');
  const said = displayBlock(stderr).trim() || displayBlock(stdout.toString('utf8')).trim();
  const reason = display(said.split('\n').at(-1) ?? '').slice(0, 300) || `exit code ${code}`;
  throw new UserError('E_TOOL', say('policies.noReport', { command, reason }), {
    hint: say('policies.mendPolicies', { command }),
    subject: command,
  });
}

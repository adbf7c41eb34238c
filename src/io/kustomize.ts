import { displayBlock } from '../display.ts';
import { UserError } from '../errors.ts';
import { withGoMemory } from './go-memory.ts';
import { type ProgramResult, runProgram } from './process.ts';

/** The kustomize that this machine has, its own or the one inside kubectl. */
export type Kustomize = {
  /** What a person would type: `kustomize build` or `kubectl kustomize`. */
  name: string;
  /** `5.8.1`; of kubectl, that of the kustomize inside. */
  version: string;
  /**
   * Builds a folder with helm, charts only from its charts/ folders. `helm` is another command than the machine's.
   * @throws UserError E_RENDER with kustomize's own reason
   */
  build(folder: string, helm?: string): Promise<string>;
};

export type KustomizeOptions = { env: Record<string, string | undefined>; signal: AbortSignal };

const TIMEOUT_MS = 180_000;
const MAX_OUTPUT_BYTES = 256 << 20;
const FLAGS = ['--enable-helm', '--load-restrictor', 'LoadRestrictionsNone'];

/** Finds kustomize: SLIPWAY_KUSTOMIZE, `kustomize`, else `kubectl`. Undefined where there is none. */
export async function findKustomize(options: KustomizeOptions): Promise<Kustomize | undefined> {
  const own = options.env['SLIPWAY_KUSTOMIZE'] ?? 'kustomize';
  const candidates = [
    { program: own, verb: 'build', version: ['version'] },
    { program: 'kubectl', verb: 'kustomize', version: ['version', '--client'] },
  ];
  for (const { program, verb, version } of candidates) {
    const found = await run(program, version, options).catch(absent);
    if (found?.code !== 0) continue;
    return {
      name: `${program} ${verb}`,
      version: versionIn(found.stdout.toString('utf8')),
      build: (folder, helm = options.env['SLIPWAY_HELM']) =>
        build([program, verb], { folder, helm }, options),
    };
  }
  return undefined;
}

/** kubectl prints its own version first. */
function versionIn(output: string): string {
  return /^(?:Kustomize Version: )?v?(\d+\.\d+\.\d+\S*)\s*$/m.exec(output)?.[1] ?? output.trim();
}

function absent(error: unknown): undefined {
  if (error instanceof UserError && error.code === 'E_TOOL') return undefined;
  throw error;
}

async function build(
  [program, verb]: readonly [string, string],
  { folder, helm }: { folder: string; helm: string | undefined },
  options: KustomizeOptions,
): Promise<string> {
  const result = await run(
    program,
    [verb, ...FLAGS, ...(helm ? ['--helm-command', helm] : []), folder],
    options,
  );
  if (result.code === 0) return result.stdout.toString('utf8');
  throw new UserError('E_RENDER', `${program} ${verb} failed: ${reason(result)}`, { subject: folder });
}

function run(program: string, args: string[], { env, signal }: KustomizeOptions): Promise<ProgramResult> {
  return runProgram({
    command: program,
    args,
    env: withGoMemory(env),
    timeoutMs: TIMEOUT_MS,
    maxBytes: MAX_OUTPUT_BYTES,
    signal,
  });
}

/** The last lines say what went wrong; before them come warnings and the usage. */
function reason({ stderr, code }: ProgramResult): string {
  const lines = displayBlock(stderr)
    .split('\n')
    .filter(line => line.startsWith('Error:') || line.startsWith('error:'));
  return (
    (lines.at(-1) ?? displayBlock(stderr).trim().split('\n').at(-1) ?? '')
      .replace(/^error:\s*/i, '')
      .slice(0, 600) || `exit code ${code}`
  );
}

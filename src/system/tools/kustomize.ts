import { display } from '../../text/display.ts';
import { UserError } from '../../errors.ts';
import { type HelmProgram, writeHelmStandIn } from './helm-shim.ts';
import { missingProgram, type ProgramResult } from './process.ts';
import { inRendererHome, type RunRendererOptions, runRenderer } from './run-renderer.ts';
import { saidWhy } from './said-why.ts';
import type { Text } from '../../text/language.ts';
import { say } from '../../locales/say.ts';

/** The kustomize that this machine has, its own or the one inside kubectl. */
export type Kustomize = {
  /** What a person would type: `kustomize build` or `kubectl kustomize`. */
  name: string;
  /** `5.8.1`; of kubectl, that of the kustomize inside. */
  version: string;
  /**
   * Builds a folder of a scratch tree, charts only from its charts/ folders, with our stand-in for helm.
   * @throws UserError E_RENDER with kustomize's own reason, E_TOOL; a missing program where charts take a helm that is not there
   */
  build(folder: string, helm: HelmProgram): Promise<string>;
};

/** The manifests of the largest operators have ten. */
const MAX_OUTPUT_BYTES = 64 << 20;
const FLAGS = ['--load-restrictor', 'LoadRestrictionsNone'];

/**
 * Finds kustomize: SLIPWAY_KUSTOMIZE, else `kustomize` or `kubectl`. Undefined where there is none.
 * @throws UserError E_TOOL if SLIPWAY_KUSTOMIZE names none: whoever names one does not mean another
 */
export async function findKustomize(options: RunRendererOptions): Promise<Kustomize | undefined> {
  const named = options.env['SLIPWAY_KUSTOMIZE'];
  const candidates = [
    { program: named ?? 'kustomize', verb: 'build', version: ['version'] },
    { program: 'kubectl', verb: 'kustomize', version: ['version', '--client'] },
  ];
  for (const { program, verb, version } of candidates) {
    const found = await inRendererHome(home => run({ program, args: version, home }, options)).catch(absent);
    if (found?.code !== 0 && named !== undefined) throw notThere(named);
    if (found?.code !== 0) continue;
    return {
      name: `${program} ${verb}`,
      version: versionIn(found.stdout.toString('utf8')),
      build: (folder, helm) => build([program, verb], { folder, helm }, options),
    };
  }
  return undefined;
}

function notThere(named: string): UserError {
  return new UserError('E_TOOL', say('system.slipwayKustomizeNamesNone', { named: display(named) }), {
    hint: say('system.correctOrUnsetSlipwayKustomize'),
    subject: named,
  });
}

/** kubectl prints its own version first. */
function versionIn(output: string): string {
  return /^(?:Kustomize Version: )?v?(\d+\.\d+\.\d+\S*)/m.exec(output)?.[1] ?? output.trim();
}

function absent(error: unknown): undefined {
  if (error instanceof UserError && error.code === 'E_TOOL') return undefined;
  throw error;
}

function build(
  [program, verb]: readonly [string, string],
  { folder, helm }: { folder: string; helm: HelmProgram },
  options: RunRendererOptions,
): Promise<string> {
  return inRendererHome(async home => {
    const standIn = await writeHelmStandIn(home, helm, options);
    const withHelm = standIn === undefined ? [] : ['--enable-helm', '--helm-command', standIn];
    const args = [verb, ...FLAGS, ...withHelm, folder];
    const result = await run({ program, args, home, cwd: folder }, options);
    if (result.code === 0) return result.stdout.toString('utf8');
    if (standIn === undefined && ASKS_FOR_HELM.test(result.stderr)) throw missingProgram(noHelm(), 'helm');
    const why = saidWhy(result);
    throw new UserError('E_RENDER', say('system.programFailed', { program, verb, why }), { subject: folder });
  });
}

/** Whatever it prints around it: kustomize says so of the first chart. */
const ASKS_FOR_HELM = /: must specify --enable-helm\b/;

function noHelm(): Text {
  return process.platform === 'win32' ? say('system.helmNotRunOnWindows') : say('system.helmNotInstalled');
}

type Run = { program: string; args: string[]; home: string; cwd?: string };

function run({ program, ...rest }: Run, options: RunRendererOptions): Promise<ProgramResult> {
  return runRenderer({ command: program, ...rest, maxBytes: MAX_OUTPUT_BYTES }, options);
}

import type { Diagnosis } from './diagnosis.ts';
import { diagnoseTools, type FoundTool } from './tool-diagnoses.ts';
import { findTool } from '../../system/tools/find-tool.ts';
import { findSandbox } from '../../system/tools/sandbox.ts';

export type ToolContext = { env: Record<string, string | undefined>; signal: AbortSignal };

/** Runs each tool once for its version. */
export async function lookAtTools(context: ToolContext): Promise<Diagnosis[]> {
  const { env } = context;
  const [git, helm, kustomize, { level }] = await Promise.all([
    ask(context, 'git', ['--version']),
    ask(context, env['SLIPWAY_HELM'] ?? 'helm', ['version', '--short']),
    findKustomize(context),
    findSandbox(env),
  ]);
  return diagnoseTools({ node: process.versions.node, git, helm, kustomize, sandbox: level });
}

/** Its own program, else the one inside kubectl, as `io/kustomize.ts` takes them. */
async function findKustomize(context: ToolContext): Promise<FoundTool> {
  const own = await ask(context, context.env['SLIPWAY_KUSTOMIZE'] ?? 'kustomize', ['version']);
  if (own.status === 'found') return own;
  const kubectl = await ask(context, 'kubectl', ['version', '--client']);
  if (kubectl.status !== 'found') return own;
  return { ...kubectl, command: 'kubectl kustomize' };
}

async function ask(context: ToolContext, command: string, args: string[]): Promise<FoundTool> {
  const answer = await findTool({ ...context, command, args, kind: command === 'git' ? 'git' : 'renderer' });
  if (answer.status === 'found') return { status: 'found', command, version: versionIn(answer.output) };
  return { ...answer, command };
}

/** kubectl prints its own version before that of the kustomize inside. */
function versionIn(output: string): string {
  const inside = /^Kustomize Version: v?(\S+)/m.exec(output)?.[1];
  return inside ?? /\d+\.\d+(?:\.\d+)?(?:-[\w.]+)?/.exec(output)?.[0] ?? output.trim().slice(0, 80);
}

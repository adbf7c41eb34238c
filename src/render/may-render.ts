import { findRenderer } from '../system/renderer/find-renderer.ts';
import { findProgram, isExecutable } from '../system/tools/find-program.ts';
import type { RendererSettings } from './renderers.ts';

/** Whether --render would find something that renders; nothing is started. */
export function mayRender(
  env: Record<string, string | undefined>,
  { renderer, kustomizeCommand }: RendererSettings,
): boolean {
  if (renderer !== 'tools' && findRenderer(env) !== undefined) return true;
  const named = env['SLIPWAY_KUSTOMIZE'] ?? kustomizeCommand;
  return (named === undefined ? ['kustomize', 'kubectl'] : [named]).some(name => {
    const program = findProgram(name, env);
    return program !== undefined && isExecutable(program);
  });
}

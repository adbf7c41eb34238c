import type { Configuration } from '../repository/configuration.ts';
import type { Renderers } from '../render/renderers.ts';
import { commandLine, slipwayLine } from './command-line.ts';
import type { Session } from './context.ts';
import { buildWords } from './open-programs.ts';

export type BuildLineOptions = {
  session: Pick<Session, 'env'>;
  configuration: Pick<Configuration, 'helmCommand' | 'kustomizeCommand'>;
  renderers: Pick<Renderers, 'kind'>;
};

/** The line that builds an app with what this machine has: kustomize, else kubectl, both with helm; else slipway's own check. */
export function buildLine({ session, configuration, renderers }: BuildLineOptions, folder: string): string {
  const build = buildWords(session.env, configuration);
  if (build) return commandLine([...build, folder]);
  return slipwayLine(session, ['check', ...(renderers.kind === 'inside' ? ['--render'] : []), folder]);
}

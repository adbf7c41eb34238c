import type { Session } from '../../cli/context.ts';
import { repeatLine } from '../../cli/repeat-line.ts';
import type { UpgradeInput } from './flags.ts';

/**
 * The line that runs the same again. `decisions` is a file of answers that it takes, and then it writes; with `asks` a person is
 * asked what is left, else nothing is.
 */
export function repeatUpgrade(
  session: Pick<Session, 'env' | 'cwd'>,
  input: Pick<UpgradeInput, 'given' | 'switches' | 'positionals'>,
  { decisions, asks = false }: { decisions?: string; asks?: boolean } = {},
): string {
  const isDry = input.switches.has('dry-run') && decisions === undefined;
  const dropped = new Set<string>([...(asks ? [] : ['interactive']), ...(isDry ? [] : ['dry-run'])]);
  const kept = [...input.switches].filter(name => !dropped.has(name));
  const given = [
    ...input.given.filter(({ name }) => decisions === undefined || name !== 'decisions'),
    ...(decisions === undefined ? [] : [{ name: 'decisions', value: decisions }]),
  ];
  const switches = new Set<string>([...kept, ...(isDry || asks ? [] : ['yes'])]);
  return repeatLine(session, { words: ['upgrade', ...input.positionals], given, switches });
}

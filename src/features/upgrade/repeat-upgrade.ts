import type { Session } from '../../cli/context.ts';
import { repeatLine } from '../../cli/repeat-line.ts';
import type { UpgradeInput } from './flags.ts';

/** The switches that say what an upgrade does. */
const OWN = ['patch', 'minor', 'major', 'commit', 'all-or-nothing', 'no-render', 'tidy', 'prove'];

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
  const kept = [...input.switches].filter(name => isDry || name !== 'dry-run');
  const given = [
    ...input.given.filter(({ name }) => decisions === undefined || name !== 'decisions'),
    ...(decisions === undefined ? [] : [{ name: 'decisions', value: decisions }]),
  ];
  const switches = new Set<string>([...kept, ...(isDry || asks ? [] : ['yes'])]);
  const named = input.given.some(({ name }) => name === 'demo');
  const demo = input.switches.has('demo') && !named ? ['demo'] : [];
  return repeatLine(session, { words: ['upgrade', ...input.positionals], given, switches }, [
    ...OWN,
    ...(asks ? ['interactive'] : []),
    ...demo,
  ]);
}

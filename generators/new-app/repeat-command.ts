import type { AppContext, AskedApp } from './generator.ts';
import type { Answer } from '../asker.ts';
import type { GivenFlag, Input } from '../../src/cli/flags.ts';
import { flagWords, slipwayLine } from '../../src/cli/command-line.ts';
import { repeatedGlobals } from '../../src/cli/repeat-line.ts';
import type { AppRun } from '../../src/cli/context.ts';

/** The answers that were given: the flags in their order, and the positional name. */
export function appFlags(input: Input): GivenFlag[] {
  const [name] = input.positionals;
  const own = input.given.filter(flag => !['cwd', 'lang', 'demo'].includes(flag.name));
  return name === undefined ? own : [...own, { name: 'name', value: name }];
}

/** The one line that repeats a run without questions. */
export function repeatCommand(run: AppRun, context: AppContext, { request, draft }: AskedApp): string {
  const charts = draft.kind === 'charts' ? draft.charts : [];
  const perChart = charts.flatMap(({ address, version, ask }) => [
    ...context.charts.sourceOf(address).repeatFlags(address, version.version),
    ...releaseOf(ask.answers, request.name),
  ]);
  const own = context.ask.answers
    .filter(answer => isRepeated(answer) && !LISTS.has(answer.flag) && answer.flag !== 'name')
    .map(({ flag, value }) => ({ name: flag, value }));
  const secrets = request.secrets.map(({ name, keys }) => ({
    name: 'secret',
    value: `${name}:${keys.join(',')}`,
  }));
  const noSecrets = context.ask.answers.filter(answer => answer.flag === 'secret' && isRepeated(answer));
  const lists = secrets.length > 0 ? secrets : noSecrets.map(() => ({ name: 'secret', value: '' }));
  return slipwayLine(run.session, [
    'new-app',
    request.name,
    ...placeWords(run),
    ...[...named(perChart), ...own].flatMap(flagWords),
    ...splitList(context, 'host', /[\s,]+/),
    ...lists.flatMap(flagWords),
    ...(run.input.switches.has('force') ? ['--force'] : []),
    ...repeatedGlobals(run.input),
  ]);
}

const LISTS = new Set(['host', 'secret']);

/** What slipway left empty by itself is left empty again; what somebody emptied has to be said. */
export function isRepeated({ value, from }: Answer): boolean {
  return value !== '' || from !== 'slipway';
}

/** Where the run happened: the demo, a new one if none was named, or the folder of -C. */
export function placeWords({ session, input }: AppRun): string[] {
  if (input.switches.has('demo'))
    return [input.values['demo'] === undefined ? '--demo' : `--demo=${session.cwd}`];
  return input.values['cwd'] === undefined ? [] : ['-C', session.cwd];
}

function releaseOf(answers: readonly Answer[], usual: string): { flag: string; value: string }[] {
  const answer = answers.find(({ flag }) => flag === 'release');
  return answer === undefined || answer.value === usual ? [] : [answer];
}

function named(flags: readonly { flag: string; value: string }[]): GivenFlag[] {
  return flags.map(({ flag, value }) => ({ name: flag, value }));
}

/** A flag that may come several times, as the command line repeats it. */
export function splitList({ ask, given }: AppContext, flag: string, separator: RegExp): string[] {
  const fromFlags = given.filter(({ name }) => name === flag).map(({ value }) => value);
  const answered = ask.answers.find(answer => answer.flag === flag)?.value ?? '';
  const values = fromFlags.length > 0 ? fromFlags : answered.split(separator).filter(value => value !== '');
  return values.flatMap(value => flagWords({ name: flag, value }));
}

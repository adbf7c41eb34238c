import type { AppContext, AskedApp } from './generator.ts';
import type { GivenFlag, Input } from '../../src/cli/flags.ts';
import { commandLine } from '../../src/cli/command-line.ts';
import type { AppRun } from '../../src/cli/context.ts';

/** The answers that were given: the flags in their order, and the positional name. */
export function appFlags(input: Input): GivenFlag[] {
  const [name] = input.positionals;
  const own = input.given.filter(flag => !['cwd', 'lang', 'demo'].includes(flag.name));
  return name === undefined ? own : [...own, { name: 'name', value: name }];
}

/** The one line that repeats a run without questions. */
export function repeatCommand(
  { session, input }: AppRun,
  context: AppContext,
  { request, draft }: AskedApp,
): string {
  const charts = draft.kind === 'charts' ? draft.charts : [];
  const perChart = charts.flatMap(({ address, version, ask }) => [
    ...context.charts
      .sourceOf(address)
      .repeatFlags(address, version.version)
      .flatMap(({ flag, value }) => [`--${flag}`, value]),
    ...valueOf(ask.answers, 'release', request.name),
  ]);
  const own = context.ask.answers
    .filter(({ flag, value }) => value !== '' && !LISTS.has(flag) && flag !== 'name')
    .flatMap(({ flag, value }) => [`--${flag}`, value]);
  const lists = [
    ...splitList(context, 'host', /[\s,]+/),
    ...request.secrets.flatMap(({ name, keys }) => ['--secret', `${name}:${keys.join(',')}`]),
  ];
  const demo = input.switches.has('demo') ? [`--demo=${context.files.root}`] : [];
  const cwd = input.values['cwd'] === undefined || demo.length > 0 ? [] : ['-C', session.cwd];
  return commandLine(['slipway', 'new-app', request.name, ...demo, ...cwd, ...perChart, ...own, ...lists]);
}

const LISTS = new Set(['host', 'secret']);

function valueOf(answers: readonly { flag: string; value: string }[], flag: string, usual: string): string[] {
  const value = answers.find(answer => answer.flag === flag)?.value;
  return value === undefined || value === usual ? [] : [`--${flag}`, value];
}

/** A flag that may come several times, as the command line repeats it. */
export function splitList({ ask, given }: AppContext, flag: string, separator: RegExp): string[] {
  const fromFlags = given.filter(({ name }) => name === flag).map(({ value }) => value);
  const answered = ask.answers.find(answer => answer.flag === flag)?.value ?? '';
  const values = fromFlags.length > 0 ? fromFlags : answered.split(separator).filter(value => value !== '');
  return values.flatMap(value => [`--${flag}`, value]);
}

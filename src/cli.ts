import path from 'node:path';
import { chooseLanguage, type Language, LANGUAGES, parseLanguage } from './text/language.ts';
import { EXIT, systemCode, UserError } from './errors.ts';
import { hintOfSurplus, type Input, languageOfRun, parseFlags } from './cli/flags.ts';
import { GLOBAL_FLAGS, LEADING_FLAGS } from './cli/global-flags.ts';
import { splitCommand } from './cli/split-command.ts';
import { toJson } from './data/json.ts';
import { type Deadline, deadlineOf, openDeadline } from './cli/open-deadline.ts';
import { openTerminal } from './output/terminal.ts';
import { createRedactor } from './text/redaction.ts';
import { helpDocument } from './cli/help-document.ts';
import { commandHelp, overviewText } from './cli/help.ts';
import { errorLine, type Reported, reportError } from './cli/report-error.ts';
import type { Session } from './cli/context.ts';
import { readJobs } from './cli/read-days.ts';
import { say } from './locales/say.ts';
import { COMMAND_LIST, COMMANDS, requireEntry } from './commands.ts';
import { markOfRun } from './cli/run-mark.ts';

/** Runs one command line against the real process; resolves to the exit code. Never throws. */
export async function runCommandLine(argv: string[], version: string): Promise<number> {
  const cancel = new AbortController();
  const stop = (): void => {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    cancel.abort(new UserError('E_CANCELLED', say('cli.cancelled')));
  };
  // Once: a second Ctrl+C ends a run that does not stop by itself; what it left is repaired by the next one.
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const json = argv.includes('--json');
  const secrets = createRedactor();
  const run: Reported = { json, version, secrets, language: languageOfRun(argv, process.env) };
  const terminal = openTerminal({
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    color: !argv.includes('--no-color'),
    mayAsk: !json && !argv.includes('--no-input') && !process.env['CI'],
  });
  // What escapes every promise is a bug too, and ends with the same words.
  process.once('uncaughtException', error => {
    reportError(error, terminal, run);
    process.exitCode = EXIT.bug;
  });
  const deadlines: Deadline[] = [];
  const startClock = (text: string | undefined): AbortSignal => {
    const lastWords = (reason: UserError): string => `${errorLine(reason, terminal, run)}\n`;
    const deadline = openDeadline(text, reason => cancel.abort(reason), lastWords);
    deadlines.push(deadline);
    return deadline.signal;
  };
  endAnyway(cancel.signal, reason => reportError(reason, terminal, run));
  const switchLanguage = (language: Language): void => void (run.language = language);
  const start = { argv, version, terminal, signal: cancel.signal, secrets, startClock, switchLanguage };
  const ended = await dispatch(argv, start).catch(error =>
    reportError(cancel.signal.aborted ? cancel.signal.reason : error, terminal, run),
  );
  const late = deadlines.some(({ passed }) => passed);
  const code = late && ended === EXIT.done ? EXIT.upstream : ended;
  for (const deadline of deadlines) deadline.close();
  process.off('SIGINT', stop).off('SIGTERM', stop);
  return terminal.flush().then(
    () => code,
    error => reportError(error, terminal, { ...run, json: false }),
  );
}

/**
 * A call that nothing cuts short, such as the opening of a pipe without a writer, does not keep a cancelled run. It would keep an
 * orderly exit, which waits for it: so the process ends as by the signal.
 */
function endAnyway(signal: AbortSignal, report: (reason: unknown) => number): void {
  const end = (): void => {
    report(signal.reason);
    process.kill(process.pid, 'SIGTERM');
  };
  signal.addEventListener('abort', () => setTimeout(end, LAST_CALL_MS).unref(), { once: true });
}

/** What a cancelled run has left to undo what it began. */
const LAST_CALL_MS = 3000;

type Start = Pick<Session, 'version' | 'terminal' | 'signal' | 'secrets' | 'switchLanguage'> & {
  startClock(duration: string | undefined): AbortSignal;
  argv: readonly string[];
};

async function dispatch(argv: string[], start: Start): Promise<number> {
  const { leading, name, rest } = splitCommand(argv);
  if (name === undefined) return withoutCommand(leading, start);
  if (name === 'help') return help([...leading, ...rest], start);
  const entry = requireEntry(name, rest);
  const { command: listed } = await entry.load();
  const command = (await listed.inPlace?.([...leading, ...rest], currentFolder())) ?? listed;
  const input = parseFlags([...leading, ...rest], { ...LEADING_FLAGS, ...command.flags, ...GLOBAL_FLAGS });
  if (input.switches.has('version') && !Object.hasOwn(command.flags, 'version'))
    return printVersion(input, start);
  const session = openSession(input, start);
  if (input.switches.has('help')) return showHelp({ name, topic: input.positionals[0] }, session);
  if (input.positionals.length > command.maxPositionals) {
    const surplus = input.positionals.slice(command.maxPositionals);
    throw new UserError('E_USAGE', say('cli.unexpectedArgument', { positionals: surplus[0] }), {
      hint: hintOfSurplus(rest, command.flags) ?? say('cli.usageSlipway', { name, usage: command.usage }),
    });
  }
  return command.run(session, input);
}

/** `slipway --version`, `slipway --help`, and no word at all, which is a usage error. */
function withoutCommand(argv: readonly string[], start: Start): number | Promise<number> {
  const input = parseFlags(argv, LEADING_FLAGS);
  if (input.switches.has('version')) return printVersion(input, start);
  return overview(openSession(input, start), input.switches.has('help'));
}

/** `slipway help`, `slipway help upgrade`, `slipway help add route`. */
async function help(argv: readonly string[], start: Start): Promise<number> {
  const input = parseFlags(argv, GLOBAL_FLAGS);
  const [name, topic] = input.positionals;
  const session = openSession(input, start);
  return name === undefined ? overview(session, true) : showHelp({ name, topic }, session);
}

async function showHelp({ name, topic }: { name: string; topic: string | undefined }, session: Session) {
  const entry = requireEntry(name, []);
  const { command: listed } = await entry.load();
  const words = topic === undefined ? [] : [topic];
  const command = (await listed.inPlace?.(words, session.cwd)) ?? listed;
  const { terminal, language } = session;
  if (session.json) return printHelp(session, [name]);
  const page = { language, columns: terminal.columns };
  terminal.result(commandHelp({ name, summary: entry.summary, command, topic }, GLOBAL_FLAGS, page));
  return EXIT.done;
}

/** `--help --json`: what programs need to know of these commands. */
async function printHelp({ terminal }: Session, names: readonly string[]): Promise<number> {
  const loaded = await Promise.all(
    names.map(async name => {
      const { summary, load } = requireEntry(name, []);
      return { name, summary, command: (await load()).command };
    }),
  );
  terminal.data(toJson(helpDocument(loaded, GLOBAL_FLAGS)));
  return EXIT.done;
}

function printVersion({ switches }: Input, { terminal, version }: Start): number {
  terminal.data(switches.has('json') ? toJson({ schemaVersion: 1, version }) : version);
  return EXIT.done;
}

function openSession(input: Input, start: Start): Session {
  const language = chooseLanguage(readLanguage(input.values['lang']), process.env);
  const { startClock, argv, ...rest } = start;
  return {
    ...rest,
    run: markOfRun(argv, new Date()),
    language,
    deadline: startClock(deadlineOf(input.values['deadline'], process.env)),
    jobs: readJobs(input.values['jobs'] ?? process.env['SLIPWAY_JOBS']),
    env: environmentOf(input),
    cwd: path.resolve(currentFolder(), input.values['cwd'] ?? '.'),
    json: input.switches.has('json'),
    yes: input.switches.has('yes'),
    dryRun: input.switches.has('dry-run'),
    offline: input.switches.has('offline'),
    verbose: input.switches.has('verbose'),
    commands: COMMAND_LIST,
    t: text => text[language],
  };
}

function readLanguage(lang: string | undefined): Language | undefined {
  const language = parseLanguage(lang ?? '');
  if (language !== undefined || lang === undefined) return language;
  throw new UserError('E_USAGE', say('cli.langNotLanguageSlipwaySpeaks', { lang }), {
    hint: say('cli.useOne', { languages: LANGUAGES.join(', ') }),
  });
}

/** The flags that name programs say what the variables would. */
function environmentOf({ values }: Input): Session['env'] {
  const [helm, kustomize] = [values['helm-command'], values['kustomize-command']];
  if (helm === undefined && kustomize === undefined) return process.env;
  return {
    ...process.env,
    ...(helm === undefined ? {} : { SLIPWAY_HELM: helm }),
    ...(kustomize === undefined ? {} : { SLIPWAY_KUSTOMIZE: kustomize }),
  };
}

function currentFolder(): string {
  try {
    return process.cwd();
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
    throw new UserError('E_FILE_SYSTEM', say('cli.currentFolderNoLongerExists'), {
      hint: say('cli.changeOneDoes'),
    });
  }
}

function overview(session: Session, asked: boolean): number | Promise<number> {
  if (asked && session.json) return printHelp(session, Object.keys(COMMANDS));
  const { terminal, language } = session;
  const { columns } = asked ? terminal : terminal.aside;
  const text = overviewText(COMMANDS, LEADING_FLAGS, { language, columns });
  if (asked) terminal.result(text);
  else terminal.say(text);
  return asked ? EXIT.done : EXIT.usage;
}

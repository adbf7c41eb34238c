import path from 'node:path';
import { chooseLanguage, LANGUAGES, type Text } from './domain/language.ts';
import { EXIT, systemCode, UserError } from './errors.ts';
import { type Flag, type FlagTable, type Input, nearest, parseFlags } from './flags.ts';
import { openTerminal, type Terminal } from './io/terminal.ts';
import type { Session } from './session.ts';

export type Command = {
  /** What stands behind the command's name in the usage line. */
  usage: string;
  maxPositionals: number;
  flags: FlagTable;
  examples: string[];
  run(session: Session, input: Input): Promise<number>;
};

type Entry = { summary: Text; load(): Promise<{ command: Command }> };

const COMMANDS: Record<string, Entry> = {
  'new-app': {
    summary: {
      en: 'a complete new app folder, from a chart, an image or a manifest',
      'zh-CN': '从 chart、镜像或上游清单生成完整的新应用目录',
    },
    load: () => import('./commands/new-app.ts'),
  },
  diff: {
    summary: {
      en: "our customisations against the chart's defaults, key by key",
      'zh-CN': '逐项对比我们的定制与 chart 的默认值',
    },
    load: () => import('./commands/diff.ts'),
  },
  'merge-values': {
    summary: {
      en: "carry a team's customisations over to a chart's new default values",
      'zh-CN': '把团队的定制迁移到 chart 的新默认值',
    },
    load: () => import('./commands/merge-values.ts'),
  },
  outdated: {
    summary: {
      en: 'newer versions of charts, of GitHub-release resources and of images',
      'zh-CN': 'chart、GitHub 发布资源和镜像的新版本',
    },
    load: () => import('./commands/outdated.ts'),
  },
  upgrade: {
    summary: {
      en: 'moves charts to newer versions, every customisation carried over and proved',
      'zh-CN': '升级 chart，保留并验证每一项定制',
    },
    load: () => import('./commands/upgrade.ts'),
  },
};

const GLOBAL_FLAGS = {
  cwd: {
    value: '<dir>',
    short: 'C',
    help: {
      en: 'the GitOps repository (default: the one around this folder)',
      'zh-CN': 'GitOps 仓库（默认：当前目录所在的仓库）',
    },
  },
  json: {
    help: {
      en: 'one JSON document on stdout; asks nothing',
      'zh-CN': '在 stdout 输出一个 JSON 文档；不提问',
    },
  },
  yes: { short: 'y', help: { en: 'accept defaults and confirmations', 'zh-CN': '接受默认值和确认' } },
  'dry-run': {
    help: { en: 'show what would be written, write nothing', 'zh-CN': '只显示将写入的内容，不写入' },
  },
  'no-input': { help: { en: 'never ask', 'zh-CN': '从不提问' } },
  offline: { help: { en: 'use the cache only', 'zh-CN': '只使用缓存' } },
  lang: { value: '<en|zh-CN>', help: { en: 'language of prompts and reports', 'zh-CN': '提示和报告的语言' } },
  'no-color': { help: { en: 'no colours', 'zh-CN': '不使用颜色' } },
  verbose: { help: { en: 'say what is fetched and run', 'zh-CN': '显示获取和执行的内容' } },
  help: { short: 'h', help: { en: 'this text', 'zh-CN': '显示帮助' } },
} satisfies FlagTable;

/** Runs one command line against the real process; resolves to the exit code. Never throws. */
export async function runCommandLine(argv: string[], version: string): Promise<number> {
  const cancel = new AbortController();
  const stop = (): void => cancel.abort(new UserError('E_CANCELLED', 'cancelled'));
  // Once: a second Ctrl+C ends a run that does not stop by itself; what it left is repaired by the next one.
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const json = argv.includes('--json');
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
    report(error, terminal, { json, version });
    process.exitCode = EXIT.bug;
  });
  const code = await dispatch(argv, version, terminal, cancel.signal).catch(error =>
    report(cancel.signal.aborted ? cancel.signal.reason : error, terminal, { json, version }),
  );
  process.off('SIGINT', stop).off('SIGTERM', stop);
  return terminal.flush().then(
    () => code,
    error => report(error, terminal, { json: false, version }),
  );
}

async function dispatch(
  argv: string[],
  version: string,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name.startsWith('-') || name === 'help') return overview(argv, terminal);
  const entry = COMMANDS[name];
  if (!entry) throw unknownCommand(name);
  const { command } = await entry.load();
  const input = parseFlags(rest, { ...command.flags, ...GLOBAL_FLAGS });
  const session = openSession(input, version, terminal, signal);
  if (input.switches.has('help')) {
    terminal.result(commandHelp(name, entry, command, session));
    return EXIT.done;
  }
  if (input.positionals.length > command.maxPositionals)
    throw new UserError('E_USAGE', `unexpected argument ${input.positionals[command.maxPositionals]}`, {
      hint: `Usage: slipway ${name} ${command.usage}`,
    });
  return command.run(session, input);
}

function openSession(input: Input, version: string, terminal: Terminal, signal: AbortSignal): Session {
  const lang = input.values['lang'];
  if (lang !== undefined && !LANGUAGES.some(known => known === lang))
    throw new UserError('E_USAGE', `--lang ${lang} is not a language slipway speaks`, {
      hint: `Use one of ${LANGUAGES.join(', ')}.`,
    });
  const language = chooseLanguage(lang, process.env);
  return {
    version,
    terminal,
    language,
    env: process.env,
    signal,
    cwd: path.resolve(currentFolder(), input.values['cwd'] ?? '.'),
    json: input.switches.has('json'),
    yes: input.switches.has('yes'),
    dryRun: input.switches.has('dry-run'),
    offline: input.switches.has('offline'),
    verbose: input.switches.has('verbose'),
    t: text => text[language],
  };
}

function currentFolder(): string {
  try {
    return process.cwd();
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
    throw new UserError('E_FILE_SYSTEM', 'the current folder no longer exists', {
      hint: 'Change to one that does.',
    });
  }
}

function unknownCommand(name: string): UserError {
  const near = nearest(name, Object.keys(COMMANDS));
  return new UserError('E_USAGE', `unknown command ${name}`, {
    hint: near ? `Did you mean slipway ${near}?` : 'See slipway --help.',
  });
}

function overview(argv: string[], terminal: Terminal): number {
  const language = chooseLanguage(argv[argv.indexOf('--lang') + 1], process.env);
  const asked = argv.some(word => word === '--help' || word === '-h' || word === 'help');
  const lines = [
    'slipway <command> [flags]',
    '',
    ...table(Object.entries(COMMANDS).map(([name, entry]) => [name, entry.summary[language]])),
    '',
    ...table(flagRows(GLOBAL_FLAGS, language)),
  ];
  if (asked) terminal.result(lines.join('\n'));
  else terminal.say(lines.join('\n'));
  return asked ? EXIT.done : EXIT.usage;
}

function commandHelp(name: string, entry: Entry, command: Command, session: Session): string {
  return [
    `slipway ${name} ${command.usage}`,
    '',
    session.t(entry.summary),
    '',
    ...table(flagRows(command.flags, session.language)),
    '',
    ...table(flagRows(GLOBAL_FLAGS, session.language)),
    '',
    ...command.examples.map(example => `  ${example}`),
  ].join('\n');
}

function flagRows(flags: FlagTable, language: keyof Text): [string, string][] {
  return Object.entries(flags).map(([name, flag]: [string, Flag]) => {
    const short = flag.short ? `-${flag.short}, ` : '';
    const repeat = flag.repeatable ? '…' : '';
    return [`${short}--${name}${flag.value ? ` ${flag.value}` : ''}${repeat}`, flag.help[language]];
  });
}

function table(rows: [string, string][]): string[] {
  const width = Math.min(30, Math.max(...rows.map(([left]) => left.length)));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}

/** Shows an error and names the exit code that it ends with. */
function report(error: unknown, terminal: Terminal, run: { json: boolean; version: string }): number {
  if (!(error instanceof UserError)) {
    const failure = systemCode(error) === undefined ? undefined : fileSystemError(error);
    return failure ? report(failure, terminal, run) : reportBug(error, terminal, run);
  }
  if (run.json) terminal.result(JSON.stringify({ schemaVersion: 1, error: errorJson(error) }));
  else if (error.code === 'E_CANCELLED') terminal.say(error.message);
  else {
    const next = error.hint ? ` Next: ${error.hint}` : '';
    terminal.say(`${terminal.style(`error[${error.code}]`, 'red')} ${error.message}.${next}`);
  }
  return error.exit;
}

function errorJson(error: UserError) {
  return {
    code: error.code,
    exit: error.exit,
    message: error.message,
    hint: error.hint ?? '',
    ...(error.subject === undefined ? {} : { subject: error.subject }),
  };
}

/** A system error that no closer handler named. */
function fileSystemError(error: unknown): UserError | undefined {
  const code = systemCode(error);
  if (!(error instanceof Error) || code === undefined || !/^E[A-Z]+$/.test(code)) return undefined;
  const kind = code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG' ? 'E_NO_SPACE' : 'E_FILE_SYSTEM';
  return new UserError(kind, error.message, { hint: 'Mend that and run again.', cause: error });
}

function reportBug(error: unknown, terminal: Terminal, run: { json: boolean; version: string }): number {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const where = `slipway ${run.version}, node ${process.version}, ${process.platform}`;
  if (run.json)
    terminal.result(
      JSON.stringify({
        schemaVersion: 1,
        error: { code: 'E_BUG', exit: EXIT.bug, message: stack, hint: where },
      }),
    );
  else
    terminal.say(
      `${terminal.style('error[E_BUG]', 'red')} this is a bug of slipway. Please report the lines below.\n${where}\n${stack}`,
    );
  return EXIT.bug;
}

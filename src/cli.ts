import path from 'node:path';
import { chooseLanguage, LANGUAGES, type Text } from './text/language.ts';
import { EXIT, systemCode, UserError } from './errors.ts';
import { type FlagTable, type Input, parseFlags } from './cli/flags.ts';
import { nearest } from './text/nearest.ts';
import { type Deadline, deadlineOf, openDeadline } from './cli/deadline.ts';
import { openTerminal, type Terminal } from './output/terminal.ts';
import { createRedactor } from './text/redaction.ts';
import { commandHelp, overviewText } from './cli/help.ts';
import { type Reported, reportError } from './cli/report-error.ts';
import type { Session } from './cli/context.ts';
import { type Command } from './cli/command.ts';

type Entry = { summary: Text; load(): Promise<{ command: Command }> };

const COMMANDS: Record<string, Entry> = {
  'new-app': {
    summary: {
      en: 'a complete new app folder, from a chart, an image or a manifest',
      'zh-CN': '从 chart、镜像或上游清单生成完整的新应用目录',
    },
    load: () => import('./features/new-app/command.ts'),
  },
  check: {
    summary: {
      en: "holds every app folder to the repository's rules; --fix mends what is safe",
      'zh-CN': '检查应用目录是否符合仓库规则；--fix 修正可安全修正的问题',
    },
    load: () => import('./features/check/command.ts'),
  },
  diff: {
    summary: {
      en: "our customisations against the chart's defaults, key by key",
      'zh-CN': '逐项对比我们的定制与 chart 的默认值',
    },
    load: () => import('./features/diff/command.ts'),
  },
  'merge-values': {
    summary: {
      en: "carry a team's customisations over to a chart's new default values",
      'zh-CN': '把团队的定制迁移到 chart 的新默认值',
    },
    load: () => import('./features/merge-values/command.ts'),
  },
  outdated: {
    summary: {
      en: 'newer versions of charts, of GitHub-release resources and of images',
      'zh-CN': 'chart、GitHub 发布资源和镜像的新版本',
    },
    load: () => import('./features/outdated/command.ts'),
  },
  upgrade: {
    summary: {
      en: 'moves charts to newer versions, every customisation carried over and proved',
      'zh-CN': '升级 chart，保留并验证每一项定制',
    },
    load: () => import('./features/upgrade/command.ts'),
  },
  add: {
    summary: {
      en: 'a chart, route, secret, volume or TLS certificate for an app that exists',
      'zh-CN': '为已有应用添加 chart、路由、Secret、存储卷或 TLS 证书',
    },
    load: () => import('./features/add/command.ts'),
  },
  move: {
    summary: {
      en: 'an app to another environment, or out of service; shows what the cluster deletes',
      'zh-CN': '把应用移到另一环境或停用；显示集群将删除的内容',
    },
    load: () => import('./features/move/command.ts'),
  },
  rename: {
    summary: {
      en: 'gives an app another name; shows what the cluster deletes',
      'zh-CN': '为应用改名；显示集群将删除的内容',
    },
    load: () => import('./features/move/rename-command.ts'),
  },
  seal: {
    summary: {
      en: 'encrypts Secrets into SealedSecrets, offline',
      'zh-CN': '离线把 Secret 加密为 SealedSecret',
    },
    load: () => import('./features/seal/command.ts'),
  },
  init: {
    summary: {
      en: 'a GitOps repository that Argo CD can sync; adds what is missing to one that exists',
      'zh-CN': '可由 Argo CD 同步的 GitOps 仓库；对已有仓库只补全缺少的部分',
    },
    load: () => import('./features/init/command.ts'),
  },
  onboard: {
    summary: {
      en: 'the guided tour, in a throw-away copy: about fifteen minutes, no network, no cluster',
      'zh-CN': '在一次性副本中的引导教程：约十五分钟，无需网络和集群',
    },
    load: () => import('./features/onboard/command.ts'),
  },
  doctor: {
    summary: {
      en: 'tools, credentials, repositories, certificate, conventions, leftovers: what is wrong and what to do',
      'zh-CN': '工具、凭据、仓库、证书、约定和遗留：哪里有问题，如何处理',
    },
    load: () => import('./features/doctor/command.ts'),
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
  deadline: {
    value: '<duration>',
    help: {
      en: 'how long the run may take: 90s, 15m (default in CI: 15m)',
      'zh-CN': '运行时限：90s、15m（CI 中默认 15m）',
    },
  },
  jobs: {
    value: '<n>',
    help: { en: 'apps worked on at once (or SLIPWAY_JOBS)', 'zh-CN': '同时处理的应用数（或 SLIPWAY_JOBS）' },
  },
  offline: { help: { en: 'use the cache only', 'zh-CN': '只使用缓存' } },
  lang: { value: '<en|zh-CN>', help: { en: 'language of prompts and reports', 'zh-CN': '提示和报告的语言' } },
  'no-color': { help: { en: 'no colours', 'zh-CN': '不使用颜色' } },
  verbose: { help: { en: 'say what is fetched and run', 'zh-CN': '显示获取和执行的内容' } },
  help: { short: 'h', help: { en: 'this text', 'zh-CN': '显示帮助' } },
} satisfies FlagTable;

/** Runs one command line against the real process; resolves to the exit code. Never throws. */
export async function runCommandLine(argv: string[], version: string): Promise<number> {
  const cancel = new AbortController();
  const stop = (): void => {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    cancel.abort(new UserError('E_CANCELLED', 'cancelled'));
  };
  // Once: a second Ctrl+C ends a run that does not stop by itself; what it left is repaired by the next one.
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const json = argv.includes('--json');
  const secrets = createRedactor();
  const run: Reported = { json, version, secrets };
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
    const deadline = openDeadline(text, reason => cancel.abort(reason));
    deadlines.push(deadline);
    return deadline.signal;
  };
  endAnyway(cancel.signal, reason => reportError(reason, terminal, run));
  const ended = await dispatch(argv, { version, terminal, signal: cancel.signal, secrets, startClock }).catch(
    error => reportError(cancel.signal.aborted ? cancel.signal.reason : error, terminal, run),
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

type Start = Pick<Session, 'version' | 'terminal' | 'signal' | 'secrets'> & {
  startClock(duration: string | undefined): AbortSignal;
};

async function dispatch(argv: string[], start: Start): Promise<number> {
  const { terminal } = start;
  const [name, ...rest] = argv;
  if (name === undefined || name.startsWith('-') || name === 'help') return overview(argv, terminal);
  const entry = COMMANDS[name];
  if (!entry) throw unknownCommand(name);
  const { command } = await entry.load();
  const input = parseFlags(rest, { ...command.flags, ...GLOBAL_FLAGS });
  const session = openSession(input, start);
  if (input.switches.has('help')) {
    const { summary } = entry;
    terminal.result(commandHelp({ name, summary, command }, GLOBAL_FLAGS, session.language));
    return EXIT.done;
  }
  if (input.positionals.length > command.maxPositionals)
    throw new UserError('E_USAGE', `unexpected argument ${input.positionals[command.maxPositionals]}`, {
      hint: `Usage: slipway ${name} ${command.usage}`,
    });
  return command.run(session, input);
}

function openSession(input: Input, start: Start): Session {
  const lang = input.values['lang'];
  if (lang !== undefined && !LANGUAGES.some(known => known === lang))
    throw new UserError('E_USAGE', `--lang ${lang} is not a language slipway speaks`, {
      hint: `Use one of ${LANGUAGES.join(', ')}.`,
    });
  const language = chooseLanguage(lang, process.env);
  const { startClock, ...rest } = start;
  return {
    ...rest,
    language,
    deadline: startClock(deadlineOf(input.values['deadline'], process.env)),
    jobs: readJobs(input.values['jobs'] ?? process.env['SLIPWAY_JOBS']),
    env: process.env,
    cwd: path.resolve(currentFolder(), input.values['cwd'] ?? '.'),
    json: input.switches.has('json'),
    yes: input.switches.has('yes'),
    dryRun: input.switches.has('dry-run'),
    offline: input.switches.has('offline'),
    verbose: input.switches.has('verbose'),
    t: text => text[language],
  };
}

function readJobs(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;
  if (/^[1-9]\d?$/.test(text)) return Number(text);
  throw new UserError('E_USAGE', `--jobs ${text} is no number from 1 to 99`);
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
  const text = overviewText(COMMANDS, GLOBAL_FLAGS, language);
  const asked = argv.some(word => word === '--help' || word === '-h' || word === 'help');
  if (asked) terminal.result(text);
  else terminal.say(text);
  return asked ? EXIT.done : EXIT.usage;
}

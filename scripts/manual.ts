import { gzipSync } from 'node:zlib';
import type { Flag, FlagTable } from '../src/cli/flags.ts';
import { GLOBAL_FLAGS, LEADING_FLAGS } from '../src/cli/global-flags.ts';
import type { Command } from '../src/cli/command.ts';
import { COMMANDS } from '../src/commands.ts';
import { LANGUAGES, type Language, type Text } from '../src/text/language.ts';

/** What pages say of the build that they belong to; `readme` holds the exits, once for all that is written. */
type Build = { version: string; day: string; readme: Text };

type Page = { name: string; summary: Text; command: Command };

/** The folder that `man` looks for in a language, below its own. */
const FOLDERS: Record<Language, string> = { en: 'man1', 'zh-CN': 'zh_CN/man1' };

const WORDS = {
  name: { en: 'NAME', 'zh-CN': '名称' },
  synopsis: { en: 'SYNOPSIS', 'zh-CN': '概要' },
  description: { en: 'DESCRIPTION', 'zh-CN': '描述' },
  commands: { en: 'COMMANDS', 'zh-CN': '命令' },
  options: { en: 'OPTIONS', 'zh-CN': '选项' },
  shared: { en: 'OPTIONS OF EVERY COMMAND', 'zh-CN': '所有命令的选项' },
  exits: { en: 'EXIT STATUS', 'zh-CN': '退出状态' },
  examples: { en: 'EXAMPLES', 'zh-CN': '示例' },
  also: { en: 'SEE ALSO', 'zh-CN': '参见' },
  reference: { en: 'Reference', 'zh-CN': '参考' },
  generated: {
    en: 'Every command with its flags, out of the tables that the command line itself reads.',
    'zh-CN': '每个命令及其参数，取自命令行本身所用的表格。',
  },
  sharedFlags: { en: 'Flags of every command', 'zh-CN': '所有命令的参数' },
  flag: { en: 'flag', 'zh-CN': '参数' },
  does: { en: 'does', 'zh-CN': '作用' },
  more: { en: '. [More]', 'zh-CN': '。[详情]' },
  manual: { en: 'slipway manual', 'zh-CN': 'slipway 手册' },
  about: {
    en: 'app folders of Kubernetes GitOps repositories, made and kept current',
    'zh-CN': '生成 Kubernetes GitOps 仓库中的应用文件夹，并使其保持最新',
  },
  whole: {
    en: 'Each command has its own page, and a longer one in the folder docs of the package.',
    'zh-CN': '每个命令都有自己的手册页；软件包的 docs 文件夹中有更详细的页面。',
  },
  sharedAt: {
    en: 'Options that every command takes, and the exit status, stand in',
    'zh-CN': '所有命令共有的选项与退出状态见',
  },
} satisfies Record<string, Text>;

/**
 * The manual as `man` reads it, in every language, by path below the folder of the manual, compressed: a page for each command, out of
 * the very tables that the command line is read by, and one for all.
 */
export async function manPages(build: Build): Promise<Map<string, Buffer>> {
  const pages = await commandPages();
  const found = new Map<string, Buffer>();
  for (const language of LANGUAGES) {
    const add = (name: string, lines: string[]): void =>
      void found.set(`${FOLDERS[language]}/${name}.1.gz`, gzipSync(`${lines.join('\n')}\n`, { level: 9 }));
    add('slipway', overviewPage(pages, build, language));
    for (const page of pages) add(`slipway-${page.name}`, commandPage(page, build, language));
  }
  return found;
}

/** The same tables as one page of Markdown, for people who read the documentation; `pageOf` says where the page of a command stands. */
export async function referencePage(language: Language, pageOf: (name: string) => string): Promise<string> {
  const pages = await commandPages();
  const parts = pages.flatMap(({ name, summary, command: { usage, flags, examples } }) => [
    `## slipway ${name}`,
    `${marked(summary[language])}${WORDS.more[language]}(${pageOf(name)})`,
    `\`\`\`\nslipway ${name} ${usage[language]}`.trimEnd() + '\n```',
    ...(Object.keys(flags).length === 0 ? [] : [flagTable(flags, language)]),
    `\`\`\`sh\n${examples.join('\n')}\n\`\`\``,
  ]);
  return [
    `# ${WORDS.reference[language]}`,
    WORDS.generated[language],
    `## ${WORDS.sharedFlags[language]}`,
    flagTable(LEADING_FLAGS, language),
    ...parts,
    '',
  ].join('\n\n');
}

function flagTable(flags: FlagTable, language: Language): string {
  const rows = Object.entries<Flag>(flags).map(([name, { short, value, repeatable, help }]) => {
    const names = [...(short === undefined ? [] : [`-${short}`]), `--${name}`].join(', ');
    const shown = `${names}${value === undefined ? '' : ` ${value}`}${repeatable ? ' …' : ''}`;
    return `| \`${shown.replaceAll('|', '\\|')}\` | ${marked(help[language])} |`;
  });
  return [`| ${WORDS.flag[language]} | ${WORDS.does[language]} |`, '| --- | --- |', ...rows].join('\n');
}

/** Text as Markdown shows it: nothing in it is markup. */
function marked(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>|]/g, '\\$&');
}

function commandPages(): Promise<Page[]> {
  const all = Object.entries(COMMANDS).map(async ([name, { summary, load }]) => {
    const { command } = await load();
    return { name, summary, command };
  });
  return Promise.all(all);
}

function overviewPage(pages: readonly Page[], build: Build, language: Language): string[] {
  return [
    ...head('slipway', WORDS.about, build, language),
    `${bold('slipway')} <command> [...]`,
    '.SH ' + WORDS.description[language],
    plain(WORDS.whole[language]),
    '.SH ' + WORDS.commands[language],
    ...pages.flatMap(({ name, summary }) => item(`${bold(`slipway ${name}`)}(1)`, summary[language])),
    '.SH ' + WORDS.shared[language],
    ...options(LEADING_FLAGS, language),
    '.SH ' + WORDS.exits[language],
    ...exitsOf(build.readme[language]).flatMap(([exit, meaning]) => item(bold(exit), meaning)),
    '.SH ' + WORDS.also[language],
    ...pages.map(({ name }, at) => `${bold(`slipway-${name}`)}(1)${at === pages.length - 1 ? '' : ','}`),
  ];
}

function commandPage({ name, summary, command }: Page, build: Build, language: Language): string[] {
  const { usage, topics = {}, flags, examples } = command;
  const topicItems = Object.entries(topics).flatMap(([word, { summary: does }]) =>
    item(bold(word), does[language]),
  );
  return [
    ...head(`slipway-${name}`, summary, build, language),
    `${bold(`slipway ${name}`)} ${plain(usage[language])}`.trimEnd(),
    '.SH ' + WORDS.description[language],
    plain(summary[language]),
    ...topicItems,
    ...(Object.keys(flags).length === 0
      ? []
      : ['.SH ' + WORDS.options[language], ...options(flags, language)]),
    '.SH ' + WORDS.shared[language],
    plain(
      Object.keys(GLOBAL_FLAGS)
        .map(flag => `--${flag}`)
        .join(', '),
    ),
    '.SH ' + WORDS.examples[language],
    '.EX',
    ...examples.map(plain),
    '.EE',
    '.SH ' + WORDS.also[language],
    `${plain(WORDS.sharedAt[language])} ${bold('slipway')}(1).`,
  ];
}

function head(name: string, summary: Text, { version, day }: Build, language: Language): string[] {
  const title = name.toUpperCase();
  return [
    `.TH ${title} 1 "${day}" "slipway ${version}" "${WORDS.manual[language]}"`,
    // Set flush, Chinese would be torn at the few words of Latin letters in it; a flag is no word to be divided.
    '.ad l',
    '.nh',
    '.SH ' + WORDS.name[language],
    `${plain(name)} \\- ${plain(summary[language])}`,
    '.SH ' + WORDS.synopsis[language],
  ];
}

function options(flags: FlagTable, language: Language): string[] {
  return Object.entries<Flag>(flags).flatMap(([name, { short, value, repeatable, help }]) => {
    const names = [...(short === undefined ? [] : [`-${short}`]), `--${name}`].map(bold).join(', ');
    const taken = value === undefined ? '' : ` \\fI${plain(value)}\\fR`;
    return item(`${names}${taken}${repeatable ? ' ...' : ''}`, help[language]);
  });
}

function item(term: string, text: string): string[] {
  return ['.TP', term, plain(text)];
}

/** The rows of the README's table: `| 0 | done |`. */
function exitsOf(readme: string): [string, string][] {
  return [...readme.matchAll(/^\| (\d+) +\| (.*?) +\|$/gm)].map(([, exit = '', meaning = '']) => [
    exit,
    meaning.replaceAll('`', ''),
  ]);
}

function bold(text: string): string {
  return `\\fB${plain(text)}\\fR`;
}

/** Text as roff sets it: nothing in it is a request, and what is to be copied keeps its signs. */
function plain(text: string): string {
  const signs: Record<string, string> = {
    '\\': '\\e',
    '-': '\\-',
    "'": '\\(aq',
    '`': '\\(ga',
    '^': '\\(ha',
    '~': '\\(ti',
  };
  const escaped = text.replaceAll(/[\\\-'`^~]/g, sign => signs[sign] ?? sign);
  return escaped.replace(/^(?=[.])/, '\\&');
}

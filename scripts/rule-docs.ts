import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { RULE_LEVELS } from '../src/repository/rule-level.ts';
import type { Rule } from '../src/features/check/rule.ts';
import { RULES } from '../src/features/check/rules/rules.ts';
import { type Language, LANGUAGES } from '../src/text/language.ts';

const SCHEMA = 'schemas/config.schema.json';

/** What stands in a language around what the rules and people say. */
const LANGUAGE_PAGES = {
  en: {
    folder: 'docs/rules',
    fix: '\n`--fix`: ',
    head: '| code | severity | what holds | `--fix` |',
    yes: 'yes',
    severities: { error: 'error', warning: 'warning', note: 'note' },
    said: (severity: string, title: string) => `**${severity}**: ${title}.`,
  },
  'zh-CN': {
    folder: 'docs/zh-CN/rules',
    fix: '\n`--fix`：',
    head: '| 代码 | 级别 | 应当如何 | `--fix` |',
    yes: '有',
    severities: { error: '错误', warning: '警告', note: '提示' },
    said: (severity: string, title: string) => `**${severity}**：${title}。`,
  },
} as const;

/** `npm run docs`: writes every file that says something of the rules. */
export async function main(): Promise<void> {
  for (const [file, text] of await ruleDocs('.')) await writeFile(file, text);
}

/**
 * What the documents say of the rules, by file: the index, the head of each page, the codes that the configuration takes.
 * @throws if a rule has no page
 */
export async function ruleDocs(root: string): Promise<Map<string, string>> {
  const read = (file: string): Promise<string> => readFile(path.join(root, file), 'utf8');
  const rules = Object.entries<Rule>(RULES);
  const all = new Map([[SCHEMA, withCodes(await read(SCHEMA), rules)]]);
  for (const language of LANGUAGES) {
    const { folder } = LANGUAGE_PAGES[language];
    const pages = new Map<string, string>();
    for (const [code, rule] of rules) {
      const page = await read(`${folder}/${code}.md`).catch(error => absentIn(language, error));
      if (page !== undefined) pages.set(code, withHead(page, code, rule, language));
    }
    const index = `${folder}/README.md`;
    all.set(index, withTable(await read(index), rules, { pages, language }));
    for (const [code, page] of pages) all.set(`${folder}/${code}.md`, page);
  }
  const options = (await resolveConfig(path.join(root, SCHEMA))) ?? {};
  for (const [file, text] of all) all.set(file, await format(text, { ...options, filepath: file }));
  return all;
}

/** Every rule has a page in English; what no other language has is read there. @throws the error in English */
function absentIn(language: Language, error: unknown): undefined {
  if (language === 'en') throw error;
}

/** Title and severity are the rule's own; all below is written by people. */
function withHead(page: string, code: string, { severity, title }: Rule, language: Language): string {
  const { said, severities } = LANGUAGE_PAGES[language];
  const rest = page.split('\n\n').slice(2).join('\n\n');
  return `# ${code}\n\n${said(severities[severity], title[language])}\n\n${rest}`;
}

function withTable(
  index: string,
  rules: readonly (readonly [string, Rule])[],
  { pages, language }: { pages: ReadonlyMap<string, string>; language: Language },
): string {
  const { head, fix, yes, severities } = LANGUAGE_PAGES[language];
  const rows = rules.map(([code, { severity, title }]) => {
    const at = pages.has(code) ? `${code}.md` : `../../rules/${code}.md`;
    const mends = pages.get(code)?.includes(fix) ? yes : '';
    return `| [${code}](${at}) | ${severities[severity]} | ${title[language]} | ${mends} |`;
  });
  const before = index.slice(0, index.indexOf(head.slice(0, head.indexOf(' |'))));
  return `${before}${[head, '| --- | --- | --- | --- |', ...rows].join('\n')}\n`;
}

/** The last property of the schema, spliced in so that the others keep their form. */
function withCodes(schema: string, rules: readonly (readonly [string, Rule])[]): string {
  const codes = {
    description: 'What slipway check makes of single rules',
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(
      rules.map(([code, { title }]) => [code, { description: title.en, enum: RULE_LEVELS }]),
    ),
    examples: [{ 'values-full-copy': 'off', 'chart-outdated': 'warning' }],
  };
  return `${schema.slice(0, schema.indexOf('    "rules": {'))}"rules": ${JSON.stringify(codes)}}}`;
}

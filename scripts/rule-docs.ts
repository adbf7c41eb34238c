import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { RULE_LEVELS } from '../src/repository/rule-level.ts';
import type { Rule } from '../src/features/check/rule.ts';
import { RULES } from '../src/features/check/rules/rules.ts';

const INDEX = 'docs/rules/README.md';
const SCHEMA = 'schemas/config.schema.json';

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
  const pages = new Map<string, string>();
  for (const [code, rule] of rules) {
    const file = `docs/rules/${code}.md`;
    pages.set(file, withHead(await read(file), code, rule));
  }
  const index = withTable(await read(INDEX), rules, code => pages.get(`docs/rules/${code}.md`) ?? '');
  const schema = withCodes(await read(SCHEMA), rules);
  const all = new Map([...pages, [INDEX, index], [SCHEMA, schema]]);
  const options = (await resolveConfig(path.join(root, INDEX))) ?? {};
  for (const [file, text] of all) all.set(file, await format(text, { ...options, filepath: file }));
  return all;
}

/** Title and severity are the rule's own; all below is written by people. */
function withHead(page: string, code: string, { severity, title }: Rule): string {
  const rest = page.split('\n\n').slice(2).join('\n\n');
  return `# ${code}\n\n**${severity}**: ${title.en}.\n\n${rest}`;
}

function withTable(
  index: string,
  rules: readonly (readonly [string, Rule])[],
  pageOf: (code: string) => string,
): string {
  const rows = rules.map(([code, { severity, title }]) => {
    const fix = pageOf(code).includes('\n`--fix`: ') ? 'yes' : '';
    return `| [${code}](${code}.md) | ${severity} | ${title.en} | ${fix} |`;
  });
  const head = ['| code | severity | what holds | `--fix` |', '| --- | --- | --- | --- |'];
  const before = index.slice(0, index.indexOf('| code'));
  return `${before}${[...head, ...rows].join('\n')}\n`;
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

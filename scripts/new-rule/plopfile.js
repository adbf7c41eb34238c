// `npm run new-rule <code>`: a rule, its page and three ways of breaking it, still to be filled in.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SAMPLE = 'production/notes/kustomization.yaml';
const WAYS = ['one', 'two', 'three'];
const RULES = 'src/features/check/rules/rules.ts';
const SENTENCES = { en: 'src/locales/en/rules.ts', zh: 'src/locales/zh-CN/rules.ts' };

export default function plopfile(plop) {
  plop.setHelper('literal', text => JSON.stringify(text));
  plop.setActionType('finish', finish);
  plop.setGenerator('new-rule', {
    description: 'a rule of slipway check, with its page and its cases',
    prompts: [
      { name: 'code', message: 'Code (kebab-case, for ever)', validate: problemWith },
      { name: 'severity', type: 'list', message: 'Severity', choices: ['error', 'warning', 'note'] },
      { name: 'en', message: 'What holds in a good repository', default: 'TODO' },
      { name: 'zh', message: 'The same in Chinese', default: 'TODO' },
    ],
    actions: () => [
      add('src/features/check/rules/{{code}}.ts', 'rule.ts.hbs'),
      add('docs/rules/{{code}}.md', 'page.md.hbs'),
      ...WAYS.map(way =>
        add(`test/cases/{{code}}/${way}.diff`, 'case.diff.hbs', { way, lines: firstLines() }),
      ),
      insert(
        RULES,
        /\n\n\/\*\* Every rule by its code/,
        "\nimport { {{camelCase code}} } from './{{code}}.ts';$&",
      ),
      insert(RULES, /\n\} as const satisfies Record<string, Rule>;/, "\n  '{{code}}': {{camelCase code}},$&"),
      insert(SENTENCES.en, /\n\};\n$/, "\n  'rules.{{camelCase code}}': {{{literal en}}},$&"),
      insert(SENTENCES.zh, /\n\} satisfies [^;]*;\n$/, "\n  'rules.{{camelCase code}}': {{{literal zh}}},$&"),
      { type: 'finish' },
    ],
  });
}

function add(file, template, data = {}) {
  const templateFile = path.join(ROOT, 'scripts/new-rule', template);
  return { type: 'add', path: path.join(ROOT, file), templateFile, data, abortOnFail: true };
}

function insert(file, pattern, template) {
  return { type: 'modify', path: path.join(ROOT, file), pattern, template };
}

function problemWith(code) {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/.test(code)) return `${code} is not a code such as chart-name`;
  const rules = readFileSync(path.join(ROOT, RULES), 'utf8');
  return rules.includes(`'${code}':`) ? `there is a rule ${code} already` : true;
}

/** A diff applies whatever the good repository looks like by then. */
function firstLines() {
  return readFileSync(path.join(ROOT, 'test/cases/good', SAMPLE), 'utf8')
    .split('\n')
    .slice(0, 3);
}

/** Formats what was made and writes index, page heads and schema from the rules. */
function finish({ code }) {
  const written = [`src/features/check/rules/${code}.ts`, `docs/rules/${code}.md`, RULES];
  const files = [...written, SENTENCES.en, SENTENCES.zh];
  const run = (...words) => execFileSync(process.execPath, words, { cwd: ROOT, stdio: 'pipe' });
  run('node_modules/prettier/bin/prettier.cjs', '--write', ...files);
  run('scripts/run.js', 'scripts/rule-docs.ts');
  return `now write src/features/check/rules/${code}.ts, docs/rules/${code}.md and test/cases/${code}; npx vitest run test/features/check/rules.test.ts is red until then`;
}

import { describe, expect, test } from 'vitest';
import { learnConventions } from '../../src/repository/conventions/conventions.ts';
import {
  answerQuestions,
  type GeneratorPlace,
  parseAnswer,
  printAnswer,
} from '../../src/repository/generators/answers.ts';
import type { TeamQuestion } from '../../src/repository/generators/definition.ts';
import { parseDefinition } from '../../src/repository/generators/parse-definition.ts';
import { makeTree, type MadeTree } from '../../src/repository/generators/render.ts';
import { parseRepository } from '../../src/repository/parse-repository.ts';
import { isLookedInto } from '../../src/repository/looked-into.ts';
import { affordable } from '../support/measured.ts';
import { thrown } from '../support/thrown.ts';

const TEXTS = new Map([
  ['production/wiki/kustomization.yaml', 'namespace: docs\nresources: [a.yaml]\n'],
  ['production/wiki/a.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n'],
]);

function placeOf(configuration = {}): GeneratorPlace {
  const repository = parseRepository(TEXTS, ['production', 'dev']);
  return { repository, conventions: learnConventions(repository, configuration) };
}

const HEAD = 'description: { en: A thing, zh-CN: 一个东西 }\n';

function questions(...lines: string[]): string {
  return `${HEAD}questions:\n${lines.map(line => `  - ${line}\n`).join('')}`;
}

async function make(
  definition: string,
  files: Record<string, string>,
  given: Record<string, string> = {},
  place = placeOf(),
): Promise<MadeTree> {
  const generator = { ...parseDefinition(definition, 'thing'), templates: new Map(Object.entries(files)) };
  const answers = await answerQuestions(
    generator,
    place,
    async ({ name }, { preset }) => given[name] ?? preset,
  );
  return makeTree(generator, answers, place);
}

async function refusal(made: Promise<unknown>): Promise<{ code: string; message: string }> {
  return made.then(
    () => ({ code: 'none', message: '' }),
    (error: { code: string; message: string }) => ({ code: error.code, message: error.message }),
  );
}

describe('what a generator declares', () => {
  test.each([
    ['nothing', '', /is not a map/],
    ['a list', '- a\n', /is not a map/],
    ['no description', 'questions: []\n', /description is not a text/],
    ['a key that there is not', `${HEAD}question: []\n`, /question is not one of the keys/],
    ['a name with a space', questions('{ name: "a b" }'), /questions\[0\]\.name is not a name/],
    ['a name that templates have', questions('{ name: conventions }'), /is not a name/],
    ['a name of a global flag', questions('{ name: json }'), /is not a name/],
    ['a name of the prototype', questions('{ name: constructor }'), /is not a name/],
    ['two questions of one name', questions('{ name: a }', '{ name: a }'), /is not new/],
    ['a type that there is not', questions('{ name: a, type: secret }'), /is not one of text, number/],
    ['a choice without choices', questions('{ name: a, type: choice }'), /is not a list of choices/],
    ['choices of a text', questions('{ name: a, choices: [x] }'), /is not allowed/],
    [
      'a pattern that looks back',
      questions('{ name: a, pattern: "(a)\\\\1" }'),
      /is not a regular expression/,
    ],
    [
      'a condition on what comes later',
      questions('{ name: a, when: { b: true } }', '{ name: b }'),
      /a question that is asked before/,
    ],
    ['a file under no known condition', `${HEAD}files: [{ path: a, when: { x: true } }]\n`, /a question/],
    [
      'a text where a patch belongs',
      `${HEAD}changes: [{ kustomization: a, patches: [x] }]\n`,
      /is not a map/,
    ],
    ['a map for a number', questions('{ name: a, type: number, min: {} }'), /is not a number/],
  ])('%s is refused by its place', (_, text, message) => {
    const error = thrown(() => parseDefinition(text, 'thing'));
    expect([error.code, error.message]).toEqual(['E_GENERATOR', expect.stringMatching(message)]);
    expect(error.message).toContain('.slipway/generators/thing/generator.yaml');
  });

  test('both languages, or one for both', () => {
    const { description, questions: asked } = parseDefinition(questions('{ name: a, ask: Size }'), 'thing');
    expect(description).toEqual({ en: 'A thing', 'zh-CN': '一个东西' });
    expect(asked[0]).toMatchObject({ ask: { en: 'Size', 'zh-CN': 'Size' }, type: 'text', optional: false });
  });
});

describe('answers', () => {
  const one = (line: string): TeamQuestion => {
    const [question] = parseDefinition(questions(line), 'thing').questions;
    if (!question) throw new Error('no question');
    return question;
  };

  test.each([
    ['{ name: a, pattern: "[a-z]+" }', 'abc', 'abc'],
    ['{ name: a, type: number, min: 1, max: 5 }', '5', 5],
    ['{ name: a, type: boolean }', 'yes', true],
    ['{ name: a, type: list }', 'a, b', ['a', 'b']],
    ['{ name: a, type: list }', '["sh","-c","a,b"]', ['sh', '-c', 'a,b']],
    ['{ name: a, type: choice, choices: environments }', 'dev', 'dev'],
    ['{ name: a, type: app }', 'wiki', 'production/wiki'],
    ['{ name: a, optional: true }', '', ''],
  ])('%s takes %s', (line, text, answer) => {
    const question = one(line);
    expect(parseAnswer(question, text, placeOf())).toEqual(answer);
    expect(parseAnswer(question, printAnswer(answer), placeOf())).toEqual(answer);
  });

  test.each([
    ['{ name: a, pattern: "[a-z]+" }', 'abc1', /matches/],
    ['{ name: a }', '', /may not be empty/],
    ['{ name: a }', 'a\nkind: Secret', /one line/],
    ['{ name: a }', 'a\u202eb', /one line/],
    ['{ name: a }', 'x'.repeat(3000), /one line/],
    ['{ name: a, type: number, min: 1, max: 5 }', '6', /1 … 5/],
    ['{ name: a, type: number }', '1e9', /a number/],
    ['{ name: a, type: boolean }', 'maybe', /yes or no/],
    ['{ name: a, type: list, pattern: "[a-z]" }', 'a,bc', /matches/],
    ['{ name: a, type: choice, choices: [x, y] }', 'z', /one of x, y/],
    ['{ name: a, type: app }', 'nowhere', /nowhere/],
  ])('%s does not take %j', (line, text, message) => {
    const error = thrown(() => parseAnswer(one(line), text, placeOf()));
    expect(error.message).toMatch(message);
    expect(error.code).toBe('E_VALUE');
  });

  test('a pattern that takes others for ever is done in a moment', () => {
    const question = one('{ name: a, pattern: "(a+)+(a|aa)+(a*)*b" }');
    const error = affordable(() => thrown(() => parseAnswer(question, 'a'.repeat(290), placeOf())));
    expect(error.code).toBe('E_VALUE');
  });

  test('defaults come from answers and conventions; what the repository does not show is no default', async () => {
    const definition = questions(
      '{ name: app, default: shop }',
      '{ name: host, default: "{{app}}.{{conventions.domains.[0]}}" }',
    );
    const files = { 'a/{{app}}.txt.hbs': '{{host}}\n' };
    const known = placeOf({ domains: ['example.org'] });
    expect((await make(definition, files, {}, known)).files.get('a/shop.txt')).toBe('shop.example.org\n');
    expect((await make(definition, files)).files.get('a/shop.txt')).toBe('\n');
  });

  test('what is not asked is empty, and a template may say so', async () => {
    const definition = questions(
      '{ name: backup, type: boolean }',
      '{ name: times, type: list, default: [a], when: { backup: true } }',
    );
    const files = { 'x.yaml.hbs': 'a: [{{#each times}}{{yaml this}}{{/each}}]\n{{#if backup}}b: 1\n{{/if}}' };
    expect((await make(definition, files, { backup: 'no' })).files.get('x.yaml')).toBe('a: []\n');
    expect((await make(definition, files, { backup: 'yes' })).files.get('x.yaml')).toBe('a: [a]\nb: 1\n');
  });
});

describe('what a generator makes', () => {
  test('files at paths that hold answers; those under a condition only where it holds; plain ones as they stand', async () => {
    const made = await make(
      `${questions('{ name: env, type: choice, choices: environments }', '{ name: kind, type: choice, choices: [a, b] }')}files:\n  - { path: "{{env}}/x/only-a.yaml.hbs", when: { kind: a } }\n`,
      {
        '{{env}}/x/kustomization.yaml.hbs': 'resources:\n{{#if (eq kind "b")}}\n- b.yaml\n{{/if}}\n',
        '{{env}}/x/only-a.yaml.hbs': 'a: 1\n',
        '{{env}}/x/plain.txt': 'as {{it}} stands\r\n',
      },
      { env: 'dev', kind: 'b' },
    );
    expect(Object.fromEntries(made.files)).toEqual({
      'dev/x/kustomization.yaml': 'resources:\n- b.yaml\n',
      'dev/x/plain.txt': 'as {{it}} stands\n',
    });
    expect(made.app).toBe('dev/x');
  });

  test('an app is seen with its name, namespace and environment', async () => {
    const files = { '{{of.path}}/x.txt.hbs': '{{of.name}} {{of.namespace}} {{of.environment}}\n' };
    const made = await make(questions('{ name: of, type: app }'), files, { of: 'wiki' });
    expect(made.files.get('production/wiki/x.txt')).toBe('wiki docs production\n');
  });

  test('changes are filled like templates', async () => {
    const made = await make(
      `${questions('{ name: of, type: app }')}changes:\n  - { kustomization: "{{of.path}}", resources: ["{{of.name}}.yaml"], images: [{ name: a, newTag: "{{of.name}}-1" }] }\n`,
      {},
      { of: 'wiki' },
    );
    expect(made.changes).toEqual([
      {
        kustomization: 'production/wiki',
        add: { resources: ['wiki.yaml'], images: [{ name: 'a', newTag: 'wiki-1' }] },
      },
    ]);
    expect(made.app).toBe('production/wiki');
  });

  test.each([
    ['resources: ["../../../leak.yaml"]', 'E_GENERATOR'],
    ['components: [/etc/passwd]', 'E_GENERATOR'],
    ['transformers: ["{{a}}"]', 'E_GENERATOR'],
    ['patches: [{ path: ../../../leak.yaml }]', 'E_GENERATOR'],
    ['resources: [../wiki, "https://example.org/x.yaml"]', 'none'],
    [
      'transformers: ["kind: ../../../x\\n"], patches: [{ patch: "- op: remove\\n  path: /../../../x" }]',
      'none',
    ],
  ])('a change that adds %s: %s', async (added, code) => {
    const place = 'production/wiki/kustomization.yaml';
    const definition = `${questions('{ name: a }')}changes:\n  - { kustomization: "${place}", ${added} }\n`;
    expect((await refusal(make(definition, {}, { a: '../../../x' }))).code).toBe(code);
    const folder = definition.replace('/kustomization.yaml', '');
    expect((await refusal(make(folder, {}, { a: '../../../x' }))).code).toBe(code);
  });

  const ASKED = questions('{ name: a, optional: true }');

  test.each([
    ['..', 'leads out'],
    ['../../etc', 'leads out'],
    ['/etc', 'absolute'],
    ['', 'empty'],
    ['.git', 'git'],
    ['.GIT', 'git'],
    ['git~1', 'git'],
    ['.slipway/config.yaml', 'slipway'],
    ['.Slipway', 'slipway'],
    ['nul', 'device'],
    ['a.', 'dot'],
    ['a:b', 'character'],
    ['a\\b', 'character'],
  ])('a path with the answer %j is refused (%s)', async answer => {
    const { code } = await refusal(make(ASKED, { '{{a}}/x.txt': 'x' }, { a: answer }));
    expect(code).toBe('E_GENERATOR');
  });

  test.each([
    ['leads out without an answer', HEAD, { '../x.txt': 'x' }, 'E_GENERATOR'],
    ['of two templates is one', HEAD, { 'A.txt': 'x', 'a.txt.hbs': 'x' }, 'E_GENERATOR'],
    ['has a name that nobody asked', HEAD, { '{{b}}.txt': 'x' }, 'E_TEMPLATE'],
    ['calls a helper', HEAD, { '{{lookup conventions "constructor"}}.txt': 'x' }, 'E_TEMPLATE'],
    ['is a folder for an app', `${HEAD}app: ../x\n`, { 'x.txt': 'x' }, 'E_GENERATOR'],
    ['is that of a change', `${HEAD}changes: [{ kustomization: ../x, resources: [a] }]\n`, {}, 'E_GENERATOR'],
  ])('a path that %s is refused', async (_, definition, files, code) => {
    expect((await refusal(make(definition, files))).code).toBe(code);
  });

  test.each([
    ['an unknown name', 'v: {{nam}}\n'],
    ['a prototype', 'v: {{a.constructor.name}}\n'],
    ['a partial', '{{> x}}\n'],
    ['what is no YAML', 'v: [\n'],
  ])('%s in a template is an error that names it', async (_, text) => {
    const { code, message } = await refusal(make(ASKED, { 'x.yaml.hbs': text }));
    expect([code, message]).toEqual(['E_TEMPLATE', expect.stringContaining('files/x.yaml.hbs')]);
  });

  test('a Secret with values is never made; one that waits for them is', async () => {
    const secret = (value: string): string =>
      `apiVersion: v1\nkind: Secret\nmetadata: {name: db}\nstringData: {password: "${value}"}\n`;
    const { code, message } = await refusal(make(ASKED, { 'x.yaml.hbs': secret('{{a}}') }, { a: 'hunter2' }));
    expect([code, message]).toEqual(['E_GENERATOR', expect.not.stringContaining('hunter2')]);
    expect((await make(ASKED, { 'x.yaml.hbs': secret('') })).files.size).toBe(1);
  });

  test('C20 loops over what a clone holds end soon', async () => {
    const many = placeOf({ domains: Array.from({ length: 2000 }, (_, index) => `d${index}.example.org`) });
    const each = '{{#each @root.conventions.domains}}';
    const bomb = `${each}${each}${each}x{{/each}}{{/each}}{{/each}}`;
    const { code, message } = await refusal(make(ASKED, { 'x.txt.hbs': bomb }, {}, many));
    expect([code, message]).toEqual(['E_TEMPLATE', expect.stringContaining('loops make more')]);
  });
});

test('no command takes a generator, or what it made at first, for apps', () => {
  for (const folder of ['.slipway/generators', '.slipway/generated', '.slipway/run'])
    expect(isLookedInto(folder, () => false)).toBe(false);
});

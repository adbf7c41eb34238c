import { thrown } from '../support/thrown.ts';
import { describe, expect, test } from 'vitest';
import { affordable } from '../support/measured.ts';
import { renderTemplate } from '../../src/repository/templates.ts';

describe('templates', () => {
  test('values are quoted where YAML needs it, never escaped for HTML', () => {
    expect(renderTemplate({ name: 'a.yaml', text: 'v: {{yaml v}}\n' }, { v: "1.10's <b> & more" })).toBe(
      'v: "1.10\'s <b> & more"\n',
    );
  });

  test('H03 a template-like answer stays text', () => {
    expect(renderTemplate({ name: 'a.yaml', text: 'v: {{yaml v}}\n' }, { v: '{{ .Values.x }}' })).toBe(
      'v: "{{ .Values.x }}"\n',
    );
  });

  test.each([
    ['H12 an unknown variable', 'v: {{nam}}\n', { name: 'x' }],
    ['an unknown helper', 'v: {{shout name}}\n', { name: 'x' }],
    ['a result that is no YAML', 'v: [{{name}}\n', { name: 'x' }],
    ['a syntax error', 'v: {{#if name}}\n', { name: 'x' }],
    ['T9 a prototype', 'v: {{name.constructor.name}}\n', { name: 'x' }],
  ])('%s is an error that names the template', (_, text, view) => {
    expect(() => renderTemplate({ name: 'app/a.yaml', text }, view)).toThrow(
      expect.objectContaining({ code: 'E_TEMPLATE', message: expect.stringContaining('app/a.yaml') }),
    );
  });
});

describe('C20 a template of a clone', () => {
  const bomb = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
    .map(
      (name, index, all) => `{{#*inline "${name}"}}${`{{> ${all[index + 1] ?? 'z'}}}`.repeat(10)}{{/inline}}`,
    )
    .join('');
  const loops = (depth: number): string =>
    '{{#each @root.list}}'.repeat(depth) + 'x' + '{{/each}}'.repeat(depth);
  const REFUSED = {
    'the constructor': '{{list.constructor}}',
    'the constructor of a function': '{{#each list}}{{this.constructor.constructor}}{{/each}}',
    __proto__: '{{list.__proto__}}',
    'a getter of the prototype': '{{__lookupGetter__}}',
    lookup: '{{lookup list "constructor"}}',
    'lookup in an argument': '{{yaml (lookup list "constructor")}}',
    with: '{{#with list.constructor}}{{name}}{{/with}}',
    log: '{{log "\u001b[31m"}}',
    'an unknown helper': '{{exec "id"}}',
    'a partial of the disk': '{{> ../../etc/passwd}}',
    'a partial block': '{{#> layout}}x{{/layout}}',
    'a partial that calls itself': '{{#*inline "a"}}{{> a}}{{/inline}}{{> a}}',
    'a bomb of partials': `${bomb}{{#*inline "z"}}${'z'.repeat(100)}{{/inline}}{{> a}}`,
    'a bomb of loops': loops(12),
    'endless text': 'x'.repeat(300_000),
    'calls in calls': `{{yaml ${'(yaml '.repeat(1000)}"x"${')'.repeat(1000)}}}`,
    'calls in calls behind texts that look like ends': `{{! "' }}{{yaml ${'(eq ")}}" '.repeat(20_000)}`,
    'blocks in blocks': `${'{{#if list}}'.repeat(2000)}${'{{/if}}'.repeat(2000)}`,
    'endless else': `{{#if list}}${'{{else if list}}'.repeat(5000)}{{/if}}`,
  };
  test.each(Object.entries(REFUSED))('%s is refused', (name, text) => {
    const view = { list: Array.from({ length: 50 }, () => 'x') };
    const error = affordable(() => thrown(() => renderTemplate({ name: 'app/x.txt', text }, view)));
    expect(error.code).toBe('E_TEMPLATE');
    expect(error.message).toMatch(/^(?:calls|blocks|endless else)/.test(name) ? /nested deeper/ : /app/);
  });

  test('many calls and blocks beside each other, and parentheses of texts, are no nesting', () => {
    const branches = Array.from({ length: 50 }, (_, index) => `{{else if (eq list "${index}")}}((((${index}`);
    const text = `{{#if (eq list "x")}}a${branches.join('')}{{/if}}`.repeat(3);
    expect(renderTemplate({ name: 'app/x.txt', text }, { list: '49' })).toBe('((((49'.repeat(3));
  });

  test('loops within the limit still run', () => {
    expect(renderTemplate({ name: 'app/x.txt', text: loops(3) }, { list: [1, 2] })).toBe('x'.repeat(8));
  });
});

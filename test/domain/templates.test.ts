import { describe, expect, test } from 'vitest';
import { renderTemplate } from '../../src/domain/templates.ts';

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

import { describe, expect, test } from 'vitest';
import { editTemplate } from '../../src/yaml/edit.ts';
import { readTemplate } from '../../src/yaml/helm-template.ts';
import { thrown } from '../support/thrown.ts';

const TEXT = `{{- if .Values.web.enabled }}
{{- /* two
  lines */}}
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: {{ .Values.prefix }}-web
  labels:
    {{- include "labels" . | nindent 4 }}
    {{ .Values.key }}: a
    {{ .Values.other }}: b
spec:
  source:
    chart: web
    targetRevision: 1.2.0 # as agreed
    helm:
      values: |
        {{- if .Values.tall }}
        host: "{{ printf "a}}%s" .Values.host }}"
        {{- end }}
        port: 1
{{- end }}
`;

describe('a template is read as YAML with its actions as words', () => {
  test('data, places and actions', () => {
    const template = readTemplate(TEXT);
    expect(template?.yaml.text).toHaveLength(TEXT.length);
    expect(template?.yaml.scalarAt(0, ['spec', 'source', 'targetRevision'])?.text).toBe('1.2.0');
    const name = template?.yaml.scalarAt(0, ['metadata', 'name'])?.text ?? '';
    expect(template?.filled(name, () => undefined)).toBe('{{ .Values.prefix }}-web');
    expect(template?.filled(name, action => action.length.toString())).toBe('20-web');
    const values = template?.yaml.scalarAt(0, ['spec', 'source', 'helm', 'values'])?.text ?? '';
    expect(template?.filled(values, () => undefined)).toContain('host: "{{ printf "a}}%s" .Values.host }}"');
  });

  test.each([
    ['a key in both branches', 'a: 1\n{{ if .x }}\nb: 1\n{{ else }}\nb: 2\n{{ end }}\n'],
    ['an action without an end', 'a: {{ .x\n'],
    ['a text without an end', 'a: {{ "x }}\n'],
    ['letters of private use', 'a: \ue000\n'],
  ])('not %s', (_, text) => {
    expect(readTemplate(text)).toBeUndefined();
  });

  test('lines with returns, an action at the end, one over the whole of a block', () => {
    const text = 'a: 1\r\n{{- if .x -}}\r\nb: {{ .y }}\r\n{{ end }}';
    const template = readTemplate(text);
    expect(template?.yaml.text.split('\r\n').map(line => line.length)).toEqual([4, 13, 11, 9]);
    expect(readTemplate('a: |\n  b: 1\n{{ .x }}\n  c: 1\n')?.yaml.documents).toEqual([
      { a: 'b: 1\n      \nc: 1\n' },
    ]);
  });
});

describe('a template is edited where it is YAML', () => {
  test('one value, and no other byte', () => {
    const edit = { kind: 'set', path: ['spec', 'source', 'targetRevision'], value: '1.3.0' } as const;
    expect(editTemplate(TEXT, 'web.yaml', edit)).toBe(TEXT.replace('1.2.0', '1.3.0'));
  });

  test.each([
    ['what an action gives', { kind: 'set', path: ['metadata', 'name'], value: 'web' }],
    ['what holds one', { kind: 'remove', path: ['metadata', 'labels'] }],
  ] as const)('never %s', (_, edit) => {
    expect(thrown(() => editTemplate(TEXT, 'web.yaml', edit)).code).toBe('E_YAML_SHAPE');
  });

  test('nor one that cannot be read', () => {
    const edit = { kind: 'set', path: ['a'], value: 2 } as const;
    expect(thrown(() => editTemplate('a: {{', 'web.yaml', edit)).code).toBe('E_YAML_SYNTAX');
  });
});

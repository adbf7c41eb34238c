import { expect, test } from 'vitest';
import { templateReads } from '../../src/charts/template-reads.ts';

type Dependency = { name: string; alias?: string; condition?: string };

function readerOf(files: Record<string, string>, path: string, dependencies: Dependency[] = []) {
  const contents = Object.entries(files).map(([name, text]) => [name, Buffer.from(text)] as const);
  return templateReads({ files: new Map(contents), dependencies }).readerOf(path);
}

const ROWS: [name: string, line: string, path: string, isRead: boolean][] = [
  ['the value itself', '{{ .Values.a.b }}', 'a.b', true],
  ['a map that it is in', '{{ toYaml .Values.a }}', 'a.b.c', true],
  ['a part of it', '{{ .Values.a.b.c }}', 'a.b', true],
  ['a sibling', '{{ .Values.a.c }}', 'a.b', false],
  ['from inside a with', '{{ $.Values.a.b }}', 'a.b', true],
  ['through a variable', '{{ $x := .Values.a }}{{ $x.b }}', 'a.b', true],
  ['by index', '{{ index .Values "a" "x.y" }}', 'a["x.y"]', true],
  ['by index, a sibling', '{{ index .Values "a" "x.z" }}', 'a["x.y"]', false],
  ['an item of a list that is read', '{{ range .Values.a }}', 'a[0].b', true],
  ['all values at once', '{{ range $key, $value := .Values }}', 'a.b', true],
  ['all values handed on', '{{ include "x" (dict "Values" .Values "a" 1) }}', 'a.b', true],
  ['in a remark', '{{/* pass .Values\nor .Values.a */}}', 'a.b', false],
  ['another word', '{{ .Values.ab }}', 'a', false],
];

test.each(ROWS)('%s', (_, line, path, isRead) => {
  const found = readerOf({ 'templates/x.yaml': `first: line\n${line}\n` }, path);
  expect(found).toBe(isRead ? 'templates/x.yaml:2' : undefined);
});

const SUBCHART = { 'charts/redis/templates/x.yaml': '{{ .Values.auth }}{{ .Values.global.b }}' };

test.each<[string, Dependency[], string, boolean]>([
  ['under its name', [{ name: 'redis' }], 'redis.auth', true],
  ['under its alias', [{ name: 'redis', alias: 'cache' }], 'cache.auth', true],
  ['under its alias, not its name', [{ name: 'redis', alias: 'cache' }], 'redis.auth', false],
  ['what it does not read', [{ name: 'redis' }], 'redis.other', false],
  ['global values', [{ name: 'redis' }], 'global.b', true],
  ['its condition', [{ name: 'redis', condition: 'redis.on, deploy.redis' }], 'deploy.redis', true],
  ['one whose templates are not at hand', [{ name: 'pg', alias: 'db' }], 'db.anything', true],
])('a subchart: %s', (_, dependencies, path, isRead) => {
  expect(readerOf(SUBCHART, path, dependencies) !== undefined).toBe(isRead);
});

test('what a subchart defines may be called with the values of its parent', () => {
  const files = {
    'charts/common/templates/_names.tpl': '{{ define "x" }}{{ .Values.nameOverride }}{{ end }}',
  };
  expect(readerOf(files, 'nameOverride', [{ name: 'common' }])).toBe('charts/common/templates/_names.tpl:1');
});

test('NOTES.txt configures nothing', () => {
  expect(readerOf({ 'templates/NOTES.txt': '{{ .Values.a }}' }, 'a')).toBeUndefined();
  expect(readerOf({ 'charts/redis/templates/NOTES.txt': '{{ .Values.a }}' }, 'redis.a')).toBeUndefined();
  expect(readerOf({ 'templates/other.txt': '{{ .Values.a }}' }, 'a')).toBe('templates/other.txt:1');
});

test.each([
  ['a default', '{{ .Values.new.b | default .Values.old }}', ['new.b']],
  ['the first that is set', '{{ coalesce .Values.old .Values.b .Values.c }}', ['b', 'c']],
  ['one line, no choice', '{{ .Values.old }}-{{ .Values.b }}', []],
  ['a part of it', '{{ .Values.old.part | default .Values.b }}', []],
])('what is read instead: %s', (_, line, beside) => {
  const files = new Map([['templates/x.yaml', Buffer.from(line)]]);
  expect(templateReads({ files, dependencies: [] }).readBeside('old')).toEqual(beside);
});

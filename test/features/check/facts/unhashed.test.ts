import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { unhashedIn } from '../../../../src/features/check/facts/unhashed.ts';
import { parseManifests } from '../../../../src/repository/manifest.ts';

const objects = (...texts: string[]): ReturnType<typeof unhashedIn> =>
  unhashedIn(parseManifests(texts.map(text => parse(text) as unknown)));

const settings = (name: string): string => `{apiVersion: v1, kind: ConfigMap, metadata: {name: ${name}}}`;
const web = (spec: string): string =>
  `{apiVersion: example.test/v1, kind: Web, metadata: {name: web, labels: {configMap: settings}}, spec: ${spec}}`;

test.each([
  ['{configMap: settings}', 'spec.configMap'],
  ['{volumes: [{configMap: {name: settings}}]}', 'spec.volumes.0.configMap.name'],
  ['{valuesFrom: [{kind: ConfigMap, name: settings}]}', 'spec.valuesFrom.0.name'],
  ['{envFrom: [{configMapRef: {name: settings}}]}', 'spec.envFrom.0.configMapRef.name'],
])('%s asks for a name without its hash', (spec, path) => {
  const is = 'settings-2t4h6k8m9b';
  expect(objects(settings(is), web(spec))).toEqual([
    { kind: 'ConfigMap', name: 'settings', is, by: 'Web web', path },
  ]);
});

test.each([
  ['the hash', '{configMap: settings-2t4h6k8m9b}', ''],
  ['an object of that name', '{configMap: settings}', settings('settings')],
  ['another kind', '{secretName: settings}', ''],
  ['a name of something else', '{name: settings, containers: [{name: settings}]}', ''],
])('silent about %s', (_, spec, more) => {
  const all = [settings('settings-2t4h6k8m9b'), web(spec), ...(more === '' ? [] : [more])];
  expect(objects(...all)).toEqual([]);
});

test('a name that only looks like one with a hash is none', () => {
  expect(objects(settings('settings-production1'), web('{configMap: settings}'))).toEqual([]);
});

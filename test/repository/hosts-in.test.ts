import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { hostsInManifest, hostsInValues } from '../../src/repository/hosts-in.ts';

test.each<[string, string[]]>([
  ['ingress: {enabled: true, hosts: [a.example]}', ['a.example']],
  ['ingress: {enabled: true, hosts: [{host: a.example, paths: [{path: /}]}]}', ['a.example']],
  ['ingress: {enabled: false, hosts: [a.example]}', []],
  ['ingress: {hostname: a.example, tls: true}', ['a.example']],
  ['server: {ingress: {main: {enabled: true, hosts: [{host: a.example}]}}}', ['a.example']],
  [
    'httpRoute: {enabled: true, parentRefs: [{name: main}], hostnames: [a.example, b.example]}',
    ['a.example', 'b.example'],
  ],
  ['web: {parentRefs: [{name: main}], hostnames: [a.example]}', ['a.example']],
  ['expose: {type: ingress, ingress: {hosts: {core: a.example}}, clusterIP: {name: x}}', ['a.example']],
  ['expose: {type: clusterIP, ingress: {hosts: {core: a.example}}, clusterIP: {name: x}}', []],
  ['gateway: {enabled: false, inner: {host: a.example}}', []],
  // A database, a mail server and a link are no hosts of the app.
  ['externalDatabase: {host: a.example}', []],
  ['smtp: {hosts: [a.example]}', []],
  ['config: {root_url: "https://a.example"}', []],
  ['[]', []],
  ['null', []],
])('%s', (values, hosts) => {
  expect(hostsInValues(parse(values))).toEqual(hosts);
});

test.each<[string, string, string[]]>([
  ['HTTPRoute', 'spec: {hostnames: [a.example]}', ['a.example']],
  ['TLSRoute', 'spec: {hostnames: [a.example]}', ['a.example']],
  ['Ingress', 'spec: {rules: [{host: a.example}, {http: {}}]}', ['a.example']],
  ['VirtualService', 'spec: {hosts: [a.example]}', ['a.example']],
  [
    'IngressRoute',
    'spec: {routes: [{match: "Host(`a.example`) || Host(`b.example`)"}]}',
    ['a.example', 'b.example'],
  ],
  ['ConfigMap', 'spec: {hostnames: [a.example]}', []],
])('of a %s: %s', (kind, body, hosts) => {
  expect(hostsInManifest({ kind, body: parse(body) })).toEqual(hosts);
});

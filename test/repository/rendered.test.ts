import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { parseManifests } from '../../src/repository/manifest.ts';
import { images, isPrefixed, isRenamed, missingSecrets, services } from '../../src/repository/rendered.ts';
import { dedent } from '../support/repository-text.ts';

function rendered(text: string) {
  return parseManifests(parseAllDocuments(dedent(text)).map(document => document.toJS() as unknown));
}

test('services with their TCP ports; headless ones are marked', () => {
  const objects = rendered(`
    apiVersion: v1
    kind: Service
    metadata: {name: web}
    spec: {ports: [{name: http, port: 80, targetPort: 8080, appProtocol: http}, {name: gossip, port: 7946, protocol: UDP}]}
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: web-headless}
    spec: {clusterIP: None, ports: [{port: 80}]}
    ---
    apiVersion: serving.example/v1
    kind: Service
    metadata: {name: other}
    spec: {}
  `);
  expect(services(objects)).toEqual([
    { name: 'web', headless: false, ports: [{ name: 'http', port: 80, appProtocol: 'http' }] },
    { name: 'web-headless', headless: true, ports: [{ name: undefined, port: 80, appProtocol: undefined }] },
  ]);
});

test('images wherever containers stand, and what kustomize reaches of them', () => {
  const objects = rendered(`
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: a}
    spec: {template: {spec: {initContainers: [{image: i}], containers: [{image: c, env: [{name: image, value: no}]}], ephemeralContainers: [{image: e}]}}}
    ---
    apiVersion: batch/v1
    kind: CronJob
    metadata: {name: b}
    spec: {jobTemplate: {spec: {template: {spec: {containers: [{image: j}]}}}}}
    ---
    apiVersion: m/v1
    kind: Prometheus
    metadata: {name: p}
    spec: {image: cr, containers: []}
    ---
    apiVersion: apiextensions.k8s.io/v1
    kind: CustomResourceDefinition
    metadata: {name: d}
    spec: {containers: [{image: never}]}
  `);
  const found = images(objects);
  expect(found.map(({ image, path }) => [image, path])).toEqual([
    ['i', 'spec/template/spec/initContainers/image'],
    ['c', 'spec/template/spec/containers/image'],
    ['e', 'spec/template/spec/ephemeralContainers/image'],
    ['j', 'spec/jobTemplate/spec/template/spec/containers/image'],
    ['cr', 'spec/image'],
  ]);
  const specs = [
    { path: 'spec/template/spec/containers[]/image', kind: undefined },
    { path: 'spec/image', kind: 'Prometheus' },
  ];
  expect(found.filter(image => isPrefixed(image, specs)).map(({ image }) => image)).toEqual(['c', 'cr']);
  expect(found.filter(isRenamed).map(({ image }) => image)).toEqual(['i', 'c', 'j']);
});

test('secrets that nothing renders, with the keys that are read', () => {
  const objects = rendered(`
    apiVersion: v1
    kind: Pod
    metadata: {name: a}
    spec:
      containers:
        - env:
            - {name: A, valueFrom: {secretKeyRef: {name: db, key: password}}}
            - {name: B, valueFrom: {secretKeyRef: {name: db, key: user}}}
            - {name: C, valueFrom: {secretKeyRef: {name: own, key: k}}}
            - {name: D, valueFrom: {secretKeyRef: {name: maybe, key: k, optional: true}}}
          envFrom: [{secretRef: {name: all}}]
      volumes:
        - {name: v, secret: {secretName: tls, items: [{key: tls.crt, path: c}]}}
    ---
    apiVersion: v1
    kind: Secret
    metadata: {name: own}
  `);
  expect(missingSecrets(objects)).toEqual([
    { name: 'db', keys: ['password', 'user'] },
    { name: 'all', keys: [] },
    { name: 'tls', keys: ['tls.crt'] },
  ]);
});

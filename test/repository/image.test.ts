import { describe, expect, test } from 'vitest';
import { parseImage } from '../../src/repository/image.ts';
import { thrown } from '../support/thrown.ts';

const SHA = `sha256:${'a1'.repeat(32)}`;

describe('references', () => {
  test.each([
    ['nginx', 'nginx', undefined, undefined, undefined, 'docker.io/library/nginx'],
    ['nginx:1.27', 'nginx', undefined, '1.27', undefined, 'docker.io/library/nginx'],
    [`nginx@${SHA}`, 'nginx', undefined, undefined, SHA, 'docker.io/library/nginx'],
    ['grafana/grafana:11', 'grafana/grafana', undefined, '11', undefined, 'docker.io/grafana/grafana'],
    ['docker.io/nginx', 'docker.io/nginx', 'docker.io', undefined, undefined, 'docker.io/library/nginx'],
    ['index.docker.io/a/b', 'index.docker.io/a/b', 'index.docker.io', undefined, undefined, 'docker.io/a/b'],
    [`ghcr.io/a/b/c:v1@${SHA}`, 'ghcr.io/a/b/c', 'ghcr.io', 'v1', SHA, 'ghcr.io/a/b/c'],
    ['localhost/x', 'localhost/x', 'localhost', undefined, undefined, 'localhost/x'],
    ['registry:5000/x:y', 'registry:5000/x', 'registry:5000', 'y', undefined, 'registry:5000/x'],
    ['[fd00::1]:5000/x', '[fd00::1]:5000/x', '[fd00::1]:5000', undefined, undefined, '[fd00::1]:5000/x'],
    [
      `docker.io/${'f0'.repeat(32)}`,
      `docker.io/${'f0'.repeat(32)}`,
      'docker.io',
      undefined,
      undefined,
      `docker.io/library/${'f0'.repeat(32)}`,
    ],
    [
      `ghcr.io/${'f0'.repeat(32)}:1`,
      `ghcr.io/${'f0'.repeat(32)}`,
      'ghcr.io',
      '1',
      undefined,
      `ghcr.io/${'f0'.repeat(32)}`,
    ],
    [
      `${'f0'.repeat(32)}:1`,
      'f0'.repeat(32),
      undefined,
      '1',
      undefined,
      `docker.io/library/${'f0'.repeat(32)}`,
    ],
    ['a__b/c.d-e--f', 'a__b/c.d-e--f', undefined, undefined, undefined, 'docker.io/a__b/c.d-e--f'],
  ])('%s', (text, name, registry, tag, digest, canonical) => {
    const image = parseImage(text);
    expect([image.name, image.registry, image.tag, image.digest, image.canonical]).toEqual([
      name,
      registry,
      tag,
      digest,
      canonical,
    ]);
    expect(image.short).toBe(registry === undefined);
    expect(image.name).toBe(registry === undefined ? image.repository : `${registry}/${image.repository}`);
  });
});

test.each([
  '',
  'Nginx',
  'ghcr.io/A/b',
  'nginx:',
  'nginx@',
  'nginx@sha256:abc',
  `nginx@${SHA}@${SHA}`,
  `nginx@${SHA.toUpperCase()}`,
  'a//b',
  '/a',
  'a/',
  '-a',
  'a-',
  'a___b',
  'a..b',
  'http://nginx',
  'nginx:a b',
  'nginx\n',
  'nginx:1.27#',
  `nginx:${'1'.repeat(129)}`,
  `a/${'b'.repeat(300)}`,
  'f0'.repeat(32),
  'registry:port/x',
  '$(id)',
  '{{ .Values.image }}',
])('H03 %j is not an image', text => {
  expect(thrown(() => parseImage(text)).code).toBe('E_VALUE');
});

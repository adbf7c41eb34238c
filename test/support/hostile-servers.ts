import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Attack } from './hostile-clone.ts';
import { archiveOf } from './chart-repository.ts';
import { HOSTILE } from './hostile.ts';
import { type FixtureServer, type Route, serveHttp } from './http-server.ts';
import { newValues, oldValues, ourValues } from './upgrade-fixture.ts';
import { tgz } from './tar.ts';

const MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: "{{ .Chart.Name }}"}\n';

/** What the newer version of each chart is: by the name of the chart. */
function newer(name: string, files: Record<string, string>): Buffer {
  return archiveOf({
    name,
    version: '1.1.0',
    files: { 'values.yaml': newValues(name), 'templates/a.yaml': MAP, ...files },
  });
}

function entryOf(name: string, version: string, archive: Buffer, more = ''): string {
  const digest = createHash('sha256').update(archive).digest('hex');
  return `  - apiVersion: v2\n    created: "2025-01-15T08:00:00Z"\n    digest: ${digest}\n    name: ${name}\n    urls: [${name}-${version}.tgz]\n    version: ${version}\n${more}`;
}

/** The repository of one chart: a good 1.0.0, and a 1.1.0 that is what it is. */
function published(name: string, archive: Buffer, more = ''): Record<string, Route> {
  const old = archiveOf({
    name,
    version: '1.0.0',
    files: { 'values.yaml': oldValues(name), 'templates/a.yaml': MAP },
  });
  const entries = `${entryOf(name, '1.1.0', archive, more)}${entryOf(name, '1.0.0', old)}`;
  return {
    [`/${name}/index.yaml`]: { body: `apiVersion: v1\nentries:\n  ${name}:\n${entries}` },
    [`/${name}/${name}-1.0.0.tgz`]: { body: old },
    [`/${name}/${name}-1.1.0.tgz`]: { body: archive },
  };
}

const CHART_YAML = (name: string) => ({
  path: `${name}/Chart.yaml`,
  content: `apiVersion: v2\nname: ${name}\nversion: 1.1.0\n`,
});

/** A chart repository with each of its faults at a path of its own; what its charts refer to lies with `stranger`. */
export function hostileRepository(stranger: string): Promise<FixtureServer> {
  const schema = JSON.stringify({ $schema: `${stranger}/meta`, $ref: `${stranger}/ref` });
  const escape = { path: '../../../../ran', content: 'x' };
  const bomb = gzipSync(Buffer.alloc(64 << 20));
  return serveHttp({
    ...published('good', newer('good', {})),
    ...published('schema', newer('schema', { 'values.schema.json': schema })),
    ...published('endless', newer('endless', { 'templates/b.yaml': '{{ repeat 400000000 "a" }}' })),
    ...published(
      'text',
      newer('text', { 'values.yaml': `# ${printable(HOSTILE)}\n${newValues('text')}` }),
      descriptionOf(HOSTILE),
    ),
    ...published('hooks', tgz(CHART_YAML('hooks'), { path: 'hooks/.git/hooks/pre-commit', content: 'x' })),
    ...published('short', tgz(CHART_YAML('short'), { path: 'short/GIT~1/config', content: 'x' })),
    ...published('above', tgz(CHART_YAML('above'), escape)),
    ...published(
      'link',
      tgz(CHART_YAML('link'), { path: 'link/values.yaml', type: '2', linkpath: '/etc/passwd' }),
    ),
    ...published('bomb', bomb),
    ...published('other', newer('good', {})),
    '/nul/index.yaml': { body: Buffer.alloc(16 << 20) },
    '/deep/index.yaml': { body: `entries: ${'['.repeat(1 << 20)}` },
    '/circle/index.yaml': { status: 302, headers: { location: 'index.yaml' } },
    '/many/index.yaml': {
      body: `apiVersion: v1\nentries:\n  many:\n${'  - {version: 1.0.0, urls: [a]}\n'.repeat(200_000)}`,
    },
  });
}

function printable(text: string): string {
  return text.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');
}

function descriptionOf(text: string): string {
  return `    description: ${JSON.stringify(printable(text))}\n`;
}

/** A registry that sends logins elsewhere, and one with very many tags. */
export function hostileRegistry(stranger: string): Promise<FixtureServer> {
  const tags = Array.from({ length: 120_000 }, (_, at) => `1.0.${at}`);
  return serveHttp({
    '/v2/realm/realm/tags/list': {
      status: 401,
      headers: { 'www-authenticate': `Bearer realm="${stranger}/token",service="x"` },
    },
    '/v2/tags/tags/tags/list': { body: JSON.stringify({ name: 'tags/tags', tags }) },
  });
}

/** An app for each chart: what it pins is fine, what would be next is not. */
export function customers(repository: string, registry: string): Attack[] {
  const names = ['schema', 'endless', 'text', 'hooks', 'short', 'above', 'link', 'bomb', 'other'];
  const unreadable = ['nul', 'deep', 'circle', 'many'];
  const apps = [...names, ...unreadable].map(name => [name, `${repository}/${name}`] as const);
  const oci = ['realm', 'tags'].map(name => [name, `oci://${registry}/${name}`] as const);
  return [...apps, ...oci, ['good', `${repository}/good`] as const].map(([name, repo]) =>
    customer(name, repo),
  );
}

function customer(name: string, repo: string): Attack {
  return {
    id: `buys-${name}`,
    says: '',
    files: {
      '.gitignore': 'charts/*\n',
      'kustomization.yaml': `namespace: ${name}\nresources: [ok.yaml]\nhelmCharts:\n  - name: ${name}\n    repo: ${repo}\n    version: 1.0.0\n    releaseName: ${name}\n    namespace: ${name}\n    valuesFile: values/${name}-1.0.0.yaml\n`,
      [`values/${name}-1.0.0.yaml`]: ourValues(name),
    },
  };
}

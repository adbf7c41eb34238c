import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { findRenderer, packageOf } from '../../src/system/renderer/find-renderer.ts';
import { makeFolder, writeFiles } from '../support/repository.ts';
import { tgz } from '../support/tar.ts';
import { APPS, BROKEN } from './apps.ts';
import type { Files } from './charts.ts';
import { bytesOf, canCompare, hasRenderer, helmTemplate, openRenderer } from './support.ts';

const VALUES = 'replicas: 4\nenv: { A: "<&>" }\nnothing: null\n';
const REQUEST = { release: 'shop', namespace: 'store', values: Buffer.from(VALUES) };

type ChartCase = { name: string; files: Files };

/** The chart `web` of each app that has one, by path from its own folder. */
function charts(apps: readonly { name: string; files: Files }[]): ChartCase[] {
  return apps.flatMap(({ name, files }) => {
    const start = `production/${name}/charts/web/`;
    const own = Object.entries(files).filter(([file]) => file.startsWith(start));
    if (own.length === 0) return [];
    return [{ name, files: Object.fromEntries(own.map(([file, text]) => [file.slice(start.length), text])) }];
  });
}

function folderOf(files: Files): string {
  const root = makeFolder();
  writeFiles(root, files);
  return root;
}

const DIFFERENT = ['crds', 'hooks', 'asks', 'subcharts', 'schema', 'deprecated'];

describe.skipIf(!canCompare)('a chart gives what helm template gives', () => {
  test.each(charts(APPS).filter(({ name }) => DIFFERENT.includes(name)))('$name', async ({ files }) => {
    const onDisk = {
      ...Object.fromEntries(Object.entries(files).map(([file, text]) => [`chart/${file}`, text])),
      'v.yaml': VALUES,
    };
    const expected = helmTemplate(onDisk, REQUEST);
    expect(expected).toMatchObject({ code: 0 });
    const renderer = openRenderer();
    expect((await renderer.template({ ...REQUEST, chart: { folder: folderOf(files) } })).manifests).toBe(
      expected.stdout,
    );
    // An archive has no .helmignore: it is helm's packing that heeds it.
    const packed = Object.fromEntries(Object.entries(files).map(([file, text]) => [`web/${file}`, text]));
    for (const name of ['web/secret.env', 'web/docs/big.md', 'web/templates/.hidden.yaml'])
      delete packed[name];
    const archive = tgz(...Object.entries(packed).map(([name, content]) => ({ path: name, content })));
    expect((await renderer.template({ ...REQUEST, chart: { archive } })).manifests).toBe(expected.stdout);
  });

  test.each(
    charts(BROKEN).filter(({ name }) =>
      ['template-fails', 'template-syntax', 'required', 'nil'].includes(name),
    ),
  )('$name: the error names the place', async ({ files }) => {
    const failure = openRenderer().template({ ...REQUEST, chart: { folder: folderOf(files) } });
    await expect(failure).rejects.toMatchObject({
      code: 'E_RENDER',
      subject: 'shop',
      message: expect.stringMatching(/^helm template failed: .*web\/templates\/bad\.yaml:1/) as unknown,
    });
  });
});

describe.skipIf(!hasRenderer)('versions', () => {
  test('the engines say which they are', async () => {
    expect(await openRenderer().engines()).toEqual({
      helm: expect.stringMatching(/^v3\.\d+\.\d+$/) as unknown,
      kustomize: expect.stringMatching(/^v5\.\d+\.\d+$/) as unknown,
      kubeVersion: expect.stringMatching(/^v1\.(3[4-9]|[4-9]\d)\.0$/) as unknown,
    });
  });

  test('the cluster of the request, else that of the renderer, else a recent one', async () => {
    const files = {
      'Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
      'templates/a.yaml':
        'kube: {{ .Capabilities.KubeVersion }}, {{ .Capabilities.APIVersions.Has "a/v1" }}, {{ .Capabilities.HelmVersion.Version }}\n',
    };
    const request = { ...REQUEST, chart: { folder: folderOf(files) } };
    const renderer = openRenderer();
    const { helm, kubeVersion } = await renderer.engines();
    expect((await renderer.template(request)).manifests).toContain(`kube: ${kubeVersion}, false, ${helm}\n`);
    const cluster = { kubeVersion: '1.33', apiVersions: ['a/v1'] };
    expect((await renderer.template(request, cluster)).manifests).toContain('kube: v1.33, true');
    const other = openRenderer({ ...cluster, kubeVersion: '1.32.1' });
    expect((await other.template(request)).manifests).toContain('kube: v1.32.1, true');
    expect((await other.template(request, { kubeVersion: '1.31' })).manifests).toContain('kube: v1.31, true');
    await expect(renderer.template(request, { kubeVersion: 'new' })).rejects.toThrow(
      "invalid kube version 'new'",
    );
  });

  test('a kustomization that names its cluster keeps it', async () => {
    const named = APPS.find(({ name }) => name === 'cluster');
    const { manifests } = await openRenderer().build(bytesOf(named?.files ?? {}), 'production/cluster', {
      kubeVersion: '1.30',
    });
    expect(manifests).toContain('kube: v1.31.4');
  });
});

test('the program is what the environment says, else what PATH has', async () => {
  const folder = makeFolder();
  const program = path.join(folder, 'slipway-renderer');
  expect(findRenderer({ PATH: folder })).toBeUndefined();
  writeFileSync(program, '');
  chmodSync(program, 0o644);
  expect(findRenderer({ PATH: folder })).toBeUndefined();
  chmodSync(program, 0o755);
  mkdirSync(path.join(folder, 'other'));
  expect(findRenderer({ PATH: `:.:${folder}/other:${folder}` })).toBe(program);
  expect(findRenderer({ PATH: folder, SLIPWAY_RENDERER: '/my/own' })).toBe('/my/own');
  expect(findRenderer({ PATH: folder, SLIPWAY_RENDERER: '' })).toBeUndefined();
  expect(packageOf('linux', 'x64')).toBe('@slipway/renderer-linux-x64');
});

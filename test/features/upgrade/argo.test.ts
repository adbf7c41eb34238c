import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import path from 'node:path';
import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { archiveOf } from '../../support/chart-repository.ts';
import { type FluxServers, serveFluxCharts } from '../../support/flux-fixture.ts';
import {
  changedLines,
  makeFolder,
  makeRepository,
  readTree,
  writeFiles,
  commitAll,
} from '../../support/repository.ts';
import { type Run, slipwayIn, slipwayJson } from '../../support/slipway.ts';
import { findTool } from '../../support/tools.js';
import { newValues, oldValues } from '../../support/upgrade-fixture.ts';

let servers: FluxServers;
beforeAll(async () => {
  servers = await serveFluxCharts();
});
afterAll(() => servers.close());

function upgrade(root: string, ...args: string[]): Promise<Run> {
  return slipwayIn(root, 'upgrade', '--yes', '--no-render', ...args);
}

function application(name: string, spec: string): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: ${name}
  namespace: argocd
spec:
  project: default
  destination: {server: https://kubernetes.default.svc, namespace: ${name}}
${spec}`;
}

function chartSource(name: string, url: string, more = '', revision = '1.0.0'): string {
  return `  source:
    repoURL: ${url}
    chart: ${name}
    targetRevision: ${revision}   # kept in step with the others
${more}`;
}

const TEXT = `    helm:
      releaseName: own
      values: |-
        # ours
        replicaCount: 3 # agreed

        image:
          tag: "1.1"   # ahead
        service: {legacy: false}
`;

type Items = { items: Record<string, unknown>[] };

describe('Applications', () => {
  test('from a repository, a registry without its scheme, several sources, an ApplicationSet', async () => {
    const { http, registry } = servers;
    const several = `  sources:\n    - {repoURL: ${http.url}, chart: cargo, targetRevision: 1.0.0}\n    - {repoURL: https://git.example.org/x.git, path: extra, targetRevision: HEAD}\n`;
    const set = `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: set}\nspec:\n  generators: [{list: {elements: [{cluster: a}]}}]\n  template:\n    metadata: {name: 'derrick-{{cluster}}'}\n    spec:\n${chartSource('derrick', http.url).replaceAll(/^/gm, '    ')}\n`;
    const root = makeRepository({
      'argo/anchor.yaml': application('anchor', chartSource('anchor', http.url)),
      'argo/beacon.yaml': application('beacon', chartSource('beacon', `${registry.host}/charts`)),
      'argo/cargo.yaml': application('cargo', several),
      'argo/derrick.yaml': set,
      'argo/ensign.yaml': application('ensign', chartSource('ensign', http.url, '', '1.*')),
      'argo/ferry.yaml': application(
        'ferry',
        chartSource('ferry', http.url, '', '1.0.0 # pinned: see the wiki'),
      ),
    });
    const { items } = await slipwayJson<Items>(root, 'outdated');
    expect(
      items.map(({ app, delivery, name, source, status }) => [app, delivery, name, source, status]),
    ).toEqual([
      ['argo/anchor.yaml', 'argo', 'anchor', http.url, 'outdated'],
      ['argo/beacon.yaml', 'argo', 'beacon', `oci://${registry.host}/charts`, 'outdated'],
      ['argo/cargo.yaml', 'argo', 'cargo', http.url, 'outdated'],
      ['argo/derrick.yaml', 'argo', 'derrick', http.url, 'outdated'],
      ['argo/ensign.yaml', 'argo', 'ensign', http.url, 'range'],
      ['argo/ferry.yaml', 'argo', 'ferry', http.url, 'held'],
    ]);
    expect((await upgrade(root)).code).toBe(0);
    const lines = changedLines(root);
    expect(
      lines.filter(line => line.startsWith('-')).map(line => line.replace('1.0.0', '1.1.0').slice(1)),
    ).toEqual(lines.filter(line => line.startsWith('+')).map(line => line.slice(1)));
    expect(lines).toHaveLength(8);
    const after = readTree(root);
    expect([(await upgrade(root)).code, readTree(root)]).toEqual([0, after]);
  });

  test('a chart of the repository makes Applications: versions move in its templates and its values, whatever Helm fills in beside', async () => {
    const templated = (name: string, revision: string): string =>
      `{{- if .Values.${name}.enabled }}\n${application(`{{ .Values.prefix }}-${name}`, chartSource(name, servers.http.url, '', revision))}{{- with .Values.${name}.sync }}\n  syncPolicy: {{ toYaml . | nindent 4 }}\n{{- end }}\n{{- end }}\n`;
    const root = makeRepository({
      'fleet/Chart.yaml': 'apiVersion: v2\nname: fleet\nversion: 0.1.0\n',
      'fleet/values.yaml': 'prefix: a\nbeacon:\n  version: 1.0.0 # in step\n',
      'fleet/templates/anchor.yaml': templated('anchor', '"1.0.0"'),
      'fleet/templates/beacon.yaml': templated('beacon', '{{ .Values.beacon.version | quote }}'),
      'fleet/templates/cargo.yaml': templated('cargo', '{{ .Values.cargo.version }}'),
    });
    const { items } = await slipwayJson<Items>(root, 'outdated');
    expect(items.map(({ name, current, status }) => [name, current, status])).toEqual([
      ['anchor', '1.0.0', 'outdated'],
      ['beacon', '1.0.0', 'outdated'],
      ['cargo', '{{ .Values.cargo.version }}', 'held'],
    ]);
    expect((await upgrade(root)).code).toBe(0);
    expect(changedLines(root).toSorted()).toEqual([
      '+    targetRevision: "1.1.0"   # kept in step with the others',
      '+  version: 1.1.0 # in step',
      '-    targetRevision: "1.0.0"   # kept in step with the others',
      '-  version: 1.0.0 # in step',
    ]);
    const after = readTree(root);
    expect([(await upgrade(root)).code, readTree(root)]).toEqual([0, after]);
  });

  test('versions that files and lists give to an ApplicationSet are moved there, each once', async () => {
    const own = 'https://git.example.org/team/cluster.git';
    const set = `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: set}
spec:
  goTemplate: true
  generators:
    - matrix:
        generators:
          - git: {repoURL: ${own}, revision: HEAD, files: [{path: clusters/*.json}]}
          - list: {elements: [{tenant: red}, {tenant: blue}]}
    - list: {elements: [{anchor: 1.0.0}, {anchor: 1.1.0}]}
  template:
    metadata: {name: 'x-{{ .tenant }}'}
    spec:
      destination: {server: x, namespace: x}
      source: {repoURL: ${servers.http.url}, chart: anchor, targetRevision: '{{ .anchor }}'}
`;
    const root = makeRepository({
      'argo/set.yaml': set,
      'argo/self.yaml': application(
        'self',
        `  source: {repoURL: ${own}, path: argo, targetRevision: HEAD}\n`,
      ),
      'clusters/a.json': '{\n  "anchor": "1.0.0",\n  "region": "eu"\n}\n',
      'clusters/b.json': '{"region": "us", "anchor": "1.1.0"}\n',
    });
    const { items } = await slipwayJson<Items>(root, 'outdated');
    expect(items.map(({ current, status }) => `${String(current)} ${String(status)}`)).toEqual([
      '1.0.0 outdated',
      '1.1.0 current',
      '1.0.0 outdated',
      '1.1.0 current',
    ]);
    expect((await upgrade(root)).code).toBe(0);
    expect(changedLines(root).toSorted()).toEqual([
      '+    - list: {elements: [{anchor: 1.1.0}, {anchor: 1.1.0}]}',
      '+  "anchor": "1.1.0",',
      '-    - list: {elements: [{anchor: 1.0.0}, {anchor: 1.1.0}]}',
      '-  "anchor": "1.0.0",',
    ]);
    const after = readTree(root);
    expect([(await upgrade(root)).code, readTree(root)]).toEqual([0, after]);
  });

  test('values in a text are judged, and edited inside of it', async () => {
    const root = makeRepository({
      'argo/anchor.yaml': application('anchor', chartSource('anchor', servers.http.url, TEXT)),
    });
    type Report = { apps: { charts: { outcomes: { path: string; outcome: string }[] }[] }[] };
    const { apps } = await slipwayJson<Report>(root, 'upgrade', '--yes', '--no-render', '--dry-run');
    expect(apps[0]?.charts[0]?.outcomes.map(({ path: at, outcome }) => `${at} ${outcome}`)).toEqual([
      'replicaCount kept',
      'image.tag redundant-now',
      'service.legacy removed-and-dead',
    ]);
    const before = readFileSync(path.join(root, 'argo/anchor.yaml'), 'utf8');
    await upgrade(root, '--tidy');
    const after = readFileSync(path.join(root, 'argo/anchor.yaml'), 'utf8');
    expect(after).toBe(
      before
        .replace('targetRevision: 1.0.0', 'targetRevision: 1.1.0')
        .replace('\n        image:\n          tag: "1.1"   # ahead\n        service: {legacy: false}\n', '\n')
        .replace('agreed\n\n', 'agreed\n'),
    );
  });

  test('parameters are judged as values, key by key, and taken out alone', async () => {
    const parameters = `    helm:
      parameters:
        - {name: replicaCount, value: "3"} # agreed
        # ahead of the chart
        - name: image.tag
          value: "1.1"
          forceString: true
        - name: service.legacy
          value: "false"
`;
    const root = makeRepository({
      'argo/anchor.yaml': application('anchor', chartSource('anchor', servers.http.url, parameters)),
    });
    type Report = {
      apps: { charts: { outcomes: { path: string; outcome: string }[] }[] }[];
    };
    const { apps } = await slipwayJson<Report>(root, 'upgrade', '--yes', '--no-render', '--dry-run');
    expect(apps[0]?.charts[0]?.outcomes.map(({ path: at, outcome }) => `${at} ${outcome}`)).toEqual([
      'replicaCount kept',
      'image.tag redundant-now',
      'service.legacy removed-and-dead',
    ]);
    const diff = await slipwayIn(root, 'diff');
    expect(diff.stdout).toMatch(/argo\/anchor\.yaml#0:spec\.source\.helm\.parameters/);
    const before = readFileSync(path.join(root, 'argo/anchor.yaml'), 'utf8');
    await upgrade(root, '--tidy');
    const after = readFileSync(path.join(root, 'argo/anchor.yaml'), 'utf8');
    expect(after).toBe(
      before
        .replace('targetRevision: 1.0.0', 'targetRevision: 1.1.0')
        .replace(/        # ahead of the chart\n[^]*$/, ''),
    );
    const again = await upgrade(root, '--tidy');
    expect([again.code, readFileSync(path.join(root, 'argo/anchor.yaml'), 'utf8')]).toEqual([0, after]);
  });

  test('files behind parameters count as texts, a part of a list is named as not compared, the last one takes its list along', async () => {
    const parameters = (more: string): string =>
      `    helm:\n      parameters:\n${more}        - {name: service.legacy, value: "true"}\n      fileParameters: [{name: service.gone, path: files/a.txt}]\n`;
    const part = '        - {name: "list[0]", value: x}\n';
    const root = makeRepository({
      'argo/anchor.yaml': application('anchor', chartSource('anchor', servers.http.url, parameters(part))),
      'argo/beacon.yaml': application('beacon', chartSource('anchor', servers.http.url, parameters(''))),
    });
    type Diff = { notCompared: { place: string }[]; charts: { customisations: { path: string }[] }[] };
    const { notCompared, charts } = await slipwayJson<Diff>(root, 'diff');
    expect(notCompared.map(({ place }) => place)).toEqual([
      'argo/anchor.yaml#0:spec.source.helm.parameters: list[0]',
    ]);
    expect(charts.flatMap(each => each.customisations.map(({ path: at }) => at))).toContain('service.gone');
    await upgrade(root, '--tidy');
    const after = readFileSync(path.join(root, 'argo/beacon.yaml'), 'utf8');
    expect(after).toContain('targetRevision: 1.1.0');
    expect(after).not.toMatch(/arameters|legacy|gone/);
  });

  test.each([
    ['|', 'edited'],
    ['|-', 'edited'],
    ['|2', 'edited'],
    ['|+', 'edited'],
    // Every line of a folded text would have to be written anew.
    ['>-', 'refused'],
    ['>', 'refused'],
  ])('a text behind %s is %s', async (header, done) => {
    const values = TEXT.replace('values: |-', `values: ${header}`);
    const root = makeRepository({
      'argo/anchor.yaml': application('anchor', chartSource('anchor', servers.http.url, values)),
    });
    const { code, stdout } = await upgrade(root, '--tidy', '--json');
    const after = readFileSync(path.join(root, 'argo/anchor.yaml'), 'utf8');
    expect([code, after.includes('1.1.0   # kept in step'), after.includes('# ahead')]).toEqual(
      done === 'refused' ? [2, false, true] : [0, true, false],
    );
    expect(stdout.includes('argo/anchor.yaml: spec.source.helm.values')).toBe(done === 'refused');
    expect(after).toContain('        # ours\n        replicaCount: 3 # agreed\n');
  });

  test('a file of this repository behind $ref is migrated; one of another repository is left, the chart moves', async () => {
    const refs = (url: string): string =>
      `  sources:
    - repoURL: ${servers.http.url}
      chart: anchor
      targetRevision: 1.0.0
      helm:
        valueFiles:
          - $values/production/anchor/values/anchor-1.0.0.yaml
    - repoURL: ${url}
      targetRevision: HEAD
      ref: values
`;
    const ours = oldValues('anchor').replace('replicaCount: 1', 'replicaCount: 4');
    const root = makeRepository({
      'argo/own.yaml': application('own', refs('git@git.example.org:team/cluster.git')),
      'argo/self.yaml': application(
        'self',
        '  source: {repoURL: "https://git.example.org/team/cluster", path: production/anchor, targetRevision: HEAD}\n',
      ),
      'production/anchor/values/anchor-1.0.0.yaml': ours,
    });
    expect((await upgrade(root)).code).toBe(0);
    expect(readFileSync(path.join(root, 'production/anchor/values/anchor-1.1.0.yaml'), 'utf8')).toBe(
      newValues('anchor').replace('replicaCount: 1', 'replicaCount: 4'),
    );
    expect(readFileSync(path.join(root, 'argo/own.yaml'), 'utf8')).toContain(
      '- $values/production/anchor/values/anchor-1.1.0.yaml\n',
    );
    const other = makeRepository({
      'argo/own.yaml': application('own', refs('https://git.example.org/other.git')),
    });
    expect((await upgrade(other)).code).toBe(0);
    expect(changedLines(other)).toEqual(['-      targetRevision: 1.0.0', '+      targetRevision: 1.1.0']);
  });
});

describe('charts of the repository that depend on others', () => {
  const chart = (version = '1.0.0'): string =>
    `apiVersion: v2\nname: platform\nversion: 0.1.0\ndependencies:\n  - name: anchor\n    version: ${version} # as in dev\n    repository: ${servers.http.url}\n  - name: beacon\n    version: "${version}"\n    repository: ${servers.http.url}\n    alias: light\n    condition: light.enabled\n`;

  test('the version, the lock and the archives go together; helm agrees', async () => {
    const helm = findTool('helm') ?? 'helm';
    const root = makeRepository({
      'platform/Chart.yaml': chart(),
      'platform/values.yaml':
        'anchor:\n  replicaCount: 2\nlight:\n  enabled: true\n  service: {legacy: true}\n',
    });
    const home = makeFolder();
    const env = { HOME: home, PATH: process.env['PATH'] };
    const helmRun = async (...args: string[]): Promise<string> =>
      (await promisify(execFile)(helm, args, { env, encoding: 'utf8' })).stdout;
    await helmRun('repo', 'add', 'fleet', servers.http.url);
    await helmRun('dependency', 'update', path.join(root, 'platform'));
    commitAll(root);
    const lock = readFileSync(path.join(root, 'platform/Chart.lock'), 'utf8');
    const done = await upgrade(root);
    expect([done.code, done.stderr]).toEqual([0, expect.anything()]);
    const after = readFileSync(path.join(root, 'platform/Chart.lock'), 'utf8');
    expect(after).not.toBe(lock);
    expect(after.split('\n').filter(line => line.includes('1.1.0'))).toHaveLength(2);
    for (const name of ['anchor', 'beacon'])
      expect([
        existsSync(path.join(root, `platform/charts/${name}-1.0.0.tgz`)),
        existsSync(path.join(root, `platform/charts/${name}-1.1.0.tgz`)),
      ]).toEqual([false, true]);
    await helmRun('dependency', 'build', path.join(root, 'platform'));
    expect(await helmRun('dependency', 'list', path.join(root, 'platform'))).not.toContain('wrong version');
    expect(readFileSync(path.join(root, 'platform/Chart.yaml'), 'utf8')).toBe(chart('1.1.0'));
  });

  test('values under the name or the alias are judged; a lock that is out of step is a person’s to mend', async () => {
    const root = makeRepository({
      'platform/Chart.yaml': chart(),
      'platform/values.yaml':
        'anchor:\n  replicaCount: 2\nlight:\n  enabled: true\n  service: {legacy: true}\n',
    });
    type Report = { apps: { charts: { name: string; outcomes: { path: string; outcome: string }[] }[] }[] };
    const { apps } = await slipwayJson<Report>(root, 'upgrade', '--yes', '--no-render', '--dry-run');
    expect(
      apps[0]?.charts.map(({ name, outcomes }) => [
        name,
        ...outcomes.map(({ path: at, outcome }) => `${at} ${outcome}`),
      ]),
    ).toEqual([
      ['anchor', 'replicaCount kept'],
      ['beacon', 'service.legacy removed-and-dead', 'enabled kept'],
    ]);
    writeFiles(root, { 'platform/Chart.lock': 'dependencies: []\ndigest: sha256:0\n' });
    const before = readTree(root);
    const refused = await upgrade(root, '--json');
    expect(JSON.parse(refused.stdout).apps[0]).toMatchObject({
      status: 'failed',
      error: { hint: expect.stringContaining('helm dependency update platform') },
    });
    expect(readTree(root)).toEqual(before);
  });

  test('a dependency that lies unpacked is left to helm', async () => {
    const archive = archiveOf({ name: 'anchor', version: '1.0.0', files: {} });
    const root = makeRepository({
      'platform/Chart.yaml': chart(),
      'platform/charts/anchor/Chart.yaml': 'name: anchor\nversion: 1.0.0\n',
    });
    expect(archive.length).toBeGreaterThan(0);
    const refused = await upgrade(root, '--json');
    expect(JSON.parse(refused.stdout).apps[0]).toMatchObject({ status: 'failed' });
  });
});

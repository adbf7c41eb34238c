import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { fleetOf } from '../../../src/charts/fleet.ts';
import { fleetJson, fleetLines } from '../../../src/features/fleet/view.ts';
import { widthOf } from '../../../src/output/width.ts';
import { parseRepository } from '../../../src/repository/parse-repository.ts';
import { type Language, LANGUAGES } from '../../../src/text/language.ts';
import { readAs } from '../../support/schema.ts';

const URL = 'https://git.example.org/team/cluster.git';

const cluster = (name: string, by: string, more = ''): Record<string, string> => ({
  [`clusters/${name}.yaml`]: `name: ${name}\ncontrolledBy: ${by}\n${more}`,
});

/** An app of kustomize with one chart. */
const app = (folder: string, chart: string, version: string): Record<string, string> => ({
  [`${folder}/kustomization.yaml`]: `namespace: ${chart}\nhelmCharts:\n  - {name: ${chart}, repo: https://charts.example.org, version: ${version}, releaseName: ${chart}, namespace: ${chart}}\n`,
});

const application = (name: string, folder: string, destination: string): string =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: ${name}, namespace: argo-cd}\nspec:\n  project: default\n  source: {repoURL: ${URL}, path: ${folder}}\n  destination: {${destination}, namespace: x}\n`;

const OWN = 'server: https://kubernetes.default.svc';

/** A hub with two clusters, by name and by address, and one that masters itself: three versions of one chart. */
const FLEET: Record<string, string> = {
  ...cluster('prod-eu', 'hub', 'group: production\nlabels: {env: production, region: eu}\n'),
  ...cluster('prod-us', 'hub', 'destination: {server: https://10.0.0.2:6443}\n'),
  ...cluster('lab', 'self'),
  ...app('eu/cert-manager', 'cert-manager', '1.15.0'),
  ...app('us/cert-manager', 'cert-manager', '1.16.0'),
  ...app('lab/cert-manager', 'cert-manager', '1.9.0'),
  ...app('shared/metrics', 'metrics', '2.0.0'),
  ...app('nowhere/spare', 'spare', '1.0.0'),
  'hub/applications.yaml': [
    application('cert-manager-eu', 'eu/cert-manager', 'name: prod-eu'),
    application('cert-manager-us', 'us/cert-manager', 'server: https://10.0.0.2:6443/'),
    application('metrics-eu', 'shared/metrics', 'name: prod-eu'),
    application('metrics-us', 'shared/metrics', 'name: prod-us'),
    application('strange', 'shared/metrics', 'name: nobody'),
  ].join('---\n'),
  'clusters/lab/apps/all.yaml': application('cert-manager-lab', 'lab/cert-manager', OWN),
};

const fleetIn = (files: Record<string, string>) => fleetOf(parseRepository(new Map(Object.entries(files))));

describe('three clusters', () => {
  test('who masters them, and what they run', () => {
    expect(fleetIn(FLEET).clusters.map(({ name, controlledBy, apps }) => [name, controlledBy, apps])).toEqual(
      [
        ['lab', 'self', ['cert-manager-lab']],
        ['nobody', undefined, ['strange']],
        ['prod-eu', 'hub', ['cert-manager-eu', 'metrics-eu']],
        ['prod-us', 'hub', ['cert-manager-us', 'metrics-us']],
      ],
    );
  });

  test('where versions of a chart differ, the newest first; what runs nowhere is left out', () => {
    expect(fleetIn(FLEET).charts.map(({ name, versions }) => [name, versions])).toEqual([
      [
        'cert-manager',
        [
          { version: '1.16.0', clusters: ['prod-us'] },
          { version: '1.15.0', clusters: ['prod-eu'] },
          { version: '1.9.0', clusters: ['lab'] },
        ],
      ],
      ['metrics', [{ version: '2.0.0', clusters: ['nobody', 'prod-eu', 'prod-us'] }]],
    ]);
  });

  test('for programs', () => {
    const read = readAs('fleet', fleetJson(fleetIn(FLEET), { command: 'slipway fleet', next: [] }));
    expect(read).toMatchObject({
      clusters: [
        { name: 'lab' },
        { name: 'nobody' },
        { file: 'clusters/prod-eu.yaml', group: 'production' },
        {},
      ],
      charts: [{ isSkewed: true }, { isSkewed: false }],
    });
  });

  test.each(LANGUAGES.flatMap(language => [40, 80].map(columns => [language, columns] as const)))(
    'for people: %s in %i columns',
    (language: Language, columns) => {
      const lines = fleetLines(fleetIn(FLEET), {
        terminal: { columns, style: text => text },
        t: text => text[language],
      });
      const shown = lines.map(line =>
        stripVTControlCharacters(typeof line === 'string' ? line : JSON.stringify(line)),
      );
      expect(shown.filter(line => widthOf(line) > columns)).toEqual([]);
      for (const word of ['prod-eu', '1.9.0', 'cert-manager', 'env=production'])
        expect(shown.join('\n')).toContain(word);
    },
  );
});

test('of Flux: its own cluster, and one that it reaches from outside', () => {
  const kustomization = (name: string, folder: string, more = ''): string =>
    `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: ${name}, namespace: flux-system}\nspec:\n  path: ./${folder}\n${more}`;
  const release = (version: string): string =>
    `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: web}\nspec:\n  chart: {spec: {chart: web, version: ${version}, sourceRef: {kind: HelmRepository, name: web}}}\n---\napiVersion: source.toolkit.fluxcd.io/v1\nkind: HelmRepository\nmetadata: {name: web}\nspec: {url: https://charts.example.org}\n`;
  const fleet = fleetIn({
    ...cluster('main', 'flux'),
    ...cluster('edge', 'flux'),
    'clusters/main/apps.yaml': kustomization('apps', 'apps/main'),
    'clusters/main/edge/apps.yaml': kustomization(
      'apps-edge',
      'apps/edge',
      '  kubeConfig: {secretRef: {name: edge-kubeconfig}}\n',
    ),
    'apps/main/web.yaml': release('2.0.0'),
    'apps/edge/web.yaml': release('1.0.0'),
  });
  expect(fleet.clusters.map(({ name, apps }) => [name, apps])).toEqual([
    ['edge', ['apps-edge']],
    ['main', ['apps']],
  ]);
  expect(fleet.charts).toMatchObject([
    {
      name: 'web',
      versions: [
        { version: '2.0.0', clusters: ['main'] },
        { version: '1.0.0', clusters: ['edge'] },
      ],
    },
  ]);
});

test('without any', () => {
  const lines = fleetLines(fleetIn({}), {
    terminal: { columns: 40, style: text => text },
    t: text => text.en,
  });
  expect(lines[0]).toBe('0 clusters');
});

import { expect, test } from 'vitest';
import { renderConcepts } from '../../../src/features/onboard/concepts.ts';
import { parseConfiguration } from '../../../src/repository/configuration.ts';
import { learnConventions } from '../../../src/repository/conventions/conventions.ts';
import { parseRepository } from '../../../src/repository/parse-repository.ts';
import { fluxFiles } from '../../support/flux-fixture.ts';

function pageOf(files: Record<string, string>): { en: string; 'zh-CN': string } {
  const repository = parseRepository(new Map(Object.entries(files)));
  return renderConcepts(repository, learnConventions(repository, parseConfiguration('')));
}

const SERVERS = {
  http: { url: 'https://charts.example.org' },
  registry: { host: 'registry.example.org' },
} as unknown as Parameters<typeof fluxFiles>[0];

test('a repository of Flux is drawn with Flux, and an app of its own', () => {
  const page = pageOf(fluxFiles(SERVERS));
  expect(page.en).toContain('you -> git -> Flux -> cluster');
  expect(page.en).toContain(
    'A HelmRelease names the chart, its source and its version (anchor 1.0.0 in apps/media/anchor)',
  );
  expect(page['zh-CN']).toContain('HelmRelease 写明 chart');
  expect(page.en).not.toContain('Argo CD');
});

test('Applications and charts that depend on others are told apart; without either it is kustomize', () => {
  const application = `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: web }\nspec:\n  destination: { namespace: sites }\n  source: { repoURL: https://a.example, chart: web, targetRevision: 1.0.0 }\n`;
  const argo = pageOf({ 'apps/web.yaml': application }).en;
  expect(argo).toContain('An Application names the chart and its version (web 1.0.0 in apps/web.yaml)');
  expect(argo).toContain('What apps/web.yaml makes lands in sites.');
  const chart = 'name: web\ndependencies:\n  - { name: db, version: 2.0.0, repository: https://a.example }\n';
  expect(pageOf({ 'apps/web/Chart.yaml': chart }).en).toContain('depends on another (db 2.0.0 in apps/web)');
  expect(pageOf({}).en).toContain('values/<chart>-<version>.yaml holds all of them');
});

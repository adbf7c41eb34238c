import { expect, test } from 'vitest';
import { summarizeCharts } from '../../src/features/check/facts/chart-summary.ts';
import { summarizeFolder } from '../../src/features/check/facts/folder-summary.ts';
import type { RepositorySummary } from '../../src/features/check/facts/repository-summary.ts';
import { builtFiles, fluxKustomizations } from '../../src/deliveries/flux/flux-kustomizations.ts';
import { kustomizeUses } from '../../src/deliveries/kustomize/kustomize-uses.ts';
import { readKustomizations } from '../../src/deliveries/kustomizations.ts';
import { chartObjects } from '../../src/deliveries/objects.ts';
import { parseRepository } from '../../src/repository/parse-repository.ts';
import { syncedBy } from '../../src/repository/synced-by.ts';

const DEEP = 4000;
const numbers = Array.from({ length: DEEP }, (_, at) => at);
const LAST = `b/${DEEP - 1}`;

/** Each kustomization takes in the next one; the last inflates a chart. */
const chain = new Map(
  numbers.map(at => [
    `b/${at}/kustomization.yaml`,
    at < DEEP - 1
      ? `resources: [../${at + 1}]\n`
      : 'helmCharts: [{name: web, repo: "https://charts.example", version: 1.0.0}]\n',
  ]),
);

/** Each Kustomization of Flux builds the folder that the one before stands in. */
const builds = new Map(
  numbers.map(at => [
    `f/${at}/ks.yaml`,
    `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: k${at}}\nspec:\n  path: ./f/${at - 1}\n` +
      `  patches: [{patch: "{kind: Kustomization, metadata: {name: k${at - 1}}, spec: {targetNamespace: deep}}"}]\n`,
  ]),
);

const app = (source: string): string =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: web}\nspec: {source: {path: ${source}}}\n`;

test('C09 a chain of kustomizations is followed to its end, however long it is', () => {
  const repository = parseRepository(new Map([...chain, ['app.yaml', app('b/0')]]), ['b']);
  repository.apps = repository.apps.slice(0, 1);
  expect(kustomizeUses(repository).map(({ at }) => at.file)).toEqual([`${LAST}/kustomization.yaml`]);
  expect(syncedBy(repository, LAST).syncers).toHaveLength(1);
  expect(syncedBy(repository, 'b/new')).toMatchObject({ syncers: [], unlisted: [] });
  const kustomizations = readKustomizations(repository);
  expect([...builtFiles({ kustomizations, text: repository.text }, 'b/0')]).toEqual([]);
});

test('C09 check counts the charts at the end of such a chain', () => {
  const summaries = new Map(
    [...chain].map(([file, text]) => {
      const folder = file.slice(0, file.lastIndexOf('/'));
      return [folder, summarizeFolder(folder, new Map([[file, text]]))] as const;
    }),
  );
  const summary = {
    summaries,
    apps: [{ folder: 'b/0' }],
    environmentsAreChosen: true,
    within: (folder: string) => [summaries.get(folder) ?? []].flat(),
  } as unknown as RepositorySummary;
  expect(summarizeCharts(summary, undefined, [])).toEqual({ read: 1, unread: [] });
});

test('C09 a chain of Kustomizations of Flux that patch each other is settled', () => {
  const repository = parseRepository(builds);
  const kustomizations = readKustomizations(repository);
  const objects = chartObjects(repository);
  const found = fluxKustomizations({ objects, kustomizations, text: repository.text });
  expect(found.map(({ spec }) => spec['targetNamespace'] ?? 'none').filter(each => each !== 'deep')).toEqual([
    'none',
  ]);
});

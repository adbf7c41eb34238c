import { type App, appManifests, type Repository } from '../../repository/model.ts';
import type { BootstrapApp } from './bootstrap-apps.ts';

/**
 * Whether a repository has an app of the bootstrap. `bare` is one that an earlier run made without its chart: it lists
 * nothing that is not ours.
 */
export type Presence =
  { status: 'missing' } | { status: 'bare'; where: string } | { status: 'present'; where: string };

export function findBootstrapApp(
  repository: Repository,
  environment: string,
  bootstrap: BootstrapApp,
): Presence {
  const twin = repository.apps.find(({ path }) => path === `${environment}/${bootstrap.name}`);
  if (twin) return { status: isBare(twin, bootstrap) ? 'bare' : 'present', where: twin.path };
  const other = repository.apps.find(app => shows(repository, app, bootstrap));
  return other ? { status: 'present', where: other.path } : { status: 'missing' };
}

function isBare({ kustomization }: App, { resources }: BootstrapApp): boolean {
  const ours = new Set(['namespace.yaml', ...resources.map(({ file }) => file)]);
  return (
    kustomization.charts.length === 0 &&
    kustomization.resources.every(file => ours.has(file.slice(file.lastIndexOf('/') + 1)))
  );
}

function shows(repository: Repository, app: App, { chart, signs }: BootstrapApp): boolean {
  const { charts, resources } = app.kustomization;
  const { kinds, release } = signs;
  return (
    charts.some(({ name }) => name === chart.name) ||
    (release !== undefined && resources.some(url => url.includes('://') && release.test(url))) ||
    (kinds !== undefined && appManifests(repository, app, kinds).length > 0)
  );
}

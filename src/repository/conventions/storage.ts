import { recordsAt, stringOf, valueAt } from '../../data/fields.ts';
import { type App, appManifests, type Repository } from '../model.ts';
import { type Learned, rankByApps } from './learned.ts';

const CLASS_IN_VALUES = /^[ ]*storageClass(?:Name)?:[ ]*["']?([a-z0-9][a-z0-9.-]*)["']?[ ]*(?:#.*)?$/gm;
const NO_CLASS = new Set(['null', 'default', 'standard']);

/** The storage classes that claims and values files name, most used first. */
export function learnStorageClasses(repository: Repository): Learned<string[]> | undefined {
  const sightings = repository.apps.flatMap(app =>
    [...claimClasses(repository, app), ...valuesClasses(repository, app)].map(value => ({
      app: app.path,
      value,
    })),
  );
  const ranked = rankByApps(sightings, repository.apps.length);
  if (ranked.length === 0) return undefined;
  return {
    value: ranked.map(({ value }) => value),
    evidence: ranked
      .map(({ value, apps }) => `${value}: ${apps}`)
      .join(', ')
      .concat(` of ${repository.apps.length} apps`),
  };
}

function claimClasses(repository: Repository, app: App): string[] {
  return appManifests(repository, app, /PersistentVolumeClaim|StatefulSet/).flatMap(({ manifest }) => {
    const claims = [manifest.body, ...recordsAt(manifest.body, ['spec', 'volumeClaimTemplates'])];
    return claims.flatMap(claim => stringOf(valueAt(claim, ['spec', 'storageClassName'])) ?? []);
  });
}

function valuesClasses(repository: Repository, app: App): string[] {
  const files = app.kustomization.charts.flatMap(({ valuesFile }) =>
    valuesFile ? [`${app.path}/${valuesFile}`] : [],
  );
  const text = files.map(file => repository.text.get(file) ?? '').join('\n');
  return [...text.matchAll(CLASS_IN_VALUES)].flatMap(([, name]) =>
    name && !NO_CLASS.has(name) ? [name] : [],
  );
}

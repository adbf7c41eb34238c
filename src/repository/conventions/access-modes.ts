import { stringsAt, valueAt } from '../../data/fields.ts';
import { appManifests, type Repository } from '../model.ts';
import { byDefault, type Learned, mostCommon } from './learned.ts';

/** How claims of a storage class are usually mounted in this repository. */
export function learnAccessMode(repository: Repository, storageClass: string): Learned<string> {
  const sightings = repository.apps.flatMap(app =>
    appManifests(repository, app, /PersistentVolumeClaim/)
      .filter(({ manifest }) => valueAt(manifest.body, ['spec', 'storageClassName']) === storageClass)
      .flatMap(({ manifest }) => stringsAt(manifest.body, ['spec', 'accessModes']))
      .map(value => ({ app: app.path, value })),
  );
  return mostCommon(sightings, sightings.length) ?? byDefault('ReadWriteOnce');
}

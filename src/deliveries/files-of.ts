import { insideFrom } from '../repository/kustomization-paths.ts';
import type { ChartUse } from './chart-use.ts';

/** The files of the repository that a use rests on: where it stands, its version, its values. */
export function filesOf({ at, version, values }: ChartUse): string[] {
  const places = values.flatMap(place => {
    if (place.kind === 'opaque') return [];
    if (place.kind !== 'file') return [place.at.file];
    return insideFrom(place.reference.folder, place.reference.written) ?? [];
  });
  return [...new Set([at.file, ...(version.at ? [version.at.file] : []), ...places])];
}

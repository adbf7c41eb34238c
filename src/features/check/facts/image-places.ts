import { recordsAt, stringsAt } from '../../../data/fields.ts';
import { isSamePath } from '../../../repository/kustomization-paths.ts';
import type { ImagePrefix } from '../../../repository/conventions/images.ts';
import type { SourceLocation } from '../../../repository/source-location.ts';
import type { AppFacts } from './app-facts.ts';

/** Whether an app sends its images through the mirror. */
export function usesPrefix({ root }: AppFacts, { file }: ImagePrefix): boolean {
  return stringsAt(root?.data, ['transformers']).some(entry => isSamePath(entry, file));
}

/** What `images:` calls otherwise: new names by the written ones. */
export function renamedImages({ kustomizations }: AppFacts): ReadonlyMap<string, string> {
  const entries = kustomizations.flatMap(({ data }) => recordsAt(data, ['images']));
  return new Map(
    entries.flatMap(({ name, newName }) =>
      typeof name === 'string' && typeof newName === 'string' ? [[name, newName] as const] : [],
    ),
  );
}

/** The line that names the image: paths of rendered images have no list positions. */
export function placeOfImage(facts: AppFacts, file: string, image: string): SourceLocation {
  const lines = (facts.text(file) ?? '').split('\n');
  const named = lines.findIndex(each => /image:|reference:|imageName:/.test(each) && each.includes(image));
  const line = named < 0 ? lines.findIndex(each => each.includes(image)) : named;
  const column = /image:|reference:|imageName:/.exec(lines[line] ?? '')?.index ?? 0;
  return { file, line: Math.max(0, line) + 1, column: column + 1 };
}

/** The entry of the chart that brings an object, by the object's `helm.sh/chart`. */
export function entryOfChart(facts: AppFacts, label: string | undefined): SourceLocation {
  const own = facts.charts.find(({ chart }) => label === `${chart.name}-${chart.version}`) ?? facts.charts[0];
  return own?.chart.at() ?? facts.root?.at('images') ?? { file: facts.folder, line: 1, column: 1 };
}

import { say } from '../../locales/say.ts';
import { compareVersions, parseVersion, stepBetween } from '../../charts/versions/versions.ts';
import type { BuildComparison } from '../../render/compare/compare-objects.ts';
import { worstLevel } from '../../render/risks/risk.ts';
import type { AppPreview, Caution, ChartStep, Pile } from './facts.ts';

/** What is to be read of one app: the risks of its objects, and the large steps of its charts and images. */
export function cautionsOf(comparison: BuildComparison | undefined, charts: readonly ChartStep[]): Caution[] {
  const risks = (comparison?.risks ?? []).map(({ id, level, object, fact, remedy }) => ({
    id,
    level,
    object,
    fact,
    remedy,
  }));
  return [...risks, ...charts.flatMap(chartStep), ...(comparison?.images ?? []).flatMap(imageMajor)];
}

function chartStep({ name, before, after }: ChartStep): Caution[] {
  if (before === undefined || after === undefined) return [];
  const [old, fresh] = [parseVersion(before), parseVersion(after)];
  if (old && fresh && compareVersions(fresh, old) < 0)
    return [
      {
        id: 'chart-downgrade',
        level: 'high',
        object: undefined,
        fact: say('preview.downgrade', { name, before, after }),
        remedy: say('preview.dataMayBeNewer'),
      },
    ];
  return stepBetween(before, after) === 'major' ? [major('chart-major', { name, before, after })] : [];
}

function imageMajor(image: BuildComparison['images'][number]): Caution[] {
  if (image.kind !== 'tag' || stepBetween(image.before, image.after) !== 'major') return [];
  return [major('image-major', image)];
}

function major(
  id: string,
  { name, before, after }: { name: string; before: string; after: string },
): Caution {
  return {
    id,
    level: 'low',
    object: undefined,
    fact: say('preview.majorStep', { name, before, after }),
    remedy: undefined,
  };
}

/** Where a reviewer puts an app. */
export function pileOf(app: Omit<AppPreview, 'pile'>): Pile {
  const { comparison, failure, cautions, presence } = app;
  if (failure !== undefined) return 'failure';
  const worst = worstLevel(cautions);
  if (worst === 'fatal') return 'decision';
  if (worst === 'high') return 'caution';
  if (comparison === undefined || app.left.length > 0) return 'unknown';
  if (isSame(comparison)) return comparison.changes.noise > 0 ? 'routine' : 'unchanged';
  return presence === 'both' && cautions.length === 0 && isRoutine(comparison) ? 'routine' : 'change';
}

function isSame({ changes: { added, removed, changed } }: BuildComparison): boolean {
  return added.length + removed.length + changed.length === 0;
}

/** Nothing but tags of images that stay where they are. */
function isRoutine({ changes: { added, removed, changed }, images }: BuildComparison): boolean {
  return (
    added.length + removed.length === 0 &&
    images.every(({ kind }) => kind === 'tag') &&
    changed.every(({ fields }) => fields.every(({ path }) => /(?:^|[.\]])image$/.test(path)))
  );
}

const MOST_APPS = 20;
const MOST_OBJECTS = 300;

/** What is to be read of the whole: nobody looks through so much at once. */
export function cautionsOfAll(apps: readonly AppPreview[], objects: number): Caution[] {
  const changed = apps.filter(({ pile }) => pile !== 'unchanged').length;
  if (changed <= MOST_APPS && objects <= MOST_OBJECTS) return [];
  const fact = say('preview.largeChange', { apps: changed, objects });
  return [{ id: 'large-change', level: 'low', object: undefined, fact, remedy: say('preview.splitIt') }];
}

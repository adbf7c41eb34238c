import { asList, isRecord, recordsAt, stringOf, stringsAt, valueAt } from '../../../data/fields.ts';
import type { LocatedObject } from '../../../deliveries/located-object.ts';
import { insideFrom } from '../../../repository/kustomization-paths.ts';
import type { Kustomization } from '../../../repository/kustomization.ts';
import { type DeliveryProblem, problemIn } from './delivery-problem.ts';
import type { Delivered } from './open-delivered.ts';

/** What stands wrong in `valuesFrom` of releases: what nothing makes, and what changes without Flux seeing it. */
export function releaseValuesProblems(
  delivered: Delivered,
  releases: readonly LocatedObject[],
): DeliveryProblem[] {
  const named = namesMade(delivered);
  const asWritten = releases.filter(release => !isPatched(delivered, release));
  return [
    ...asWritten.flatMap(release => missingValues(named, release)),
    ...staleValues(delivered, releases),
  ];
}

/** Whether what takes a release in gives it other values. */
function isPatched({ deliveries: { kustomizations }, text }: Delivered, { at }: LocatedObject): boolean {
  return kustomizations.above(at.file).some(({ data, folder }) =>
    [...recordsAt(data, ['patches']), ...stringsAt(data, ['patchesStrategicMerge'])].some(entry => {
      const [patch, path] =
        typeof entry === 'string' ? [undefined, entry] : [stringOf(entry['patch']), stringOf(entry['path'])];
      return (patch ?? text.get(insideFrom(folder, path ?? '') ?? '') ?? '').includes('valuesFrom');
    }),
  );
}

/** Whether something in the repository may make a ConfigMap of a name. */
type NamesMade = (name: string) => boolean;

function namesMade({ deliveries: { kustomizations }, text }: Delivered): NamesMade {
  const isRenaming = kustomizations.all.some(
    ({ data }) => data['namePrefix'] !== undefined || data['nameSuffix'] !== undefined,
  );
  const generated = new Set(kustomizations.all.flatMap(generatedNames));
  return name => isRenaming || generated.has(name) || [...text.values()].some(each => isWritten(each, name));
}

function generatedNames({ data }: Kustomization): string[] {
  return asList(data['configMapGenerator']).flatMap(each => stringOf(valueAt(each, ['name'])) ?? []);
}

/** Whatever makes a ConfigMap names it: itself, a template of a chart, an operator's object. */
function isWritten(text: string, name: string): boolean {
  if (!text.includes(name)) return false;
  const line = new RegExp(
    `^[ \\t-]*["']?(?:name|configMapName|target)["']?[ \\t]*:[ \\t]*["']?${escaped(name)}["']?[ \\t\\r]*$`,
    'm',
  );
  return line.test(withoutReferences(text));
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** What `valuesFrom` and `substituteFrom` say makes nothing. */
function withoutReferences(text: string): string {
  const lines = text.split('\n');
  let around = -1;
  return lines
    .filter(line => {
      const indent = line.search(/\S/);
      const isItem = around >= 0 && (indent > around || (indent === around && /^\s*-/.test(line)));
      if (indent >= 0 && !isItem)
        around = /^\s*(?:- )?(?:valuesFrom|substituteFrom)\s*:/.test(line) ? indent : -1;
      return around < 0 || indent < 0;
    })
    .join('\n');
}

function missingValues(isMade: NamesMade, release: LocatedObject): DeliveryProblem[] {
  return recordsAt(release.body, ['spec', 'valuesFrom']).flatMap((entry, index) => {
    const name = stringOf(entry['name']) ?? '';
    const isOpen = entry['kind'] !== 'ConfigMap' || entry['optional'] === true || /\$\{|^$/.test(name);
    if (isOpen || isMade(name)) return [];
    return [problemIn('release-values-missing', release, ['spec', 'valuesFrom', index], { map: name })];
  });
}

const WATCH = 'reconcile.fluxcd.io/watch';

/** Where the controllers of the cluster are told to look at all ConfigMaps, nothing waits. */
const WATCHES_ALL = /--watch-configs-label-selector\b/;

/** An interval of at most so many minutes is short on purpose. */
const SHORT_MINUTES = 10;

/** Generated values that keep their name when they change: Helm hears of it with the next interval only. */
function staleValues({ deliveries, text }: Delivered, releases: readonly LocatedObject[]): DeliveryProblem[] {
  const { kustomizations, buildersOf } = deliveries;
  const slow = releases.filter(({ body }) => minutesOf(valueAt(body, ['spec', 'interval'])) > SHORT_MINUTES);
  if (slow.length === 0 || [...text.values()].some(each => WATCHES_ALL.test(each))) return [];
  return slow.flatMap(release => {
    const { file } = release.at;
    const isLabelled = buildersOf(file).some(({ spec }) =>
      isWatched(valueAt(spec, ['commonMetadata', 'labels'])),
    );
    if (isLabelled) return [];
    const around = kustomizations.around(file);
    const builds = new Set([...(around ? [around] : []), ...kustomizations.above(file)]);
    return recordsAt(release.body, ['spec', 'valuesFrom']).flatMap((entry, index) => {
      const map = stringOf(entry['name']) ?? '';
      const isStale = [...builds].some(build => keepsName(build, { kind: stringOf(entry['kind']), map }));
      return isStale
        ? [problemIn('release-values-unhashed-stale', release, ['spec', 'valuesFrom', index], { map })]
        : [];
    });
  });
}

type Named = { kind: string | undefined; map: string };

/** Whether a kustomization generates it under a name without a hash, and without the label that Flux watches. */
function keepsName({ data }: Kustomization, { kind, map }: Named): boolean {
  const field = kind === 'Secret' ? 'secretGenerator' : 'configMapGenerator';
  const labels = [data['commonLabels'], ...recordsAt(data, ['labels']).map(each => each['pairs'])];
  return recordsAt(data, [field]).some(generator => {
    if (generator['name'] !== map) return false;
    const options = [data['generatorOptions'], generator['options']];
    const isFixed = options.some(each => valueAt(each, ['disableNameSuffixHash']) === true);
    return isFixed && ![...labels, ...options.map(each => valueAt(each, ['labels']))].some(isWatched);
  });
}

function isWatched(labels: unknown): boolean {
  return isRecord(labels) && labels[WATCH] === 'Enabled';
}

/** `1h30m` in minutes; without end for what is no duration, such as a variable. */
function minutesOf(interval: unknown): number {
  const [, hours = '0', minutes = '0', seconds = '0'] =
    /^(?=\d)(?:(\d{1,9})h)?(?:(\d{1,9})m)?(?:(\d{1,9})s)?$/.exec(stringOf(interval) ?? '') ?? [];
  const total = Number(hours) * 60 + Number(minutes) + Number(seconds) / 60;
  return total === 0 ? Number.POSITIVE_INFINITY : total;
}

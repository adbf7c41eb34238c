import { compareVersions, parseVersion } from '../../../charts/versions/versions.ts';
import { say } from '../../../locales/say.ts';
import { isKustomization, type Kustomization, readKustomization } from '../../../repository/kustomization.ts';
import { pinReason } from '../../../repository/pin.ts';
import { parseRecord, recordPaths } from '../../../repository/promotion-record.ts';
import { readLocated } from '../../../yaml/read.ts';
import type { SourceLocation } from '../../../repository/source-location.ts';
import type { AppFacts } from '../facts/app-facts.ts';
import type { AppRule } from '../rule.ts';

/** A version in an app and in the one that it was promoted from. */
type Compared = {
  name: string;
  here: string;
  there: string;
  place: SourceLocation;
  order: number;
  isHeld: boolean;
};

type Origin = { from: string; to: string; date: string; folder: string; versions: Compared[] };

/** What has been promoted once, and has a newer version where it comes from. */
export const promotionBehind: AppRule = {
  scope: 'app',
  severity: 'note',
  title: say('rules.promotionBehind'),
  check: facts => {
    const origin = originOf(facts);
    return (origin?.versions ?? [])
      .filter(({ order, isHeld }) => order < 0 && !isHeld)
      .map(({ name, here, there, place }) => ({
        ...place,
        message: say('rules.sayPromotionBehind', { ...words(origin), name, here, there }),
        hint: say('rules.hintPromotionBehind', { app: facts.folder, ...words(origin) }),
      }));
  },
};

/** A version that the environment before it has not seen: nobody has tried it there, and the next promotion meets it. */
export const promotionSkips: AppRule = {
  scope: 'app',
  severity: 'warning',
  title: say('rules.promotionSkips'),
  check: facts => {
    const origin = originOf(facts);
    return (origin?.versions ?? [])
      .filter(({ order }) => order > 0)
      .map(({ name, here, there, place }) => ({
        ...place,
        message: say('rules.sayPromotionSkips', { ...words(origin), name, here, there }),
        hint: say('rules.hintPromotionSkips', words(origin)),
      }));
  },
};

function words(origin: Origin | undefined): { from: string; to: string; folder: string; date: string } {
  const { from = '', to = '', folder = '', date = '' } = origin ?? {};
  return { from, to, folder, date };
}

/** Only a promotion tells which environment comes first: without its record nothing is said. */
function originOf(facts: AppFacts): Origin | undefined {
  for (const file of recordPaths(facts)) {
    const record = parseRecord(facts.text(file));
    const files = Object.keys(record?.source ?? {}).filter(isKustomization);
    const [root] = files.toSorted((a, b) => a.length - b.length);
    if (!record || root === undefined) continue;
    const folder = root.slice(0, root.lastIndexOf('/'));
    const sources = files.flatMap(each => kustomizationIn(each, facts.text(each)));
    const to = file.split('/').at(-2) ?? '';
    const versions = [...chartsOf(facts, sources), ...imagesOf(facts, sources)];
    return { from: record.from, to, date: record.date ?? '', folder, versions };
  }
  return undefined;
}

function kustomizationIn(file: string, text: string | undefined): Kustomization[] {
  const result = text === undefined ? undefined : readLocated(text);
  return result?.status === 'read' ? [readKustomization(file, result.yaml)] : [];
}

function chartsOf({ charts }: AppFacts, sources: readonly Kustomization[]): Compared[] {
  const theirs = sources.flatMap(source => source.charts);
  return charts.flatMap(({ chart }) => {
    const release = chart.releaseName ?? chart.name;
    const twins = theirs.filter(
      each => (each.releaseName ?? each.name) === release && each.name === chart.name,
    );
    const [twin] = twins;
    if (twins.length !== 1 || release === undefined) return [];
    const held = pinReason(chart.versionComment) ?? pinReason(twin?.versionComment);
    return compared(release, [chart.version, twin?.version], chart.at('version'), held !== undefined);
  });
}

function imagesOf({ root }: AppFacts, sources: readonly Kustomization[]): Compared[] {
  const theirs = sources.flatMap(source => source.images);
  return (root?.images ?? []).flatMap(({ name, newTag }, index) => {
    const twins = theirs.filter(each => each.name === name);
    const place = root?.at('images', index, 'newTag');
    if (twins.length !== 1 || !place) return [];
    return compared(name, [newTag, twins[0]?.newTag], place, false);
  });
}

/** Versions alone have an order; of other tags nobody can tell which is newer. */
function compared(
  name: string,
  [here, there]: readonly [string | undefined, string | undefined],
  place: SourceLocation,
  isHeld: boolean,
): Compared[] {
  const [own, other] = [here, there].map(text => parseVersion(text ?? ''));
  if (here === undefined || there === undefined || !own || !other) return [];
  return [{ name, here, there, place, order: compareVersions(own, other), isHeld }];
}

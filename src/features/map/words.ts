import { say } from '../../locales/say.ts';
import { STEP_FORMATS } from '../../cli/version-step.ts';
import { stepBetween } from '../../charts/versions/versions.ts';
import { display } from '../../text/display.ts';
import type { Text } from '../../text/language.ts';
import type { BoxLook } from './picture.ts';
import type { MapCounts, MapUnread, NodeOf } from './graph.ts';

/** The first thing to know of a map: how much runs, and whether charts wait for an upgrade. */
export function mapVerdict({ clusters, apps, outdated }: MapCounts): Text[] {
  return [
    clusters > 0 ? say('map.appsInClusters', { apps, clusters }) : say('map.apps', { apps }),
    ...(outdated > 0 ? [say('map.outdated', { outdated })] : []),
  ];
}

/** What else a map holds, as people count it. */
export function countLines({ charts, hosts, images, secrets, gateways }: MapCounts): Text[] {
  return [
    say('map.charts', { charts }),
    ...(images > 0 ? [say('map.images', { images })] : []),
    ...(hosts > 0 ? [say('map.hosts', { hosts })] : []),
    ...(secrets > 0 ? [say('map.secrets', { secrets })] : []),
    ...(gateways > 0 ? [say('map.gateways', { gateways })] : []),
  ];
}

/** What a map does not know; undefined where it knows all. */
export function unknownLine({ unknown }: MapCounts): Text[] {
  return unknown > 0 ? [say('map.unknownVersions', { unknown })] : [];
}

/** What was not understood, a sentence for each kind. */
export function unreadLines(unread: readonly MapUnread[]): Text[] {
  return unread.map(({ what, kind, count, first }) => {
    const args = { kind, count, first: display(first) };
    if (what === 'cluster') return say('map.unreadCluster', args);
    return what === 'folder' ? say('map.unreadFolder', args) : say('map.unreadChart', args);
  });
}

/** How far a chart is behind, or why that is not known; undefined where there is nothing to say. */
export function behind({ status, released, newestReleased }: NodeOf<'chart'>): Text | undefined {
  if (status === 'unknown') return say('map.versionUnknown');
  if (status === 'held') return say('map.held');
  if (status === 'floating') return say('map.floating');
  if (status === 'range') return say('map.range');
  if (released === undefined) return undefined;
  const days = newestReleased === undefined ? 0 : daysBetween(released, newestReleased);
  return days > 0 ? say('map.behind', { released, days }) : say('map.released', { released });
}

const DAY_MS = 86_400_000;

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

/** The colour of the step to the version to take. */
export function chartFormat({ status, version, newest }: NodeOf<'chart'>) {
  if (status !== 'outdated' || newest === undefined) return undefined;
  return STEP_FORMATS[stepBetween(version, newest) ?? 'patch'];
}

const LOOKS = { patch: 'amber', minor: 'amber', major: 'red' } as const;

/** How its box looks: the wider the step, the louder. */
export function chartTone(chart: NodeOf<'chart'>): BoxLook {
  const { status, version, newest } = chart;
  if (status === 'floating') return 'amber';
  if (status === 'current') return 'green';
  return status === 'outdated' && newest !== undefined
    ? LOOKS[stepBetween(version, newest) ?? 'patch']
    : 'quiet';
}

import { isRecord } from '../../../data/fields.ts';
import { say } from '../../../locales/say.ts';
import { parseImage } from '../../../repository/image.ts';
import type { Text } from '../../../text/language.ts';
import type { FixIntent } from '../plan-fixes.ts';
import { UserError } from '../../../errors.ts';

/** The objects of a build by what names them in a cluster. */
export type Objects = ReadonlyMap<string, unknown>;

/**
 * The first thing that differs between two builds beyond what was intended: an object that came, went or was renamed,
 * or a field. Undefined where there is none.
 */
export function compareBuilds(before: Objects, after: Objects, intent: FixIntent): Text | undefined {
  const gone = [...before.keys()].find(key => !after.has(key));
  if (gone !== undefined) return say('check.wouldTakeAway', { object: gone });
  const added = [...after.keys()].find(key => !before.has(key));
  if (added !== undefined) return say('check.wouldAdd', { object: added });
  for (const [key, body] of before) {
    const field = firstDifference(body, after.get(key), [], intent);
    if (field !== undefined) return say('check.wouldChange', { object: key, field });
  }
  return undefined;
}

function firstDifference(
  a: unknown,
  b: unknown,
  path: readonly string[],
  intent: FixIntent,
): string | undefined {
  if (a === b || isIntended(a, b, path, intent)) return undefined;
  const pairs = pairsOf(a, b);
  if (!pairs) return path.join('.');
  for (const [key, left, right] of pairs) {
    const found = firstDifference(left, right, [...path, key], intent);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What stands in two maps or two lists, side by side; nothing for anything else. */
function pairsOf(a: unknown, b: unknown): [key: string, a: unknown, b: unknown][] | undefined {
  if (Array.isArray(a) && Array.isArray(b) && a.length === b.length)
    return a.map((item: unknown, index) => [String(index), item, b[index]]);
  if (!isRecord(a) || !isRecord(b)) return undefined;
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].map(key => [key, a[key], b[key]]);
}

function isIntended(
  a: unknown,
  b: unknown,
  path: readonly string[],
  { mirror, dockerHub, hosts }: FixIntent,
): boolean {
  if (hosts && path.join('.') === 'spec.hostnames') return isLonger(a, b);
  if (mirror === undefined || path.at(-1) !== 'image' || typeof a !== 'string' || typeof b !== 'string')
    return false;
  const whole = (image: string): string | undefined =>
    wholeName(image.startsWith(mirror) ? image.slice(mirror.length) : image, dockerHub);
  return b.startsWith(mirror) && whole(a) !== undefined && whole(a) === whole(b);
}

/** Nothing is taken from the list. */
function isLonger(a: unknown, b: unknown): boolean {
  return Array.isArray(a) && Array.isArray(b) && a.every((item, index) => item === b[index]);
}

/** The same for all ways of writing one image. */
function wholeName(text: string, dockerHub: string): string | undefined {
  const hub = `${dockerHub}/`;
  try {
    const { canonical, tag, digest } = parseImage(
      text.startsWith(hub) ? `docker.io/${text.slice(hub.length)}` : text,
    );
    return `${canonical}:${tag ?? ''}@${digest ?? ''}`;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return undefined;
  }
}

import { UserError } from '../errors.ts';
import { display } from '../text/display.ts';
import type { Text } from '../text/language.ts';
import { say } from '../locales/say.ts';

/** E_LIMIT: a file that could be read alone, but not beside the others of its repository. `limit` is what all hold at most. */
export function noRoom(file: string, limit: Text): UserError {
  return new UserError('E_LIMIT', say('system.noRoomFor', { file: display(file), limit }), {
    hint: say('system.splitRepository'),
    subject: file,
  });
}

/** The items that fit into a sum, the smallest first: so none is left out for what others have too much. */
export function fitting<Item>(items: readonly Item[], sizeOf: (item: Item) => number, most: number) {
  const kept = new Set<Item>();
  let left = most;
  for (const item of items.toSorted((a, b) => sizeOf(a) - sizeOf(b))) {
    left -= sizeOf(item);
    if (left < 0) break;
    kept.add(item);
  }
  return kept;
}

/** Characters that count as one value. */
const A_VALUE = 64;

/**
 * How many values data holds, each alias as what it stands for, and a long text or name as several: a short one that says the same
 * a thousand times is a long one once it is printed. No further than `most`, and some more where it holds more.
 */
export function sizeOfData(data: unknown, most: number): number {
  const pending: unknown[] = [data];
  let size = 0;
  while (pending.length > 0 && size <= most) {
    const value = pending.pop();
    size++;
    if (typeof value === 'string') size += Math.floor(value.length / A_VALUE);
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, inner] of Object.entries(value)) {
      size += Math.floor(name.length / A_VALUE);
      pending.push(inner);
    }
  }
  return size;
}

import { EVENT_ID, type Marks, plainValue, SCALAR_STYLE } from './events.ts';

/** What is gone through, and where: the marks of what the scanner read, which has no anchor, alias or tag. */
type Walk = { marks: Marks; text: string; at: number };

/** What only the parser's own way knows to say. */
class Unusual extends Error {}

/**
 * The data of a text that the scanner read, made of its marks alone: what `localData` makes of their events, without an object
 * for each. Undefined where a key merges, or two keys are one once they are read (`1` and `0x1`).
 */
export function dataOfMarks(marks: Marks, text: string): unknown[] | undefined {
  const walk = { marks, text, at: 0 };
  const documents: unknown[] = [];
  try {
    while (walk.at < marks.count) {
      walk.at++;
      documents.push(valueAt(walk));
      walk.at++;
    }
  } catch (error) {
    if (error instanceof Unusual) return undefined;
    throw error;
  }
  return documents;
}

function valueAt(walk: Walk): unknown {
  const type = walk.marks.type(walk.at);
  if (type === EVENT_ID.SCALAR) return scalarAt(walk);
  walk.at++;
  return type === EVENT_ID.MAPPING ? mapAt(walk) : listAt(walk);
}

function listAt(walk: Walk): unknown[] {
  const items: unknown[] = [];
  while (walk.marks.type(walk.at) !== EVENT_ID.POP) items.push(valueAt(walk));
  walk.at++;
  return items;
}

/** Without a prototype, as everywhere. */
function mapAt(walk: Walk): Record<string, unknown> {
  const map: Record<string, unknown> = Object.create(null);
  while (walk.marks.type(walk.at) !== EVENT_ID.POP) {
    const key = String(scalarAt(walk));
    if (key === '<<' || key in map) throw new Unusual();
    map[key] = valueAt(walk);
  }
  walk.at++;
  return map;
}

/** Only what begins like these can be anything but a text. */
const TYPED = /^(?:[-+.0-9~nNtTfF]|$)/;

function scalarAt(walk: Walk): unknown {
  const index = walk.at++;
  const source = walk.marks.text(index, walk.text);
  return walk.marks.style(index) === SCALAR_STYLE.PLAIN && TYPED.test(source) ? plainValue(source) : source;
}

/** Lines and their starts, noted once in so many characters. */
const STEP = 4096;
/** Texts that notes are kept of: findings go from file to file. */
const MOST_TEXTS = 8;

type Notes = { lines: Uint32Array; starts: Uint32Array };
type Place = { line: number; start: number };

/** Line and column of an offset, both from 1; a byte order mark takes no column. The places of a large file cost one look at it. */
export function lineColumn(text: string, offset: number): { line: number; column: number } {
  const end = Math.min(Math.max(0, offset), text.length);
  const from = Math.floor(end / STEP);
  const noted =
    from > 0 ? placeAt(notesOn(text), from) : { line: 1, start: text.startsWith('\ufeff') ? 1 : 0 };
  const { line, start } = pass(text, noted, { from: from * STEP, end });
  return { line, column: Math.max(1, offset - start + 1) };
}

function placeAt({ lines, starts }: Notes, index: number): Place {
  return { line: lines[index] ?? 1, start: starts[index] ?? 0 };
}

/** Where the line begins that is reached at `end`. */
function pass(text: string, { line, start }: Place, { from, end }: { from: number; end: number }): Place {
  const part = text.slice(from, end);
  const place = { line, start };
  for (let next = part.indexOf('\n'); next >= 0; next = part.indexOf('\n', next + 1)) {
    place.line++;
    place.start = from + next + 1;
  }
  return place;
}

const kept = new Map<string, Notes>();

function notesOn(text: string): Notes {
  const known = kept.get(text) ?? takeNotes(text);
  kept.delete(text);
  kept.set(text, known);
  for (const [oldest] of kept) if (kept.size > MOST_TEXTS) kept.delete(oldest);
  return known;
}

function takeNotes(text: string): Notes {
  const count = Math.floor(text.length / STEP) + 1;
  const notes = { lines: new Uint32Array(count), starts: new Uint32Array(count) };
  let place: Place = { line: 1, start: text.startsWith('\ufeff') ? 1 : 0 };
  for (let index = 0; index < count; index++) {
    if (index > 0) place = pass(text, place, { from: (index - 1) * STEP, end: index * STEP });
    notes.lines[index] = place.line;
    notes.starts[index] = place.start;
  }
  return notes;
}

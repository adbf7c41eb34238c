import {
  CHOMPING_MODE,
  COLLECTION_STYLE,
  type Event,
  EVENT_ID,
  isBlockScalarEvent,
  isQuoted,
  parseEvents,
  startOf,
  YAMLException,
} from './events.ts';
import { deepestColumn, endsDocument, findInsides } from './insides.ts';

/** Characters that may be parsed again for lines that stand too far left. */
const MOST_AGAIN = 1 << 22;

/**
 * Parses a text as Go's YAML does, in three things that the parser sees more strictly: brackets and quoted text may go on in
 * any column, a tab may stand before a bracket, and a block scalar at the end of a file without a newline holds none. Offsets
 * are those of `text`.
 * @throws YAMLException, with its position in `text`
 */
export function parseYaml(text: string, maxDepth: number): Event[] {
  const events = parseLoosely(text, maxDepth);
  closeOpenEnd(events, text);
  return events;
}

function parseLoosely(text: string, maxDepth: number): Event[] {
  try {
    return parseEvents(text, { maxDepth });
  } catch (error) {
    if (!(error instanceof YAMLException) || error.reason !== TOO_FAR_LEFT) throw error;
    return parseAtOnce(text, maxDepth) ?? parseLineByLine(text, maxDepth);
  }
}

const TOO_FAR_LEFT = 'deficient indentation';

/** Makes room for every line that seems to need it; undefined where the events say that one did not, or something is wrong. */
function parseAtOnce(text: string, maxDepth: number): Event[] | undefined {
  const { tabbed, lines } = findInsides(text);
  const width = deepestColumn(text);
  const loose = { text: untabbed(text, tabbed), pads: lines, width };
  if (text.length + lines.length * width > MOST_AGAIN) return undefined;
  try {
    const events = parsePadded(loose, maxDepth);
    return standInside(events, loose, tabbed) ? events : undefined;
  } catch (error) {
    if (error instanceof YAMLException) return undefined;
    throw error;
  }
}

/** Makes room for one line after the other, wherever the parser asks for it. */
function parseLineByLine(text: string, maxDepth: number): Event[] {
  const loose: Loose = { text, pads: [], width: deepestColumn(text) };
  let first: YAMLException | undefined;
  for (let characters = 0; ;)
    try {
      return parsePadded(loose, maxDepth);
    } catch (error) {
      if (!(error instanceof YAMLException) || !error.mark) throw error;
      const { mark } = error;
      mark.position = unpad(mark.position, loose);
      first ??= error;
      // What never ends swallows the rest of the file: the first line that stood too far left says more.
      if (mark.position >= text.trimEnd().length) throw first;
      characters += text.length + loose.pads.length * loose.width;
      if (error.reason !== TOO_FAR_LEFT || characters > MOST_AGAIN || !loosen(loose, mark.position))
        throw error;
    }
}

/** A text whose lines in `pads` are moved to the right, and whose tabs before brackets are spaces. */
type Loose = { text: string; pads: number[]; width: number };

/** Makes room for what stands at an offset; false where that would not help. */
function loosen(loose: Loose, offset: number): boolean {
  const { text, pads } = loose;
  const line = text.lastIndexOf('\n', offset - 1) + 1;
  if (endsDocument(text, line)) return false;
  if (text.slice(line, offset).trim() === '') return line > (pads.at(-1) ?? 0) && pads.push(line) > 0;
  loose.text = untabbed(text, [offset]);
  return loose.text !== text;
}

/** With spaces for the tabs before each offset, in its line. The values are read from the text as it was. */
function untabbed(text: string, offsets: readonly number[]): string {
  if (!text.includes('\t')) return text;
  const parts: string[] = [];
  let end = 0;
  for (const offset of offsets) {
    const line = Math.max(end, text.lastIndexOf('\n', offset - 1) + 1);
    parts.push(text.slice(end, line), text.slice(line, offset).replaceAll('\t', ' '));
    end = offset;
  }
  return parts.join('') + text.slice(end);
}

function parsePadded(loose: Loose, maxDepth: number): Event[] {
  const { text, pads, width } = loose;
  const parts = pads.map((start, index) => text.slice(pads[index - 1] ?? 0, start));
  const padded = [...parts, text.slice(pads.at(-1) ?? 0)].join(' '.repeat(width));
  const events = parseEvents(padded, { maxDepth });
  for (const event of events) unpadEvent(event, loose);
  return events;
}

/** Where a character of the padded text stands in the text itself. */
function unpad(offset: number, { pads, width }: Loose): number {
  let low = 0;
  let high = pads.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pads[middle] ?? 0) + middle * width < offset) low = middle + 1;
    else high = middle;
  }
  return Math.max(offset - low * width, pads[low - 1] ?? 0);
}

/** Whether room was made inside of brackets and quotes only, and before them: elsewhere, columns mean something. */
function standInside(events: readonly Event[], { text, pads }: Loose, tabbed: readonly number[]): boolean {
  const padded = new Set(pads);
  const unproved = new Set(tabbed);
  const levels: boolean[] = [];
  for (const event of events) {
    const isInside = levels.at(-1) ?? false;
    if (event.type === EVENT_ID.POP) levels.pop();
    else if (event.type !== EVENT_ID.SCALAR && event.type !== EVENT_ID.ALIAS)
      levels.push(isInside || ('style' in event && event.style === COLLECTION_STYLE.FLOW));
    if (isInside) continue;
    unproved.delete(startOf(event) ?? -1);
    if (isMoved(event, text, padded)) return false;
  }
  return unproved.size === 0;
}

/** Whether something outside of brackets and quotes begins, or goes on, on a line that was made room for. */
function isMoved(event: Event, text: string, padded: ReadonlySet<number>): boolean {
  const start = startOf(event);
  if (start === undefined) return false;
  const line = text.lastIndexOf('\n', start - 1) + 1;
  if (padded.has(line)) return true;
  if (event.type !== EVENT_ID.SCALAR || isQuoted(event)) return false;
  for (let at = text.indexOf('\n', start); at >= 0 && at < event.valueEnd; at = text.indexOf('\n', at + 1))
    if (padded.has(at + 1)) return true;
  return false;
}

const OFFSETS = ['start', 'valueStart', 'valueEnd', 'anchorStart', 'anchorEnd', 'tagStart', 'tagEnd'];

function unpadEvent(event: Event, loose: Loose): void {
  const fields = event as unknown as Record<string, number | undefined>;
  for (const name of OFFSETS) {
    const offset = fields[name];
    if (offset !== undefined && offset >= 0) fields[name] = unpad(offset, loose);
  }
}

function closeOpenEnd(events: readonly Event[], text: string): void {
  if (/(?:^|[\r\n])[ \t]*$/.test(text.slice(-1024))) return;
  const last = events.findLast(event => event.type === EVENT_ID.SCALAR);
  if (last?.type === EVENT_ID.SCALAR && isBlockScalarEvent(last) && last.valueEnd >= text.length)
    last.chomping = CHOMPING_MODE.STRIP;
}

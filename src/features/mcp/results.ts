import { randomBytes } from 'node:crypto';

/** What a tool answers: data, and whether that is an error. */
export type ToolResult = { data: object; isError: boolean };

/** Characters of one answer; the rest is read with `read_more`. */
const MOST_CHARACTERS = 20_000;
/** Of what stands in a JSON text once more, where quotes count twice. */
const PART = 9000;
const MOST_KEPT = 20;

/** Long answers of this process, of which a client reads one part after the other. */
export type Reports = {
  /** The answer as it is, or its beginning with the cursor of what follows. */
  bounded(result: ToolResult): ToolResult;
  /** The part at a cursor; undefined for one that is not known. */
  part(cursor: string): object | undefined;
};

/** A store for the long answers of one process; the oldest go. */
export function openReports(): Reports {
  const kept = new Map<string, string>();
  const partOf = (id: string, from: number): object => {
    const text = kept.get(id) ?? '';
    const end = from + PART;
    return {
      part: text.slice(from, end),
      characters: text.length,
      ...(end < text.length ? { cursor: `${id}:${end}` } : {}),
    };
  };
  return {
    bounded: ({ data, isError }) => {
      const text = JSON.stringify(data);
      if (text.length <= MOST_CHARACTERS) return { data, isError };
      const id = randomBytes(6).toString('hex');
      kept.set(id, text);
      for (const old of [...kept.keys()].slice(0, -MOST_KEPT)) kept.delete(old);
      return { data: partOf(id, 0), isError };
    },
    part: cursor => {
      const [, id = '', from = ''] = /^([0-9a-f]{12}):(\d{1,9})$/.exec(cursor) ?? [];
      return kept.has(id) ? partOf(id, Number(from)) : undefined;
    },
  };
}

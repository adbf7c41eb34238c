import { displayJson } from '../text/display.ts';

/** JSON as data; undefined for text that is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** A value as the JSON that leaves the process: on one line unless `indent` is given, with nothing that acts or hides. */
export function toJson(value: unknown, indent?: number): string {
  return displayJson(JSON.stringify(value, null, indent));
}

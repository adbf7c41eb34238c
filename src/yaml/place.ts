import type { Step } from './nodes.ts';

/** A value in a YAML file: the number of its document, and the way from the document's root. */
export type Place = { file: string; document: number; path: readonly Step[] };

/** A place as one word. */
export function placeId({ file, document, path }: Place): string {
  return `${file}#${document}:${path.join('.')}`;
}

/** The place of something inside of a place. */
export function inside({ file, document, path }: Place, ...steps: Step[]): Place {
  return { file, document, path: [...path, ...steps] };
}

import type { Step } from '../nodes.ts';
import type { Edit } from '../text.ts';
import type { FieldPlace } from './add.ts';
import type { Intent } from './verify.ts';

/** A place in a file: the number of its document, the first one unless given, and the way from its root. */
type At = { document?: number; path: readonly Step[] };

/** One change of a YAML file of a person. */
export type YamlEdit =
  /** Gives what is there another value; a text in the quotes that it has. */
  | ({ kind: 'set'; value: unknown } & At)
  /** The same; a key that is not there is added, with the maps that are missing on the way. */
  | ({ kind: 'put'; value: unknown; place?: FieldPlace } & At)
  /** Adds items to the list of a key, behind the last one or behind that at `after`; makes the list where there is none. */
  | ({ kind: 'add'; items: readonly unknown[]; after?: number; list?: NewList } & At)
  /** Makes a text of what reads as a number or a switch, as it is written. */
  | ({ kind: 'quote' } & At)
  /** Takes a key or an item away. */
  | ({ kind: 'remove' } & At)
  /** Gives a key another name. */
  | ({ kind: 'rename'; name: string } & At);

/** How a list looks that is not there yet: the spaces before its dashes from the key's column, and the key's place. */
export type NewList = { indent: number; place: FieldPlace };

/** A change of a file as byte ranges, and what they have to do. */
export type Plan = { edits: Edit[]; intent: Intent };

import type { Step } from '../nodes.ts';

/**
 * Where a new key goes: among sorted keys in its order, else at the end; first of all; first in a nested map, but last in
 * the file, where what stands above the first key speaks about the whole file; or behind the keys that come before it in
 * an order.
 */
export type FieldPlace = 'sorted' | 'first' | 'front' | { order: readonly string[] };

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
  /** Takes a key or an item away, with the comments right above it where they are its own. */
  | ({ kind: 'remove'; withComments?: boolean } & At)
  /** Gives a key another name. */
  | ({ kind: 'rename'; name: string } & At)
  /** Takes a key to a place that is free, with its lines and its comments. */
  | ({ kind: 'move'; to: readonly string[] } & At);

/** How a list looks that is not there yet: the spaces before its dashes from the key's column, and the key's place. */
type NewList = { indent: number; place: FieldPlace };

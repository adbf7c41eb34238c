import type { ReadPlace } from '../../../repository/unread/unread.ts';
import type { LocatedObject } from '../../../deliveries/located-object.ts';
import type { Step } from '../../../yaml/nodes.ts';

/** Something that stands wrong where charts are delivered, for the rule that it is about. Plain data: it is kept from run to run. */
export type DeliveryProblem = {
  code: string;
  file: string;
  document: number;
  steps: readonly Step[];
  /** The words that the rule's sentences take. */
  about: Readonly<Record<string, string>>;
};

/** What rules, and the count of charts, look at of deliveries. */
export type DeliveryFacts = { problems: readonly DeliveryProblem[]; reads: readonly ReadPlace[] };

/** A problem of an object, at a path inside of it. */
export function problemIn(
  code: string,
  { at, name }: Pick<LocatedObject, 'at' | 'name'>,
  steps: readonly Step[],
  about: Record<string, string>,
): DeliveryProblem {
  return {
    code,
    file: at.file,
    document: at.document,
    steps: [...at.path, ...steps],
    about: { name, ...about },
  };
}

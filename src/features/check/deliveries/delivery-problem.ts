import type { ReadPlace } from '../../../repository/unread/unread.ts';
import type { LocatedObject } from '../../../deliveries/located-object.ts';
import type { Step } from '../../../yaml/nodes.ts';

/** The words that the sentences of each rule take beside the name of the object. */
type Words = {
  'application-oci-scheme': 'url' | 'without';
  'application-path-missing': 'path';
  'application-project-forbids': 'project' | 'what';
  'application-ref-twice': 'ref';
  'application-revision-floating': 'version';
  'application-values-missing': 'file';
  'flux-api-removed': 'kind' | 'version' | 'now';
  'ks-not-listed': 'list' | 'entry';
  'ks-path-missing': 'path';
  'release-source-missing': 'source';
  'release-substitution': 'variable';
  'release-two-sources': never;
  'release-values-missing': 'map';
  'release-values-unhashed-stale': 'map';
  'release-version-floating': 'version';
  'source-override': 'image' | 'tag';
};

/** The rules about what delivers charts. */
export type DeliveryCode = keyof Words;

/** Something that stands wrong where charts are delivered, for the rule that it is about. Plain data: it is kept from run to run. */
type ProblemOf<Code extends DeliveryCode> = {
  code: Code;
  file: string;
  document: number;
  steps: readonly Step[];
  about: Readonly<Record<'name' | Words[Code], string>>;
};

export type DeliveryProblem = { [Code in DeliveryCode]: ProblemOf<Code> }[DeliveryCode];

/** What rules, and the count of charts, look at of deliveries. */
export type DeliveryFacts = { problems: readonly DeliveryProblem[]; reads: readonly ReadPlace[] };

/** A problem of an object, at a path inside of it. */
export function problemIn<Code extends DeliveryCode>(
  code: Code,
  { at, name }: Pick<LocatedObject, 'at' | 'name'>,
  steps: readonly Step[],
  about: Readonly<Record<Words[Code], string>>,
): ProblemOf<Code> {
  return {
    code,
    file: at.file,
    document: at.document,
    steps: [...at.path, ...steps],
    about: { name, ...about },
  };
}

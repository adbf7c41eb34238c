import { say } from '../../locales/say.ts';
import type { SourceLocation } from '../../repository/source-location.ts';
import { display } from '../../text/display.ts';
import type { Text } from '../../text/language.ts';

/** A value that the schema of a chart refuses, and where a person says it. */
export type RefusedValue = {
  /** From the outermost chart on, as people write it. */
  path: string;
  keyword: string;
  /** What it would have to be: follows the path in a sentence. */
  rule: Text;
  /** `values.schema.json`, `charts/redis/values.schema.json`. */
  schema: string;
  /** Undefined where the chart itself says it. */
  at: SourceLocation | undefined;
};

/** A schema, or the part of it, that values were not held to. */
export type NotHeld = { schema: string; isPart: boolean; reason: Text };

/** What the schemas of a chart, and of those in it, make of values. */
export type ValuesVerdict = {
  schemas: number;
  refused: readonly RefusedValue[];
  notHeld: readonly NotHeld[];
};

/** A refused value in a sentence: the place, the path, the rule. */
export function refusedText({ path, rule, at }: RefusedValue): Text {
  return at
    ? say('schema.brokenAt', { place: `${display(at.file)}:${at.line}`, path, rule })
    : say('schema.brokenDefault', { path, rule });
}

/** A verdict for programs, which is always in English. */
export function verdictJson({ schemas, refused, notHeld }: ValuesVerdict) {
  return {
    schemas,
    refused: refused.map(({ rule, ...one }) => ({ ...one, rule: rule.en })),
    notHeld: notHeld.map(({ reason, ...one }) => ({ ...one, reason: reason.en })),
  };
}

/** What values were not held to, in a sentence. */
export function notHeldText({ schema, isPart, reason }: NotHeld): Text {
  return say(isPart ? 'schema.notWhole' : 'schema.notJudged', { file: display(schema), reason });
}

/** Everything that the schemas say, or do not say, in sentences. */
export function verdictTexts({ refused, notHeld }: ValuesVerdict): { refused: Text[]; notHeld: Text[] } {
  return { refused: refused.map(refusedText), notHeld: notHeld.map(notHeldText) };
}

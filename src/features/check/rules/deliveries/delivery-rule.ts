import type { Text } from '../../../../text/language.ts';
import type { Severity } from '../../../../repository/rule-level.ts';
import type { RepositoryRule } from '../../rule.ts';

/** What a problem hands to the sentences of its rule. */
export type About<Name extends string> = Readonly<Record<Name, string>>;

type Words = {
  severity: Severity;
  title: Text;
  words(about: Readonly<Record<string, string>>): { message: Text; hint: Text };
};

/** A rule about what stands wrong where charts are delivered: the problems of its code, in its words. */
export function deliveryRule(code: string, { severity, title, words }: Words): RepositoryRule {
  return {
    scope: 'repository',
    severity,
    title,
    check: ({ deliveries }) =>
      deliveries
        .filter(problem => problem.code === code)
        .map(({ file, document, steps, about }) => ({
          file,
          document,
          steps,
          isOfNoApp: true,
          ...words(about),
        })),
  };
}

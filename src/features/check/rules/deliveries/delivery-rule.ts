import type { Text } from '../../../../text/language.ts';
import type { Severity } from '../../../../repository/rule-level.ts';
import type { DeliveryCode, DeliveryProblem } from '../../deliveries/delivery-problem.ts';
import type { RepositoryRule } from '../../rule.ts';

type ProblemOf<Code extends DeliveryCode> = Extract<DeliveryProblem, { code: Code }>;

type Words<Code extends DeliveryCode> = {
  severity: Severity;
  title: Text;
  words(problem: ProblemOf<Code>): { message: Text; hint: Text };
};

/** A rule about what stands wrong where charts are delivered: the problems of its code, in its words. */
export function deliveryRule<Code extends DeliveryCode>(
  code: Code,
  { severity, title, words }: Words<Code>,
): RepositoryRule {
  const isOwn = (problem: DeliveryProblem): problem is ProblemOf<Code> => problem.code === code;
  return {
    scope: 'repository',
    severity,
    title,
    check: ({ deliveries }) =>
      deliveries.filter(isOwn).map(problem => ({
        file: problem.file,
        document: problem.document,
        steps: problem.steps,
        isOfNoApp: true,
        ...words(problem),
      })),
  };
}

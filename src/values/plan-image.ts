import { UserError } from '../errors.ts';
import { answerName, type Answers, imageDecision } from './decisions.ts';
import { fieldsIn, heldBy, type ImageFields, imageName } from './image-fields.ts';
import type { DecisionAnswer, Decision, Outcome } from './plan.ts';
import type { MergeNode } from './merge-nodes.ts';
import { pathOf } from './path.ts';
import { say } from '../locales/say.ts';

/** What was decided about an image as a whole. */
export type ImagePlan = {
  readonly decision: Decision;
  readonly answer: DecisionAnswer | undefined;
  readonly outcome: Outcome;
};

/**
 * One decision about an image that both sides changed in parts that go together. `mergedIn` gives what a field comes
 * to where each side's change is taken; undefined where a field itself is contested.
 * @throws UserError E_VALUE for an answer that is none of the options
 */
export function planImage(
  node: MergeNode,
  fields: ImageFields,
  { answers, mergedIn }: { answers: Answers; mergedIn: ((field: MergeNode) => unknown) | undefined },
): ImagePlan {
  const [base, ours, theirs] = (['base', 'ours', 'theirs'] as const).map(side =>
    imageName(fields, heldBy(side)),
  );
  const merged = mergedIn && imageName(fields, mergedIn);
  const decision = imageDecision(node, { base, ours, theirs, merged });
  const answer = answers[decision.id];
  if (answer !== undefined && !decision.options.some(option => option === answer))
    throw new UserError('E_VALUE', say('values.noSuchAnswer', { path: decision.path }), {
      hint: say('values.answerOursTheirsMerged'),
    });
  const to = answer === 'theirs' ? theirs : answer === 'merged' ? merged : ours;
  const named = answer === undefined ? {} : { answer: answerName(answer) };
  return {
    decision,
    answer,
    outcome: { path: pathOf(node), outcome: 'image-changed', ...(to && { to }), ...named },
  };
}

/** What is said of an image that both sides changed in parts that do not touch each other. */
export function mergedImage(
  node: MergeNode,
  fields: ImageFields,
  valueOf: (field: MergeNode) => unknown,
): Outcome {
  return { path: pathOf(node), outcome: 'image-merged', to: imageName(fields, valueOf) };
}

/** The fields of an image that ours holds. */
export function ownFields(fields: ImageFields): MergeNode[] {
  return fieldsIn(fields).filter(({ ours }) => ours);
}

import { createHash } from 'node:crypto';
import { createFile, deleteFile } from '../../change-set.ts';
import { append } from '../../data/append.ts';
import { isRecord } from '../../data/fields.ts';
import { scopesOf } from '../../values/answer-keys.ts';
import { mergeAnswered } from '../../values/merge-answered.ts';
import type { Decision } from '../../values/plan.ts';
import { editYaml } from '../../yaml/edit.ts';
import { documentsOf, isValuesKey, objectNames, type PromotedFile } from './app-files.ts';
import { promotedPartOf } from './environment-owned.ts';
import { BEHIND_KINDS, type PromotionPlan, type PromotionRequest } from './promotion.ts';

/** A file that the target does not have: one that it gave up stays away. */
export function planNew(
  request: PromotionRequest,
  plan: PromotionPlan,
  { key, source, base }: { key: string; source: PromotedFile; base: PromotedFile | undefined },
): void {
  const { source: from, target: to } = request;
  if (
    key === 'lock' ||
    (isValuesKey(key) && plan.held.some(({ chart }) => key.startsWith(`values of ${chart} `)))
  )
    return;
  const file = `${to.path}${source.file.slice(from.path.length)}`;
  if (base) {
    plan.ahead.push(file);
    return;
  }
  plan.behind.push({
    kind: BEHIND_KINDS[promotedPartOf(key, [])],
    what: [file, ...objectNames(source.text)].join(', '),
  });
  const content = inNamespace(source, { from: from.namespace, to: to.namespace });
  plan.changes.push(createFile({ path: file, content, why: request.why }));
}

/** Objects that name the source's namespace name the target's. */
function inNamespace({ file, text }: PromotedFile, { from, to }: { from: string; to: string }): string {
  if (from === to) return text;
  const edits = documentsOf(text).flatMap((data, document) => {
    const own = isRecord(data) && isRecord(data['metadata']) ? data['metadata']['namespace'] : undefined;
    return own === from
      ? [{ kind: 'set' as const, document, path: ['metadata', 'namespace'], value: to }]
      : [];
  });
  return editYaml(text, file, edits);
}

/** A file that the source has no more goes, unless the target changed it. */
export function planRemoved(
  request: PromotionRequest,
  plan: PromotionPlan,
  { target, base }: { target: PromotedFile; base: PromotedFile },
): void {
  const { file } = target;
  const digest = createHash('sha256').update(`${base.text}\0${target.text}`).digest('hex').slice(0, 8);
  const decision: Decision = {
    id: `${file}#${digest}`,
    path: file,
    kind: 'both-changed',
    base: base.text,
    ours: target.text,
    theirs: null,
    options: ['ours', 'theirs'],
  };
  const isOwn = target.text !== base.text;
  const { merged, used } = mergeAnswered(
    request.given,
    scopesOf({ app: request.app, names: [file] }),
    answers => ({
      answer: isOwn ? answers[decision.id] : 'theirs',
      decisions: isOwn && answers[decision.id] === undefined ? [decision] : [],
      usedAnswers: isOwn && answers[decision.id] !== undefined ? [decision.id] : [],
    }),
  );
  append(
    plan.usedAnswers,
    used.map(answer => answer.key),
  );
  append(
    plan.decisions,
    merged.decisions.map(each => ({ ...each, file })),
  );
  if (merged.answer !== 'theirs') return;
  plan.behind.push({ kind: 'resource', what: `${file} −` });
  append(plan.deletes, objectNames(target.text));
  plan.changes.push(deleteFile({ path: file, before: target.text, why: request.why }));
}

import type { Line } from '../../output/lay-out.ts';
import { createHash } from 'node:crypto';
import type { Answers } from '../../values/decisions.ts';
import { answersIn, readAnswerMap } from '../../values/read-answers.ts';
import { display } from '../../text/display.ts';
import { printYaml } from '../../yaml/print.ts';
import type { Text } from '../../text/language.ts';
import { say } from '../../locales/say.ts';
import { UserError } from '../../errors.ts';
import { nearest } from '../../text/nearest.ts';
import { RISK_IDS, type Risk } from '../../render/risks/risk.ts';

/** A risk of an upgrade, with what names it in answers, and whether a person has accepted it. */
export type JudgedRisk = Risk & {
  /** `risk:immutable-field:StatefulSet/db#1a2b3c4d`: hangs on the evidence, as the id of a decision does. */
  key: string;
  accepted: boolean;
};

const PREFIX = 'risk:';

/** Whether an id in an answers file is that of a risk. */
export function isRiskKey(id: string): boolean {
  return id.startsWith(PREFIX);
}

/** The risks with their keys. `accepted` are keys of risks, or classes of them (`immutable-field`). */
export function withAcceptance(risks: readonly Risk[], accepted: readonly string[]): JudgedRisk[] {
  return risks.map(risk => {
    const key = keyOf(risk);
    return { ...risk, key, accepted: accepted.includes(key) || accepted.includes(risk.id) };
  });
}

function keyOf({ id, object, fact }: Risk): string {
  const place = object.namespace === undefined ? object.name : `${object.namespace}/${object.name}`;
  const evidence = createHash('sha256')
    .update(JSON.stringify([object, fact.en]))
    .digest('hex')
    .slice(0, 8);
  return `${PREFIX}${id}:${object.kind}/${place}#${evidence}`;
}

/** The risks that nobody has accepted and that an upgrade does not take by itself. */
export function openRisks(risks: readonly JudgedRisk[] = []): JudgedRisk[] {
  return risks.filter(({ level, accepted }) => level === 'fatal' && !accepted);
}

/**
 * What `--accept` names, each a class of risks or the key of one.
 * @throws UserError E_USAGE for a class that there is not
 */
export function readAccepted(words: readonly string[]): string[] {
  for (const word of words) {
    if (isRiskKey(word) || RISK_IDS.some(id => id === word)) continue;
    const near = nearest(word, RISK_IDS);
    throw new UserError('E_USAGE', say('upgrade.unknownRisk', { word }), {
      hint:
        near === undefined
          ? say('upgrade.riskClasses', { classes: RISK_IDS.join(', ') })
          : say('upgrade.didYouMeanRisk', { near }),
    });
  }
  return [...words];
}

/** The lines of a file for `--decisions` that would accept a risk; a person takes the `#` away. */
export function acceptLines({ key, fact }: JudgedRisk, t: (text: Text) => string): Line[] {
  const answer = display(printYaml({ [key]: 'accept' }).trimEnd());
  return [{ yaml: `# ${display(t(fact))}` }, { whole: `# ${answer}` }];
}

/** What a file for `--decisions` answers: decisions about values, and the risks that are taken. */
export type Decisions = { answers: Answers; accepted: readonly string[] };

/**
 * Reads a file for `--decisions`. A risk is answered with `accept` alone.
 * @throws UserError E_VALUE naming the id
 */
export function readDecisions(text: string, file: string): Decisions {
  const entries = Object.entries(readAnswerMap(text, file));
  const risks = entries.filter(([id]) => isRiskKey(id));
  for (const [id, answer] of risks)
    if (answer !== 'accept')
      throw new UserError('E_VALUE', say('upgrade.riskTakesAccept', { file, id: display(id) }), {
        subject: id,
      });
  const rest = Object.fromEntries(entries.filter(([id]) => !isRiskKey(id)));
  return { answers: answersIn(rest, file), accepted: risks.map(([id]) => id) };
}

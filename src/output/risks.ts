import type { Line } from '../output/lay-out.ts';
import { createHash } from 'node:crypto';
import type { DataMap } from '../data/fields.ts';
import { matchesText } from '../values/answer-patterns.ts';
import { type Answers, unusedAnswers } from '../values/decisions.ts';
import type { StandingAnswer } from '../values/merge-answered.ts';
import { answersIn, readAnswerMap } from '../values/read-answers.ts';
import { CONFIGURATION_FILE, type Configuration } from '../repository/configuration.ts';
import { display } from '../text/display.ts';
import { printYaml } from '../yaml/print.ts';
import type { Text } from '../text/language.ts';
import { say } from '../locales/say.ts';
import { UserError } from '../errors.ts';
import { nearest } from '../text/nearest.ts';
import { byKey, keyFor } from '../values/answer-keys.ts';
import { RISK_IDS, type Risk } from '../render/risks/risk.ts';

/** A risk of an upgrade, with what names it in answers, and whether a person has accepted it. */
export type JudgedRisk = Risk & {
  /** `risk:immutable-field:StatefulSet/db#1a2b3c4d`: hangs on the evidence, as the id of a decision does. */
  key: string;
  accepted: boolean;
  /** The pattern that did, where it was one. */
  acceptedBy?: string;
};

const PREFIX = 'risk:';

/** Whether an id in an answers file is that of a risk, with or without its app. */
export function isRiskKey(id: string): boolean {
  return id.startsWith(PREFIX) || id.includes(keyFor('', PREFIX));
}

/**
 * The risks of an app with their keys. `accepted` are keys of risks, patterns for keys (`risk:image-moved:Deployment/*`), both
 * with or without the app, or classes (`immutable-field`).
 */
export function withAcceptance(
  app: string,
  risks: readonly Risk[],
  accepted: readonly string[],
): JudgedRisk[] {
  return risks.map(risk => {
    const key = keyOf(risk);
    const by = accepted.find(word => word === risk.id || acceptsKey(word, app, key));
    const isPattern = by !== undefined && isRiskKey(by) && !by.includes('#');
    return { ...risk, key, accepted: by !== undefined, ...(isPattern ? { acceptedBy: by } : {}) };
  });
}

/** Whether a key or a pattern is about a risk of an app: of what stands before the `#`, any part may be `*`. */
function acceptsKey(word: string, app: string, key: string): boolean {
  const own = word.startsWith(keyFor(app, '')) ? word.slice(keyFor(app, '').length) : word;
  if (own === key) return true;
  if (!own.startsWith(PREFIX) || own.includes('#')) return false;
  const pattern = own.split(':').length > 2 ? own : `${own}:*`;
  return matchesText(pattern, key.slice(0, key.lastIndexOf('#')));
}

/** `data-removed` of `production/blog: risk:data-removed:*`. */
function riskClassOf(key: string): string {
  return /(?:^|: )risk:([^:]*)/.exec(key)?.[1] ?? '';
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

/** An app as far as its risks go. */
type Judged = { app: string; rendered: { risks: readonly JudgedRisk[] } | undefined };

/** A fatal risk that nobody has accepted, with its app and the key that a file answers it by. */
export type OpenRisk = { app: string; key: string; risk: JudgedRisk };

/** Every risk of a run that waits for a person; one that an app has twice stands once. */
export function openRisksOf(apps: readonly Judged[]): OpenRisk[] {
  const open = apps.flatMap(({ app, rendered }) =>
    openRisks(rendered?.risks).map(risk => ({ app, id: risk.key, risk })),
  );
  return [...byKey(open)].flatMap(([key, same]) =>
    same.slice(0, 1).map(({ app, risk }) => ({ app, key, risk })),
  );
}

/** What was answered that no decision and no risk of these apps asks. */
export function unusedIn(
  apps: readonly (Judged & {
    charts: readonly { values: readonly { answered: readonly StandingAnswer[] }[] }[];
  })[],
  { answers, accepted }: Decisions,
): string[] {
  const used = apps
    .flatMap(({ charts }) => charts.flatMap(({ values }) => values.flatMap(({ answered }) => answered)))
    .filter(({ source }) => source === 'decisions')
    .map(({ key }) => key);
  return [...unusedAnswers(answers, used), ...unusedRiskKeys(apps, accepted)];
}

/** The keys and patterns among `accepted` that no risk of these apps has. */
export function unusedRiskKeys(apps: readonly Judged[], accepted: readonly string[]): string[] {
  const isUsed = (word: string): boolean =>
    apps.some(({ app, rendered }) => (rendered?.risks ?? []).some(({ key }) => acceptsKey(word, app, key)));
  return accepted.filter(word => isRiskKey(word) && !isUsed(word));
}

/**
 * What `--accept` names, each a class of risks or the key of one.
 * @throws UserError E_USAGE for a class that there is not
 */
export function readAccepted(words: readonly string[]): string[] {
  for (const word of words) {
    if (isRiskKey(word)) requireRiskClass(word);
    else requireKnown(word);
  }
  return [...words];
}

function requireKnown(word: string): void {
  if (RISK_IDS.some(id => id === word)) return;
  const near = nearest(word, RISK_IDS);
  throw new UserError('E_USAGE', say('upgrade.unknownRisk', { word: display(word) }), {
    hint:
      near === undefined
        ? say('upgrade.riskClasses', { classes: RISK_IDS.join(', ') })
        : say('upgrade.didYouMeanRisk', { near }),
  });
}

/** The lines of a file for `--decisions` that would accept a risk; a person takes the `#` away. */
export function acceptLines({ key, risk: { fact } }: OpenRisk, t: (text: Text) => string): Line[] {
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
  return decisionsIn(readAnswerMap(text, file), file);
}

/**
 * The answers in a map of ids and patterns.
 * @throws UserError E_VALUE naming the id
 */
export function decisionsIn(data: DataMap, file: string): Decisions {
  const entries = Object.entries(data);
  const risks = entries.filter(([id]) => isRiskKey(id));
  for (const [id, answer] of risks) {
    if (answer !== 'accept')
      throw new UserError('E_VALUE', say('upgrade.riskTakesAccept', { file, id: display(id) }), {
        subject: id,
      });
    requireRiskClass(id);
  }
  const rest = Object.fromEntries(entries.filter(([id]) => !isRiskKey(id)));
  return { answers: answersIn(rest, file), accepted: risks.map(([id]) => id) };
}

/** A class may be a pattern too; of the risks of a class that there is not there will never be any. */
function requireRiskClass(key: string): void {
  const word = riskClassOf(key);
  if (key.includes('#') || word.includes('*')) return;
  requireKnown(word);
}

/**
 * The answers of a run with those that stand in the repository's configuration.
 * @throws UserError E_VALUE for a pattern that there cannot be
 */
export function withStanding(
  { answers: standing = {} }: Configuration,
  { answers, accepted }: Decisions,
): Decisions & { standing: Answers } {
  const always = decisionsIn(standing, CONFIGURATION_FILE);
  return { answers, accepted: [...accepted, ...always.accepted], standing: always.answers };
}

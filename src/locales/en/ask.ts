import type { Args } from '../args.ts';

export const ask = {
  'ask.answeredBefore': ({ message, answer }: Args<'message' | 'answer'>) => `✔ ${message} ${answer}`,
  'ask.answerNo': 'No',
  'ask.answerYes': 'Yes',
  'ask.answersKept': 'your answers are kept: the next start offers them',
  'ask.backAndStop': 'Esc: back to the question before · Ctrl+C: stop; your answers are kept',
  'ask.goOnWhereStopped': ({ count, name }: Args<'count' | 'name'>) =>
    `Go on where you stopped? (${count === 1 ? '1 answer' : `${count} answers`} kept: ${name})`,
  'ask.giveThemFlags': 'Give them on the command line.',
  'ask.giveThemFlagsYesTake': 'Give them on the command line, or --yes to take what slipway suggests.',
  'ask.keptForAnother': ({ name }: Args<'name'>) =>
    `The answers kept from an earlier run (${name}) do not go with this line, and are left aside.`,
  'ask.noFlagPlop': ({ foreign }: Args<'foreign'>) => `plop has no flag --${foreign}`,
  'ask.nobodyCanAskedTheseAnswers': ({ flags }: Args<'flags'>) =>
    `nobody can be asked, and these answers are missing: ${flags}`,
  'ask.orderSkipsOne': ({ questions }: Args<'questions'>) => `In order: ${questions}; _ skips one.`,
  'ask.putSlipwaysOwnBehindNpx': ({ foreign }: Args<'foreign'>) =>
    `Put slipway's own behind --, as in: npx plop new-app wiki -- --${foreign}`,
  'ask.takesAnswersGiven': ({ name, count, count2 }: Args<'name' | 'count' | 'count2'>) =>
    `${name} takes ${count} answers, but ${count2} were given`,
};

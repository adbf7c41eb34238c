import type { Args, Plural } from '../args.ts';

export const ask = {
  'ask.answeredBefore': ({ message, answer }: Args<'message' | 'answer'>) => `✔ ${message} ${answer}`,
  'ask.answerNo': 'No',
  'ask.answerYes': 'Yes',
  'ask.answersKept': 'your answers are kept: the next start offers them',
  'ask.backAndStop': 'Esc: back to the question before · Ctrl+C: stop; your answers are kept',
  'ask.flagRefused': ({ flag, message }: Args<'flag' | 'message'>) => `--${flag}: ${message}`,
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
  'ask.rendersNoServiceAll': 'It renders no Service at all.',
  'ask.rendersNoServicePort': ({ path, service, port }: Args<'path' | 'service' | 'port'>) =>
    `${path} renders no Service ${service} with the port ${port}`,
  'ask.rendersServices': ({ known }: Args<'known'>) => `It renders ${known}.`,
  'ask.takesAnswersGiven': ({ name, count, count2 }: Args<'name' | 'count' | 'count2'>, plural: Plural) =>
    `${name} takes ${plural(count, 'answer')}, but ${count2} were given`,
  'ask.flagsClash': ({ flag, other }: Args<'flag' | 'other'>) => `--${flag} does not go with --${other}`,
  'ask.leaveOneOut': 'Leave one of them out.',
  'ask.flagOnlyWith': ({ flag, other }: Args<'flag' | 'other'>) =>
    `--${flag} has no effect without --${other}`,
  'ask.giveOtherToo': ({ flag, other }: Args<'flag' | 'other'>) =>
    `Give --${other} too, or leave --${flag} out.`,
};

import type { Args, Plural } from '../args.ts';

export const update = {
  'update.base': 'made then',
  'update.nameOne':
    'Name one app that slipway new made: slipway update <app>. Charts move to newer versions with slipway upgrade.',
  'update.needsDecision': ({ app, count }: Args<'app' | 'count'>, plural: Plural) =>
    `${app}: ${plural(count, 'decision')} to take, nothing written for it`,
  'update.notMade': ({ word }: Args<'word'>) => `no record that slipway new made ${word}`,
  'update.nothingLeft': ({ app }: Args<'app'>) => `nothing of what was made for ${app} is there any more`,
  'update.madeElsewhere': ({ app, made }: Args<'app' | 'made'>) =>
    `the recorded answers make ${made}, and what was made is in ${app} now`,
  'update.nothingLeftHint':
    'If the app moved, change the answers and paths in its file under .slipway/generated, or delete that file.',
  'update.nothingRecorded': 'nothing that slipway new made in .slipway/generated',
  'update.ours': 'here now',
  'update.set': 'another answer than the recorded one; for one app',
  'update.setOne': '--set is for one app',
  'update.several': ({ word, several }: Args<'word' | 'several'>) => `${word} is several: ${several}`,
  'update.staysGone': ({ file }: Args<'file'>) => `${file} was taken away here, and stays so`,
  'update.summary': 'applies a changed generator again to what it made, three-way, with the recorded answers',
  'update.theirs': 'made now',
  'update.unchanged': ({ app, generators }: Args<'app' | 'generators'>) =>
    `${app}: as ${generators} makes it`,
  'update.updated': ({ app, generators }: Args<'app' | 'generators'>) => `${app}: updated from ${generators}`,
  'update.usage': '[app…]',
  'update.why': ({ name }: Args<'name'>) => `as ${name} makes it now`,
  'update.wouldUpdate': ({ app, generators }: Args<'app' | 'generators'>) =>
    `${app}: would be updated from ${generators}`,
};

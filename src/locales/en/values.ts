import type { Args } from '../args.ts';

export const values = {
  'values.readNoLonger': 'gone from the chart, and it had an effect',
  'values.keepsIt': 'keep it',
  'values.dropsIt': 'drop it',
  'values.movesIt': 'move it there',
  'values.answerOursTheirsMerged': 'Answer one of the options of the decision.',
  'values.imageChanged': 'both sides changed the image, in parts that go together',
  'values.imageMerged': 'the image of both changes is',
  'values.noSuchAnswer': ({ path }: Args<'path'>) => `${path}: the decision about it has no such answer`,
  'values.documentUnread': 'Helm reads the first document alone',
  'values.answerNoneOursTheirsMerged': ({ file, id }: Args<'file' | 'id'>) =>
    `${file}: the answer to ${id} is not one of ours, theirs, merged, { value }`,
  'values.answerOursTheirsValue': 'Answer ours, theirs, or a value.',
  'values.applied': 'applied',
  'values.bothSidesChanged': 'both sides changed it',
  'values.bothChangesTaken': 'both sides changed it in different places, and both changes are in the result',
  'values.bothSidesChangedList': 'both sides changed the list',
  'values.cannotBeMigrated': ({ file, reason }: Args<'file' | 'reason'>) =>
    `${file} cannot be migrated by machine: ${reason}`,
  'values.commentsCarried': 'comments carried',
  'values.giveValuesFileChart': 'Give the values file of a chart.',
  'values.goneFromChartKeptDelete': 'gone from the chart, kept: delete it if you agree',
  'values.goneFromDefaultsKept': 'gone from the defaults, kept',
  'values.goneFromDefaultsMayNow': 'gone from the defaults, may be now',
  'values.goneFromDefaultsStillRead': 'gone from the defaults, still read by templates, kept',
  'values.keyTwice': ({ path, line }: Args<'path' | 'line'>) =>
    `${path} is defined twice in ours: Helm takes the last one, and line ${line} counts for nothing`,
  'values.linesDifferFromNewDefaults': 'lines differ from the new defaults, and each is accounted for',
  'values.listsCannotMergedItemItem': ({ slot }: Args<'slot'>) =>
    `${slot}: the lists cannot be merged item by item`,
  'values.migrateFileHandPleaseReport': 'Migrate this file by hand; please report it with the three files.',
  'values.noDecision': ({ file, id }: Args<'file' | 'id'>) => `${file}: ${id} is not a decision`,
  'values.noMapDecisionIdsAnswers': ({ file }: Args<'file'>) =>
    `${file} is not a map of decision ids to answers`,
  'values.nowDefault': 'now the default',
  'values.restoredHelmIgnoresDeletedKeys': 'restored (Helm ignores deleted keys)',
  'values.typeChangedUpstream': 'its type changed upstream',
  'values.untilThenOursStandsAnswer':
    'Until then ours stands. Answer in a file for --decisions, a line each:',
  'values.valuesMustMap': ({ name, line, column }: Args<'name' | 'line' | 'column'>) =>
    `${name}:${line}:${column}: values must be a map`,
};

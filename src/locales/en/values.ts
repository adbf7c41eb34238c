import type { Args } from '../args.ts';

export const values = {
  'values.readNoLonger': 'gone from the chart, and it had an effect',
  'values.keepsIt': 'keep it',
  'values.dropsIt': 'drop it',
  'values.movesIt': 'move it there',
  'values.answerOursTheirsMerged': 'Answer one of the options of the decision.',
  'values.imageChanged': 'both sides changed the image, in parts that go together',
  'values.imageMerged': 'the image of both changes is',
  'values.deprecated': ({ path }: Args<'path'>) => `${path}: the new defaults call it deprecated`,
  'values.deprecatedUse': ({ path, to }: Args<'path' | 'to'>) =>
    `${path}: the new defaults call it deprecated, and name ${to} instead`,
  'values.noSuchAnswer': ({ path }: Args<'path'>) => `${path}: the decision about it has no such answer`,
  'values.documentUnread': 'Helm reads the first document alone',
  'values.commentsWouldGo': 'lines would come or go without a reason',
  'values.twoChangesMeet': ({ path, theirs, line }: Args<'path' | 'theirs' | 'line'>) =>
    `what you changed at ${path} and what the new defaults changed there (${theirs}:${line}) cannot both be put in`,
  'values.resultWouldDiffer': ({ places }: Args<'places'>) =>
    `the result would not say what your file says at ${places}`,
  'values.resultNotStable': 'the result would change again the next time',
  'values.resultNoYaml': 'the result would not be YAML',
  'values.reasonUnknown': ({ reason }: Args<'reason'>) => `of a fault in slipway (${reason})`,
  'values.migrateFileHand':
    'Take the new defaults and put your changes in by hand, or hold the version with a comment (# pin: …); please report it with the three files.',
  'values.writeOut':
    'Write anchors, aliases and braces out as the defaults do, and run again; slipway adopt --audit says whether the file stems from another version.',
  'values.rewriteOrMigrateByHand': ({ path, file, line }: Args<'path' | 'file' | 'line'>) =>
    `Write ${path} (${file}:${line}) out as the new defaults do, without anchors, aliases and braces, and run again; or take the new defaults and put the change in by hand; or hold the version with a comment (# pin: …).`,
  'values.answerNoneOursTheirsMerged': ({ file, id }: Args<'file' | 'id'>) =>
    `${file}: the answer to ${id} is not one of ours, theirs, merged, { value }`,
  'values.answerOursTheirsValue': 'Answer ours, theirs, or a value.',
  'values.applied': 'applied',
  'values.bothSidesChanged': 'both sides changed it',
  'values.bothChangesTaken': 'both sides changed it in different places, and both changes are in the result',
  'values.bothSidesChangedList': 'both sides changed the list',
  'values.cannotBeMigrated': ({ file, reason }: Args<'file' | 'reason'>) =>
    `${file} cannot be migrated by machine: ${reason}`,
  'values.cannotBeRewritten': ({ file, reason }: Args<'file' | 'reason'>) =>
    `${file} cannot be rewritten by machine: ${reason}`,
  'values.commentsCarried': 'comments carried',
  'values.giveValuesFileChart': 'Give the values file of a chart.',
  'values.goneFromChartKeptDelete': 'gone from the chart, kept: delete it if you agree',
  'values.goneFromDefaultsKept': 'gone from the defaults, kept',
  'values.goneFromDefaultsMayNow': 'gone from the defaults, may be now',
  'values.goneFromDefaultsStillRead': 'gone from the defaults, still read by templates, kept',
  'values.keyTwice': ({ path, line }: Args<'path' | 'line'>) =>
    `${path} is defined twice in ours: Helm takes the last one, and line ${line} counts for nothing`,
  'values.linesDifferFromNewDefaults': 'lines differ from the new defaults, and each is accounted for',
  'values.listsCannotMergedItemItem': ({ node }: Args<'node'>) =>
    `${node}: the lists cannot be merged item by item`,
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
  'values.noDecisionKind': ({ file, kind }: Args<'file' | 'kind'>) =>
    `${file}: there is no kind of decision ${kind}`,
  'values.decisionKinds': ({ kinds }: Args<'kinds'>) => `Kinds: ${kinds}.`,
  'values.noPathPattern': ({ file, path }: Args<'file' | 'path'>) =>
    `${file}: ${path} is neither the id of a decision nor a pattern for paths`,
  'values.pathPatterns': 'A pattern is a path such as image.tag; * stands for one step, ** for any.',
};

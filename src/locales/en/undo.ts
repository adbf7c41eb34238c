import type { Args, Plural } from '../args.ts';

export const undo = {
  'undo.answerNone': ({ file, id }: Args<'file' | 'id'>) =>
    `${file}: the answer to ${id} is neither ours nor theirs`,
  'undo.answerWith':
    'Write each path with ours (what stands now) or theirs (what stood before the run) into a file, and run again with --decisions FILE',
  'undo.asBefore': 'as before the run',
  'undo.decide': ({ count }: Args<'count'>, plural: Plural) =>
    `${plural(count, 'file')} changed since in what the run had changed too. Nothing was written.`,
  'undo.decisions':
    'answers to decisions: a YAML map of path to ours (as it is now) or theirs (as before the run)',
  'undo.editedSince': 'the run made it, and it was changed since',
  'undo.files': ({ count }: Args<'count'>, plural: Plural) => plural(count, 'path'),
  'undo.folderChanged': 'it holds something else by now',
  'undo.goneSince': 'the run wrote it, and it was removed since',
  'undo.isAsBefore': ({ line }: Args<'line'>) => `all is as before ${line}: nothing to write`,
  'undo.isCommitted': ({ commit }: Args<'commit'>) =>
    `What is undone is committed: git revert ${commit} does the same where that commit holds nothing else.`,
  'undo.keepNow': 'keep what stands now',
  'undo.left': ({ path, why }: Args<'path' | 'why'>) => `${path} stays: ${why}`,
  'undo.list': 'what can be undone, the last run first',
  'undo.madeAnewSince': 'the run removed it, and something stands there since',
  'undo.noSuchRun': ({ run }: Args<'run'>) => `no run ${run} can be undone`,
  'undo.nothingToUndo': 'there is no run that could be undone',
  'undo.question': 'Take these back?',
  'undo.redo': 'To have it again:',
  'undo.sameLinesSince': 'the same lines were changed since',
  'undo.seeList': 'See slipway undo --list.',
  'undo.stays': 'What the cluster did stays',
  'undo.summary': 'takes back what a run wrote, and keeps what was changed since',
  'undo.takeBefore': 'what stood before the run',
  'undo.toUndo': 'take these files back',
  'undo.undoes': ({ line, time }: Args<'line' | 'time'>) => `takes back ${line} of ${time}`,
  'undo.undone': ({ line, count }: Args<'line' | 'count'>, plural: Plural) =>
    `took back ${line}: ${plural(count, 'file')}`,
  'undo.usage': '[run]',
  'undo.whatIsKept': 'The last 20 runs that wrote in this work tree on this machine can be undone.',
  'undo.would': ({ line, count }: Args<'line' | 'count'>, plural: Plural) =>
    `would take back ${line}: ${plural(count, 'file')}`,
};

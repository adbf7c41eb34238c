import type { Args, Plural } from '../args.ts';

export const shard = {
  'shard.summary': 'joins what shards of check, preview or upgrade found into what one run would have said',
  'shard.flag': 'only the share of one of several machines, as 2/8; slipway join joins the results',
  'shard.flagMatrix': 'print the entries of a CI matrix for so many shards, and stop',
  'shard.flagFormat': 'what is printed; without it, what the command prints for a person',
  'shard.usage': '<file…>',
  'shard.noShard': ({ text }: Args<'text'>) => `--shard ${text} is no share of a run`,
  'shard.shardsAre': ({ most }: Args<'most'>) =>
    `write which one and of how many, such as 2/8, of ${most} at most`,
  'shard.noMatrix': ({ text, most }: Args<'text' | 'most'>) =>
    `--matrix ${text} is not a number of shards from 1 to ${most}`,
  'shard.notWith': ({ flag, other }: Args<'flag' | 'other'>) => `--${flag} and --${other} exclude each other`,
  'shard.runWithout': ({ flag }: Args<'flag'>) => `leave --${flag} out, or do it on one machine`,
  'shard.planNeedsShard': '--apply says what the other shards look at, so it takes --shard',
  'shard.tooMany': ({ most }: Args<'most'>) => `more than ${most} documents`,
  'shard.nothingToJoin': 'no documents to join',
  'shard.nameFiles': 'name the files that slipway check, preview or upgrade wrote with --shard and --json',
  'shard.noDocument': ({ file, problem }: Args<'file' | 'problem'>) =>
    `${file} is no result of a shard: ${problem}`,
  'shard.noPart': 'it does not say of which shard it is, and what that found',
  'shard.noJson': 'it is not whole JSON',
  'shard.damaged': 'it is not what slipway wrote, but cut off or changed',
  'shard.otherCommand': 'it is of another command',
  'shard.otherVersion': 'another version of slipway wrote it',
  'shard.otherNumber': 'its run has another number of shards',
  'shard.otherCommit': 'it is of another commit',
  'shard.otherFlags': 'its run had other flags',
  'shard.otherConfiguration': 'it is of another configuration, or of other apps',
  'shard.notOfOneRun': ({ file, first, difference }: Args<'file' | 'first' | 'difference'>) =>
    `${file} is not of the run of ${first}: ${difference}`,
  'shard.twice': ({ share, file, first }: Args<'share' | 'file' | 'first'>) =>
    `shard ${share} is given twice: ${first} and ${file}`,
  'shard.missing': ({ shards }: Args<'shards'>) => `documents are missing: ${shards}`,
  'shard.runAllAgain':
    'give one document of each shard of one run: same commit, version, configuration and flags',
  'shard.noJoin': ({ command }: Args<'command'>) => `the results of ${command} are not joined`,
  'shard.noFormat': ({ format, command }: Args<'format' | 'command'>) =>
    `--format ${format} is none of those of ${command}`,
  'shard.planChanged': ({ changed }: Args<'changed'>) =>
    `the work tree is not the commit that the plan was made of: ${changed} is another`,
  'shard.planNeedsCommit': ({ changed }: Args<'changed'>) =>
    `a plan of shards is made of a commit, and ${changed} is another in the work tree`,
  'shard.otherPlanVersion': ({ file }: Args<'file'>) => `another version of slipway wrote ${file}`,
  'shard.planNeedsGit': 'a plan of shards is made of a commit, and there is none',
  'shard.commitFirst': 'commit what you changed, or leave --plan out: --shard works without it',
  'shard.tooManyObjects': 'its shard renders more objects than its document may name',
  'shard.apart': ({ count }: Args<'count'>, plural: Plural) =>
    `apps of other shards were not held to the served versions of ${plural(count, 'custom kind')} that charts of a shard bring: run check --render without --shard for that`,
  'shard.planAgain': 'plan again where the shards run: slipway check --plan FILE',
};

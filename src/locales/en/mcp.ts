import type { Args } from '../args.ts';

export const mcp = {
  'mcp.allow':
    'also serve apply and undo; unattended: without asking anybody (default: nothing can be written)',
  'mcp.allowWhat': 'Use --allow write, or --allow write,unattended.',
  'mcp.applyIt': 'Use apply with its planId, or plan something else.',
  'mcp.changedSince': 'the repository, or what was looked up, has changed since this was planned',
  'mcp.giveRepo': 'Give repo as well, or look with find_chart.',
  'mcp.insideOnly': 'Name things of this repository: apps, charts, hosts. Files cannot be given.',
  'mcp.knownTools': ({ names }: Args<'names'>) => `There are: ${names}.`,
  'mcp.leadsOut': ({ value }: Args<'value'>) => `${value} leads out of the repository`,
  'mcp.noCursor': 'no answer goes on at this cursor',
  'mcp.noPlan': 'no plan of this session has that id',
  'mcp.nobodyToAsk': 'nobody can be asked whether to write this: the client takes no questions',
  'mcp.noSuchTool': ({ name }: Args<'name'>) => `there is no tool ${name}`,
  'mcp.notAllowed': ({ word }: Args<'word'>) => `${word} is nothing that --allow knows`,
  'mcp.notOneChart': ({ name, count }: Args<'name' | 'count'>) =>
    `${count} repositories in use have a chart ${name}`,
  'mcp.nothingAsked': 'this plan has no decisions to answer',
  'mcp.planAgain': 'Plan again and look at what it says now.',
  'mcp.planFirst': 'Plan first: each plan_* tool gives a planId.',
  'mcp.runInShell': ({ line }: Args<'line'>) => `A person runs it in a shell: ${line}`,
  'mcp.startWithout': ({ flag }: Args<'flag'>) => `Start it without ${flag}.`,
  'mcp.summary': 'serves this repository to an AI agent over the Model Context Protocol',
  'mcp.takesNo': ({ flag }: Args<'flag'>) =>
    `mcp takes no ${flag}: it speaks its protocol on stdout, and each plan is a dry run`,
  'mcp.tools': 'only these tools',
  'mcp.unattendedAlone':
    '--allow unattended allows nothing by itself: it takes the question from what write allows',
};

import type { Args, Plural } from '../args.ts';

export const preview = {
  'preview.wrote': ({ file }: Args<'file'>) => `wrote ${file}`,
  'preview.summary': 'what a branch really changes: rendered, compared, on a page',
  'preview.flagBase': 'what to compare with (default: where the branch left the default branch)',
  'preview.flagHead': 'what to look at: a revision, or worktree (the default)',
  'preview.flagHtml': 'write the page: one file that stands by itself; - for stdout',
  'preview.flagMarkdown': 'write a comment for the merge request, at most 60 000 characters; - for stdout',
  'preview.flagProve':
    'also render charts whose version or values change without each value, to find those that do nothing any more',
  'preview.flagDemo': 'on the demo repository, and a branch of it',
  'preview.oneToStdout': 'only one of --html -, --markdown - and --json can go to stdout',
  'preview.nameAFile': 'Name a file for the others.',
  'preview.flagExitCode': 'end with 1 if something renders differently, with 3 if it needs a decision',
  'preview.rendering': 'rendering both sides',
  'preview.needsRenderer': 'Preview compares what is rendered; slipway doctor shows what is missing.',
  'preview.noGit': 'this folder is not in a git repository, so there is no other side to compare with',
  'preview.needsGit': 'Run it in a clone of the repository.',
  'preview.noCommit': 'there is no commit to compare with yet',
  'preview.nameBase': 'Commit something first, or name a revision with --base.',
  'preview.noRevision': ({ revision }: Args<'revision'>) => `git knows no revision ${revision}`,
  'preview.nameRevision':
    'Name a branch, a tag or a commit; in CI fetch it first (git fetch origin <branch>).',
  'preview.noMergeBase': ({ base }: Args<'base'>) =>
    `where this branch left ${base} is not in this clone: its history is cut off, or they have none in common`,
  'preview.fetchHistory':
    'Fetch the whole history: git fetch --unshallow; in GitHub Actions fetch-depth: 0, in GitLab GIT_DEPTH: 0.',
  'preview.majorStep': ({ name, before, after }: Args<'name' | 'before' | 'after'>) =>
    `${name} takes a major step, ${before} → ${after}`,
  'preview.lostEffect': ({ name, paths }: Args<'name' | 'paths'>) =>
    `values of ${name} that changed what is rendered, and do so no longer: ${paths}`,
  'preview.findTheNewName': 'look for the new name of each in the chart, or take them out',
  'preview.downgrade': ({ name, before, after }: Args<'name' | 'before' | 'after'>) =>
    `${name} goes back, ${before} → ${after}`,
  'preview.dataMayBeNewer': 'what the newer version wrote, or migrated, may be unreadable for the older one',
  'preview.suspended': ({ name }: Args<'name'>) =>
    `${name} is suspended: nothing of this arrives before it is resumed`,
  'preview.resume': 'resume it, or know that the merge changes nothing',
  'preview.allPruned': ({ name, count }: Args<'name' | 'count'>, plural: Plural) =>
    `${name} deletes what goes with the app: ${plural(count, 'object')}`,
  'preview.readWhatGoes':
    'read below what goes; what is to stay needs Delete=false (with Flux: prune: disabled) or a place of its own first',
  'preview.orphaned': ({ name, count }: Args<'name' | 'count'>, plural: Plural) =>
    `${plural(count, 'object stays', 'objects stay')} in the cluster, and nobody looks after them: ${name} does not prune`,
  'preview.removeByHand': 'remove them by hand after the merge, or let it prune',
  'preview.largeChange': ({ apps, objects }: Args<'apps' | 'objects'>, plural: Plural) =>
    `${plural(apps, 'app')} and ${plural(objects, 'object')} change at once`,
  'preview.splitIt': 'split it, or let somebody look at each app',
  'preview.title': ({ base, head }: Args<'base' | 'head'>) => `Preview: ${base} → ${head}`,
  'preview.workTree': 'work tree',
  'preview.nothing': 'Nothing renders differently.',
  'preview.nothingTouched': 'No file that an app renders from has changed.',
  'preview.verdictFailure': ({ apps }: Args<'apps'>, plural: Plural) =>
    `${plural(apps, 'app does', 'apps do')} not build.`,
  'preview.verdictDecision': ({ apps }: Args<'apps'>, plural: Plural) =>
    `${plural(apps, 'app needs', 'apps need')} a decision: the cluster would refuse it, or data would go.`,
  'preview.verdictCaution': ({ apps }: Args<'apps'>, plural: Plural) =>
    `${plural(apps, 'app is', 'apps are')} to be read with care before the merge.`,
  'preview.verdictUnknown': ({ apps }: Args<'apps'>, plural: Plural) =>
    `${plural(apps, 'app was', 'apps were')} not compared, or not as a whole.`,
  'preview.verdictChange': ({ apps }: Args<'apps'>, plural: Plural) =>
    `${plural(apps, 'app changes', 'apps change')}; no risk was found.`,
  'preview.verdictRoutine': ({ apps }: Args<'apps'>, plural: Plural) =>
    `${plural(apps, 'routine change')}: image tags and chart labels only.`,
  'preview.counts': (
    { apps, of, added, removed, changed }: Args<'apps' | 'of' | 'added' | 'removed' | 'changed'>,
    plural: Plural,
  ) => `${apps} of ${plural(of, 'app')} · objects: ${added} added, ${removed} removed, ${changed} changed`,
  'preview.pileFailure': 'does not build',
  'preview.pileDecision': 'needs a decision',
  'preview.pileCaution': 'with care',
  'preview.pileUnknown': 'not compared',
  'preview.pileChange': 'changes',
  'preview.pileRoutine': 'routine',
  'preview.pileUnchanged': 'renders as before',
  'preview.app': 'app',
  'preview.verdict': 'verdict',
  'preview.objects': 'objects',
  'preview.images': 'images',
  'preview.cautions': 'Read this first',
  'preview.charts': 'Charts',
  'preview.imagesTitle': 'Images',
  'preview.valuesOf': ({ file }: Args<'file'>) => `Values: ${file}`,
  'preview.factAndRemedy': ({ fact, remedy }: Args<'fact' | 'remedy'>) => `${fact}; ${remedy}`,
  'preview.dangers': 'What is dangerous',
  'preview.moreBelow': ({ count }: Args<'count'>) => `${count} more below`,
  'preview.overview': 'App by app',
  'preview.versions': 'charts and images',
  'preview.pileCount': ({ pile, count }: Args<'pile' | 'count'>) => `${pile} (${count})`,
  'preview.saidByRenderer': 'What the renderer says',
  'preview.maskedLength': ({ count }: Args<'count'>) => `${count} characters`,
  'preview.maskedChange': 'changed',
  'preview.objectsTitle': 'Objects',
  'preview.name': 'name',
  'preview.before': 'before',
  'preview.after': 'after',
  'preview.path': 'value',
  'preview.owner': 'whose',
  'preview.ownerOurs': 'ours',
  'preview.ownerDefault': "the chart's default",
  'preview.ownerUnknown': 'not known',
  'preview.added': 'added',
  'preview.removed': 'removed',
  'preview.changed': 'changed',
  'preview.newApp': 'new app',
  'preview.goneApp': 'removed app',
  'preview.absent': 'absent',
  'preview.notCompared': 'Not compared',
  'preview.labelsOnly': ({ count }: Args<'count'>, plural: Plural) =>
    `${plural(count, 'object differs', 'objects differ')} in labels of the chart only`,
  'preview.moreLines': ({ count }: Args<'count'>, plural: Plural) =>
    `${plural(count, 'more line is', 'more lines are')} not shown`,
  'preview.moreValues': ({ count }: Args<'count'>, plural: Plural) => plural(count, 'more value'),
  'preview.filter': 'Filter apps, objects and images',
  'preview.noMatch': 'Nothing fits these words.',
  'preview.levelFatal': 'would be refused, or destroys',
  'preview.levelHigh': 'with care',
  'preview.levelLow': 'to know',
  'preview.madeBy': 'Rendered by slipway from both sides, offline; secrets are masked.',
  'preview.untouched': ({ count }: Args<'count'>, plural: Plural) =>
    count === 1
      ? '1 app was not rendered: neither its files nor what these name have changed.'
      : `${plural(count, 'app')} were not rendered: neither their files nor what these name have changed.`,
  'preview.restInFiles': ({ count }: Args<'count'>, plural: Plural) =>
    `${plural(count, 'more line')} of differences: --html <file> writes all of them.`,
  'preview.shownOf': ({ shown, of }: Args<'shown' | 'of'>, plural: Plural) =>
    `${shown} of ${plural(of, 'app')} shown; the rest is in the file that --html writes.`,
};

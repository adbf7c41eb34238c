import type { Args, Plural } from '../args.ts';

export const bump = {
  'bump.summary': 'writes the version of an image where it decides what runs; CI calls it after a push',
  'bump.usage': '<app> --image <name=ref>…',
  'bump.image': 'the image and its version: shop=registry/team/shop:1.4.0, shop=:1.4.0, with @sha256:… too',
  'bump.env': 'the environment whose app, or overlay, is meant',
  'bump.where': 'what may be edited: what decides (auto), or only one kind of place',
  'bump.commit': 'one commit; never pushes',
  'bump.requireChange': 'exit 1 if the version is there already',
  'bump.force': 'edit lines that an automation owns, drop half of tag and digest, take what changes besides',
  'bump.appMissing': 'the app is missing',
  'bump.imageMissing': '--image names no image',
  'bump.giveImage': 'Give --image <name>=<registry/name:tag>, <name>=:<tag> or <name>=@<digest>.',
  'bump.imageTwice': ({ word }: Args<'word'>) => `--image names ${word} twice`,
  'bump.noVersion': ({ text }: Args<'text'>) => `${text} has no tag and no digest`,
  'bump.noSuchWhere': ({ text }: Args<'text'>) => `--where ${text} is no kind of place`,
  'bump.wheresAre': ({ wheres }: Args<'wheres'>) => `One of ${wheres}.`,
  'bump.unknownImage': ({ word, app }: Args<'word' | 'app'>) => `${app} runs no image ${word}`,
  'bump.namesAre': ({ names }: Args<'names'>) => `The images are: ${names}.`,
  'bump.didYouMean': ({ near, names }: Args<'near' | 'names'>) =>
    `Did you mean ${near}? The images are: ${names}.`,
  'bump.noPlace': ({ word, app }: Args<'word' | 'app'>) =>
    `no file of ${app} says the version of ${word}: it comes with a chart, stands without a tag, or --where leaves its place out`,
  'bump.addEntry': ({ name }: Args<'name'>) =>
    `Set the tag in the values of the chart, or in the manifest, or add an entry for ${name} under images: of the kustomization.`,
  'bump.severalImages': ({ word }: Args<'word'>) => `${word} may be several images`,
  'bump.nameWhole': ({ names }: Args<'names'>) => `Give the whole name: ${names}.`,
  'bump.otherName': ({ word, runs, name }: Args<'word' | 'runs' | 'name'>) =>
    `${word} runs ${runs}, and not ${name}`,
  'bump.versionsOnly': ({ word }: Args<'word'>) =>
    `slipway bump changes versions only: give ${word}=:<tag>, or change the name by hand first.`,
  'bump.commitNeedsGit': 'Run it in a clone of the repository, or without --commit.',
  'bump.digestStays': ({ file }: Args<'file'>) => `${file} pins a digest, which is of the old tag`,
  'bump.tagStays': ({ file }: Args<'file'>) => `${file} has a tag, which is of the old digest`,
  'bump.giveBoth': 'Give tag and digest together: <name>=:<tag>@<digest>; --force drops the other one.',
  'bump.shared': ({ file, apps }: Args<'file' | 'apps'>) => `${file} is what ${apps} run too`,
  'bump.ownValues': ({ app }: Args<'app'>) =>
    `Give ${app} a values file of its own that says the tag, then run again.`,
  'bump.ownImages': ({ app }: Args<'app'>) =>
    `Give ${app} an entry under images: of its own, then run again.`,
  'bump.owned': ({ file, policy }: Args<'file' | 'policy'>) =>
    `the line in ${file} is owned by the image policy ${policy}`,
  'bump.leaveToOwner': 'Leave it to the automation, or take its marker away; --force edits the line.',
  'bump.changesMore': ({ named, count }: Args<'named' | 'count'>, plural: Plural) =>
    `more than the version would change: ${plural(count, 'field')}, such as ${named}`,
  'bump.lookThenForce': 'Look at them with --dry-run --force; --force takes them along.',
  'bump.withoutEffect': ({ word, files }: Args<'word' | 'files'>) =>
    `the version of ${word} in ${files} changes nothing that is rendered`,
  'bump.nothingRunsIt': 'Nothing runs this image any more, or a place that slipway does not read decides it.',
  'bump.argoLays': 'Argo CD lays this file over the source; what is rendered here is without it',
  'bump.runsOldToo': ({ image }: Args<'image'>) => `${image} is still rendered`,
  'bump.why': ({ images }: Args<'images'>) => `the version of ${images}`,
  'bump.wouldBump': ({ image, old, fresh, files }: Args<'image' | 'old' | 'fresh' | 'files'>) =>
    `would move ${image} ${old} → ${fresh} in ${files}`,
  'bump.bumped': ({ image, old, fresh, files }: Args<'image' | 'old' | 'fresh' | 'files'>) =>
    `moved ${image} ${old} → ${fresh} in ${files}`,
  'bump.same': ({ image, fresh }: Args<'image' | 'fresh'>) =>
    `${image} is at ${fresh} already: nothing to do`,
  'bump.proved': ({ count }: Args<'count'>, plural: Plural) =>
    `rendered before and after: ${plural(count, 'field')} changed, and nothing else`,
  'bump.provedMore': ({ count }: Args<'count'>, plural: Plural) =>
    `rendered before and after: ${plural(count, 'field')} changed to the version, others too`,
  'bump.notProved': ({ reason }: Args<'reason'>) => `not proved by a render: ${reason}`,
};

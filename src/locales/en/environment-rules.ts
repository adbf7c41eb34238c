import type { Args } from '../args.ts';

/** Of images, promotions and overlays. */
export const environmentRules = {
  'rules.imageBumpUnmatched': 'each entry under images: is of an image that runs',
  'rules.sayImageBumpUnmatched': ({ name }: Args<'name'>) =>
    `the images: entry of ${name} changes no image that is rendered`,
  'rules.hintImageBumpUnmatched':
    'Take it away, or give it the name as the manifest has it; slipway bump refuses names that nothing runs.',
  'rules.sayImageTagMutable': ({ image }: Args<'image'>) => `${image} names whatever was pushed last`,
  'rules.hintImageTagMutable': 'Name a version, or pin the digest beside the tag.',
  'rules.imageTagMutable': 'images are named by a tag that does not move',
  'rules.promotionBehind': 'what was promoted once is not behind where it comes from',
  'rules.sayPromotionBehind': ({
    name,
    here,
    there,
    folder,
    date,
  }: Args<'name' | 'here' | 'there' | 'folder' | 'date'>) =>
    `${name} is ${there} in ${folder} and ${here} here${date === '' ? '' : `; the last promotion was on ${date}`}`,
  'rules.hintPromotionBehind': ({ app, from, to }: Args<'app' | 'from' | 'to'>) =>
    `slipway promote ${app} --from ${from} --to ${to} --dry-run`,
  'rules.promotionSkips':
    'no version stands in an environment before the one that it is promoted from has it',
  'rules.sayPromotionSkips': ({ name, here, there, folder }: Args<'name' | 'here' | 'there' | 'folder'>) =>
    `${name} is ${here} here and only ${there} in ${folder}, which this is promoted from`,
  'rules.hintPromotionSkips': ({ from }: Args<'from'>) =>
    `Take the version to ${from} too: the next promotion starts from what stands there.`,
  'rules.baseHasBase': 'a base is built on no further base',
  'rules.sayBaseHasBase': ({ base, further }: Args<'base' | 'further'>) =>
    `${base} is itself built on ${further}`,
  'rules.hintBaseHasBase': 'Let the overlay name both, or make what both share a component.',
  'rules.overlayRepeatsBase': 'an overlay says what differs from its base',
  'rules.sayOverlayRepeatsBase': ({ what, base }: Args<'what' | 'base'>) =>
    `${what} stands in ${base} already`,
  'rules.hintOverlayRepeatsBase': 'Take it away here: it stays behind when the base moves on.',
  'rules.generatorHashInChart': 'what a chart asks for bears the name that kustomize gives it',
  'rules.sayGeneratorHashInChart': ({
    by,
    path,
    kind,
    name,
    is,
  }: Args<'by' | 'path' | 'kind' | 'name' | 'is'>) =>
    `${by} asks in ${path} for the ${kind} ${name}, which is called ${is}`,
  'rules.hintGeneratorHashInChart':
    'Set options: { disableNameSuffixHash: true } on this entry, or name the field under nameReference in a file of configurations.',
};

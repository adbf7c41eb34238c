import type { Args, Plural } from '../args.ts';

export const proof = {
  'proof.prove':
    'render with and without each customisation, before and after, to find those that lose their effect',
  'proof.proveNoRender': '--prove and --no-render exclude each other',
  'proof.lostEffectHeading': ({ count }: Args<'count'>, plural: Plural) =>
    `${plural(count, 'customisation')} will have no effect any more: they change what is rendered now, and nothing after the upgrade`,
  'proof.lostEffect': ({ paths }: Args<'paths'>) => `lost effect: ${paths}`,
  'proof.lostEffectMark': 'loses its effect: it changes what is rendered now, and nothing after the upgrade',
  'proof.wakesUp': 'without effect so far, changes what is rendered from now on',
  'proof.noEffectNow': 'changes nothing that is rendered, neither before nor after',
  'proof.effectsProved': ({ renders }: Args<'renders'>, plural: Plural) =>
    `Effects: by ${plural(renders, 'rendering')} with and without each customisation.`,
  'proof.watchLostEffect': ({ path }: Args<'path'>) =>
    `${path} has no effect with the new chart: find what took its place, or take it out.`,
};

import type { Args, Plural } from '../args.ts';

export const build = {
  'build.summary': 'the rendered objects of apps on stdout, in the order to apply them',
  'build.env': 'the apps, or overlays, of this environment only',
  'build.rendering': 'rendering',
  'build.needsRenderer': 'slipway doctor shows what is missing.',
  'build.masked': ({ count }: Args<'count'>, plural: Plural) =>
    `the values of ${plural(count, 'Secret')} are masked; their keys are as rendered`,
};

import { say } from '../../../../locales/say.ts';
import type { RepositoryRule } from '../../rule.ts';
import { deliveryRule } from './delivery-rule.ts';

/** A release whose chart nobody offers waits for ever. */
export const releaseSourceMissing: RepositoryRule = deliveryRule('release-source-missing', {
  severity: 'warning',
  title: say('rules.titleReleaseSourceMissing'),
  words: ({ about }) => ({
    message: say('rules.sayReleaseSourceMissing', about),
    hint: say('rules.hintReleaseSourceMissing'),
  }),
});

/** The definition of HelmRelease takes one of the two. */
export const releaseTwoSources: RepositoryRule = deliveryRule('release-two-sources', {
  severity: 'error',
  title: say('rules.titleReleaseTwoSources'),
  words: ({ about }) => ({
    message: say('rules.sayReleaseTwoSources', about),
    hint: say('rules.hintReleaseTwoSources'),
  }),
});

/** Nobody sees in git when another version comes. */
export const releaseVersionFloating: RepositoryRule = deliveryRule('release-version-floating', {
  severity: 'warning',
  title: say('rules.titleReleaseVersionFloating'),
  words: ({ about }) => ({
    message: say('rules.sayReleaseVersionFloating', about),
    hint: say('rules.hintReleaseVersionFloating'),
  }),
});

/** helm-controller installs nothing until all values are there. */
export const releaseValuesMissing: RepositoryRule = deliveryRule('release-values-missing', {
  severity: 'warning',
  title: say('rules.titleReleaseValuesMissing'),
  words: ({ about }) => ({
    message: say('rules.sayReleaseValuesMissing', about),
    hint: say('rules.hintReleaseValuesMissing'),
  }),
});

/** The build fails in newer versions of Flux, in older ones the text is gone. */
export const releaseSubstitution: RepositoryRule = deliveryRule('release-substitution', {
  severity: 'warning',
  title: say('rules.titleReleaseSubstitution'),
  words: ({ about }) => ({
    message: say('rules.sayReleaseSubstitution', about),
    hint: say('rules.hintReleaseSubstitution'),
  }),
});

/** An object of a version that is not served cannot be applied. */
export const fluxApiRemoved: RepositoryRule = deliveryRule('flux-api-removed', {
  severity: 'error',
  title: say('rules.titleFluxApiRemoved'),
  words: ({ about }) => ({
    message: say('rules.sayFluxApiRemoved', about),
    hint: say('rules.hintFluxApiRemoved', about),
  }),
});

/** The build fails, and with it all that depends on it. */
export const ksPathMissing: RepositoryRule = deliveryRule('ks-path-missing', {
  severity: 'error',
  title: say('rules.titleKsPathMissing'),
  words: ({ about }) => ({
    message: say('rules.sayKsPathMissing', about),
    hint: say('rules.hintKsPathMissing'),
  }),
});

/** Nobody applies it, and what it would build does not run. */
export const ksNotListed: RepositoryRule = deliveryRule('ks-not-listed', {
  severity: 'warning',
  title: say('rules.titleKsNotListed'),
  words: ({ about }) => ({
    message: say('rules.sayKsNotListed', about),
    hint: say('rules.hintKsNotListed', about),
  }),
});

/** A change of the values is a change of the ConfigMap only, which helm-controller does not look at. */
export const releaseValuesUnhashedStale: RepositoryRule = deliveryRule('release-values-unhashed-stale', {
  severity: 'note',
  title: say('rules.titleReleaseValuesUnhashedStale'),
  words: ({ about }) => ({
    message: say('rules.sayReleaseValuesUnhashedStale', about),
    hint: say('rules.hintReleaseValuesUnhashedStale'),
  }),
});

import { say } from '../../../../locales/say.ts';
import type { RepositoryRule } from '../../rule.ts';
import { deliveryRule } from './delivery-rule.ts';

/** The Application cannot be compared with anything. */
export const applicationPathMissing: RepositoryRule = deliveryRule('application-path-missing', {
  severity: 'error',
  title: say('rules.titleApplicationPathMissing'),
  words: ({ about }) => ({
    message: say('rules.sayApplicationPathMissing', about),
    hint: say('rules.hintApplicationPathMissing'),
  }),
});

/** Argo CD renders nothing without them. */
export const applicationValuesMissing: RepositoryRule = deliveryRule('application-values-missing', {
  severity: 'error',
  title: say('rules.titleApplicationValuesMissing'),
  words: ({ about }) => ({
    message: say('rules.sayApplicationValuesMissing', about),
    hint: say('rules.hintApplicationValuesMissing'),
  }),
});

/** Nobody sees in git when another version comes. */
export const applicationRevisionFloating: RepositoryRule = deliveryRule('application-revision-floating', {
  severity: 'warning',
  title: say('rules.titleApplicationRevisionFloating'),
  words: ({ about }) => ({
    message: say('rules.sayApplicationRevisionFloating', about),
    hint: say('rules.hintApplicationRevisionFloating'),
  }),
});

/** Argo CD refuses the second. */
export const applicationRefTwice: RepositoryRule = deliveryRule('application-ref-twice', {
  severity: 'error',
  title: say('rules.titleApplicationRefTwice'),
  words: ({ about }) => ({
    message: say('rules.sayApplicationRefTwice', about),
    hint: say('rules.hintApplicationRefTwice'),
  }),
});

/** Argo CD tells a registry of charts by the scheme that it does not have. */
export const applicationOciScheme: RepositoryRule = deliveryRule('application-oci-scheme', {
  severity: 'error',
  title: say('rules.titleApplicationOciScheme'),
  words: ({ about }) => ({
    message: say('rules.sayApplicationOciScheme', about),
    hint: say('rules.hintApplicationOciScheme', about),
  }),
});

/** Argo CD does nothing with it. */
export const applicationProjectForbids: RepositoryRule = deliveryRule('application-project-forbids', {
  severity: 'error',
  title: say('rules.titleApplicationProjectForbids'),
  words: ({ about }) => ({
    message: say('rules.sayApplicationProjectForbids', about),
    hint: say('rules.hintApplicationProjectForbids', about),
  }),
});

/** Who reads the kustomization does not see what runs. */
export const sourceOverride: RepositoryRule = deliveryRule('source-override', {
  severity: 'note',
  title: say('rules.titleSourceOverride'),
  words: ({ about }) => ({
    message: say('rules.saySourceOverride', about),
    hint: say('rules.hintSourceOverride'),
  }),
});

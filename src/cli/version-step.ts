import type { Text } from '../text/language.ts';
import type { VersionStep } from '../charts/versions/versions.ts';
import { say } from '../locales/say.ts';

/** How a step from one version to another looks, wherever versions are listed: the wider, the louder. */
export const STEP_FORMATS = { patch: 'green', minor: 'yellow', major: 'red' } as const satisfies Record<
  VersionStep,
  string
>;

/** And its word, for those who see no colours. */
export const STEP_WORDS = {
  patch: say('cli.stepPatch'),
  minor: say('cli.stepMinor'),
  major: say('cli.stepMajor'),
} as const satisfies Record<VersionStep, Text>;

import { say } from '../locales/say.ts';
import type { FlagTable } from './flags.ts';

/** The flags that every command takes, in front of its name or behind it. */
export const GLOBAL_FLAGS = {
  cwd: {
    value: '<dir>',
    short: 'C',
    help: say('cli.gitopsRepositoryDefaultOneAround'),
  },
  json: {
    help: say('cli.oneJsonDocumentStdoutAsks'),
  },
  yes: { short: 'y', help: say('cli.acceptDefaultsConfirmations') },
  'dry-run': {
    help: say('cli.showWhatWouldWrittenWrite'),
  },
  'no-input': { help: say('cli.neverAsk') },
  deadline: {
    value: '<duration>',
    help: say('cli.howLongRunMayTake'),
  },
  jobs: {
    value: '<n>',
    help: say('cli.appsWorkedOnceSlipwayJobs'),
  },
  offline: { help: say('cli.useCacheOnly') },
  lang: { value: '<en|zh-CN>', help: say('cli.languagePromptsReports') },
  'helm-command': { value: '<helm>', help: say('cli.helmCommand') },
  'kustomize-command': { value: '<kustomize>', help: say('cli.kustomizeCommand') },
  'no-color': { help: say('cli.noColours') },
  verbose: { help: say('cli.sayWhatFetchedRun') },
  help: { short: 'h', help: say('cli.text') },
} as const satisfies FlagTable;

/** What may stand in front of a command's name. Behind it, `--version` may be a chart's. */
export const LEADING_FLAGS = {
  ...GLOBAL_FLAGS,
  version: { short: 'V', help: say('cli.printVersion') },
} as const satisfies FlagTable;

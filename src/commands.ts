import type { Command } from './cli/command.ts';
import type { CommandList } from './cli/context.ts';
import { unknownCommand } from './cli/split-command.ts';
import { say } from './locales/say.ts';
import type { Text } from './text/language.ts';

type CommandEntry = { summary: Text; load(): Promise<{ command: Command }> };

/** Every command by its name; each is loaded when it is called. */
export const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  'new-app': {
    summary: say('cli.completeNewAppFolderFrom'),
    load: () => import('./features/new-app/command.ts'),
  },
  new: { summary: say('generators.newSummary'), load: () => import('./features/new/command.ts') },
  update: { summary: say('update.summary'), load: () => import('./features/update/command.ts') },
  check: {
    summary: say('cli.holdsEveryAppFolderRepositorys'),
    load: () => import('./features/check/command.ts'),
  },
  diff: {
    summary: say('cli.ourCustomisationsAgainstChartsDefaults'),
    load: () => import('./features/diff/command.ts'),
  },
  'merge-values': {
    summary: say('cli.carryTeamsCustomisationsOverCharts'),
    load: () => import('./features/merge-values/command.ts'),
  },
  outdated: {
    summary: say('cli.newerVersionsChartsGithubRelease'),
    load: () => import('./features/outdated/command.ts'),
  },
  upgrade: {
    summary: say('cli.movesChartsNewerVersionsEvery'),
    load: () => import('./features/upgrade/command.ts'),
  },
  build: { summary: say('build.summary'), load: () => import('./features/build/command.ts') },
  bump: { summary: say('bump.summary'), load: () => import('./features/bump/command.ts') },
  promote: { summary: say('promote.summary'), load: () => import('./features/promote/command.ts') },
  preview: { summary: say('preview.summary'), load: () => import('./features/preview/command.ts') },
  join: { summary: say('shard.summary'), load: () => import('./features/join/command.ts') },
  apps: { summary: say('apps.summary'), load: () => import('./features/apps/command.ts') },
  fleet: { summary: say('fleet.summary'), load: () => import('./features/fleet/command.ts') },
  map: { summary: say('map.summary'), load: () => import('./features/map/command.ts') },
  add: {
    summary: say('cli.chartRouteSecretVolumeTls'),
    load: () => import('./features/add/command.ts'),
  },
  move: {
    summary: say('cli.appAnotherEnvironmentOutService'),
    load: () => import('./features/move/command.ts'),
  },
  rename: {
    summary: say('cli.givesAppAnotherNameShows'),
    load: () => import('./features/move/rename-command.ts'),
  },
  convert: { summary: say('convert.summary'), load: () => import('./features/convert/command.ts') },
  seal: {
    summary: say('cli.encryptsSecretsIntoSealedsecretsOffline'),
    load: () => import('./features/seal/command.ts'),
  },
  init: {
    summary: say('cli.gitopsRepositoryArgoCdCan'),
    load: () => import('./features/init/command.ts'),
  },
  adopt: { summary: say('adopt.summary'), load: () => import('./features/adopt/command.ts') },
  minimize: { summary: say('minimize.summary'), load: () => import('./features/minimize/command.ts') },
  undo: {
    summary: say('undo.summary'),
    load: () => import('./features/undo/command.ts'),
  },
  explain: {
    summary: say('explain.summary'),
    load: () => import('./features/explain/command.ts'),
  },
  mcp: {
    summary: say('mcp.summary'),
    load: () => import('./features/mcp/command.ts'),
  },
  onboard: {
    summary: say('cli.guidedTourThrowAwayCopy'),
    load: () => import('./features/onboard/command.ts'),
  },
  completion: { summary: say('completion.summary'), load: () => import('./features/completion/command.ts') },
  doctor: {
    summary: say('cli.toolsCredentialsRepositoriesCertificateConventions'),
    load: () => import('./features/doctor/command.ts'),
  },
};

/** The entry of a command; an unknown name is a usage error that says which one was probably meant. */
export function requireEntry(name: string, rest: readonly string[]): CommandEntry {
  const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (entry) return entry;
  throw unknownCommand(name, { rest, known: [...Object.keys(COMMANDS), 'help'] });
}

/** The same, for those who only ask what there is. */
export const COMMAND_LIST: CommandList = {
  commands: Object.entries(COMMANDS).map(([name, { summary }]) => ({ name, summary })),
  load: async (name, at) => {
    const { command } = await requireEntry(name, []).load();
    return (at && (await command.inPlace?.(at.words, at.cwd).catch(() => undefined))) ?? command;
  },
};

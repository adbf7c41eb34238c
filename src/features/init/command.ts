import { say } from '../../locales/say.ts';
import { defineCommand } from '../../cli/command.ts';
import { FLAGS } from './flags.ts';

export const command = defineCommand({
  usage: say('cli.usageFolder'),
  maxPositionals: 1,
  flags: FLAGS,
  examples: [
    'slipway init',
    'slipway init cluster --repo-url https://git.example.org/team/cluster.git --domains apps.example.org --yes',
    'slipway init --repo-url git@git.example.org:team/cluster.git --domains apps.example.org,a.example.org --mirror mirror.example.org/ --email ops@example.org --ci gitlab',
    'slipway init --domains apps.example.org --repo-url https://git.example.org/c.git --no-charts',
  ],
  async run(session, input) {
    const { runInit } = await import('./run.ts');
    return runInit(session, input);
  },
});

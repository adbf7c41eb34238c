import { say } from '../../locales/say.ts';
import { defineCommand } from '../../cli/command.ts';
import { FLAGS } from './flags.ts';

export const command = defineCommand({
  usage: say('cli.usageNewApp'),
  maxPositionals: 1,
  flags: FLAGS,
  examples: [
    'slipway new-app',
    'slipway new-app grafana --chart grafana --route own --host dash',
    'slipway new-app overleaf --chart mongodb --repo https://charts.example/bitnami --chart redis --repo oci://registry.example/charts',
    'slipway new-app wiki --image docker.io/library/nginx:1.29 --port 80 --storage ceph-block:5Gi',
    'slipway new-app --demo',
  ],
  async run(session, input) {
    const { runNewApp } = await import('./run.ts');
    return runNewApp(session, input);
  },
});

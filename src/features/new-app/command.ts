import { flagsOf } from '../../../generators/question.ts';
import { APP_QUESTIONS } from '../../../generators/new-app/questions.ts';
import type { Command } from '../../cli/command.ts';
import { say } from '../../locales/say.ts';

export const command: Command = {
  usage: '[name]',
  maxPositionals: 1,
  flags: {
    ...flagsOf(Object.values(APP_QUESTIONS)),
    demo: {
      value: '[dir]',
      optional: true,
      help: say('newApp.smallRepositoryMadeTemporaryNamed'),
    },
    force: { help: say('newApp.overwriteFilesExist') },
  },
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
};

import { FLAGS } from './flags.ts';
import { defineCommand } from '../../cli/command.ts';
import { say } from '../../locales/say.ts';

export const command = defineCommand({
  usage: say('cli.usageSeal'),
  maxPositionals: 100,
  flags: FLAGS,
  examples: [
    'slipway seal --into production/grafana/resources/grafana-sealedsecret.yaml',
    'slipway seal secret.yaml --cert sealing.pem',
    'kubectl create secret generic db --dry-run=client -o yaml --from-file=password | slipway seal - --namespace wiki',
    'slipway seal --into production/wiki/resources/db-sealedsecret.yaml --generate password:24 --from-file ca.crt=ca.pem',
    'slipway seal --check',
  ],
  async run(session, input) {
    if (input.switches.has('check')) {
      const { runSealCheck } = await import('./run-check.ts');
      return runSealCheck(session, input);
    }
    const { runSeal } = await import('./run.ts');
    return runSeal(session, input);
  },
});

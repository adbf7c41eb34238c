import { defineCommand } from '../../cli/command.ts';
import { say } from '../../locales/say.ts';

export const command = defineCommand({
  usage: say('completion.usage'),
  maxPositionals: Number.POSITIVE_INFINITY,
  flags: {},
  examples: [
    'slipway completion bash > ~/.local/share/bash-completion/completions/slipway',
    'slipway completion zsh > "${fpath[1]}/_slipway"',
    'slipway completion fish > ~/.config/fish/completions/slipway.fish',
  ],
  async run(session, input) {
    const { runCompletion } = await import('./run.ts');
    return runCompletion(session, input);
  },
});

import { defineCommand } from '../../cli/command.ts';
import { SHELLS } from './scripts.ts';

const USAGE = `<${SHELLS.join('|')}>`;

export const command = defineCommand({
  usage: { en: USAGE, 'zh-CN': USAGE },
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

import type { Terminal } from '../output/terminal.ts';
import { say } from '../locales/say.ts';
import type { Text } from '../text/language.ts';
import type { Session } from './context.ts';

const SAID = new WeakMap<Terminal, Set<string>>();

/** Shows a remark beside the result: each once in a run, whoever opens the same thing again. */
export function remark({ terminal, t }: Pick<Session, 'terminal' | 't'>, text: Text): void {
  const said = SAID.get(terminal) ?? new Set();
  SAID.set(terminal, said);
  if (said.has(text.en)) return;
  said.add(text.en);
  terminal.say(terminal.style(t(say('cli.note', { text })), 'yellow'));
}

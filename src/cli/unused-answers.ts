import { display } from '../text/display.ts';
import type { Session } from './context.ts';
import { say } from '../locales/say.ts';

/** Says which answers no decision asked for: an id that was mistyped, or whose evidence is another now. */
export function warnUnused({ terminal, t }: Session, ids: readonly string[]): void {
  for (const id of ids) {
    const text = say('cli.noDecisionAskedAnswer', { id: display(id) });
    terminal.say(terminal.style(t(say('cli.note', { text })), 'yellow'));
  }
}

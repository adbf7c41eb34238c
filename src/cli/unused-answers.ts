import { display } from '../text/display.ts';
import type { Session } from './context.ts';

/** Says which answers no decision asked for: an id that was mistyped, or whose evidence is another now. */
export function warnUnused({ terminal, t }: Session, ids: readonly string[]): void {
  for (const id of ids) {
    const text = t({
      en: `no decision asked for the answer ${display(id)}`,
      'zh-CN': `没有决定用到答案 ${display(id)}`,
    });
    terminal.say(terminal.style(`note: ${text}`, 'yellow'));
  }
}

import { wrap } from '../output/wrap.ts';
import type { Text } from '../text/language.ts';
import type { Session } from './context.ts';

/** What slipway answered by itself, and why. */
export function answerLines(
  { t, terminal }: Pick<Session, 't' | 'terminal'>,
  { flag, value, why }: { flag: string; value: string; why: Text },
): string[] {
  const [first = '', ...rest] = wrap(`${flag}: ${value} (${t(why)})`, terminal.columns, { hang: '  ' });
  const head = `${flag}: ${value} `;
  const dim = (text: string): string => terminal.style(text, 'dim');
  const begun = first.startsWith(head) ? head + dim(first.slice(head.length)) : first;
  return [begun, ...rest.map(line => dim(line))];
}

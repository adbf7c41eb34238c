import { display } from '../../../text/display.ts';

const MOST = 5;

/** Names for a sentence: the first few, and how many more there are. */
export function fewNames(names: readonly string[]): string {
  const shown = names.slice(0, MOST).map(name => display(name));
  const more = names.length - shown.length;
  return [...shown, ...(more > 0 ? [`+${more}`] : [])].join(', ');
}

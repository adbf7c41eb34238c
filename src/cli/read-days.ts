import { UserError } from '../errors.ts';
import { say } from '../locales/say.ts';

/** --min-age in days. */
export function readDays({ values }: { values: { 'min-age'?: string } }): number | undefined {
  const text = values['min-age'];
  if (text === undefined) return undefined;
  if (/^\d{1,3}$/.test(text)) return Number(text);
  throw new UserError('E_USAGE', say('cli.minAgeNoNumberDays', { text }));
}

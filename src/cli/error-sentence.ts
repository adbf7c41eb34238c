import type { UserError } from '../errors.ts';
import type { Text } from '../text/language.ts';
import { say } from '../locales/say.ts';

/** What happened and what to do next, as people read it: the words of the terminal and of a prompt that was answered wrongly. */
export function errorSentence({ texts: { message, hint } }: UserError): Text {
  return hint ? say('cli.errorWithNextStep', { message, hint }) : say('cli.error', { message });
}

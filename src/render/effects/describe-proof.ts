import { say } from '../../locales/say.ts';
import { display } from '../../text/display.ts';
import type { Text } from '../../text/language.ts';
import type { Proved } from './prove-values.ts';
import type { Masked } from './unstable-parts.ts';

/** What a proof rests on. */
export type Evidence = Omit<Proved, 'effects'>;

const MOST_NAMED = 5;

/** What of a proof a person has to know beside the effects: why some are not known, and what was not compared. */
export function evidenceTexts({ reason, masked }: Evidence): Text[] {
  return [...(reason ? [say('render.notProved', { reason })] : []), ...maskedTexts(masked)];
}

/** What was not compared, the first of it by name; nothing where everything was. */
export function maskedTexts(masked: readonly Masked[]): Text[] {
  const named = masked.slice(0, MOST_NAMED).map(maskedName);
  const more = masked.length > MOST_NAMED ? [`… +${masked.length - MOST_NAMED}`] : [];
  return masked.length > 0 ? [say('render.maskedParts', { parts: [...named, ...more].join(', ') })] : [];
}

function maskedName({ kind, namespace, name, fields, isWhole }: Masked): string {
  if (isWhole) return display(`${kind} *`);
  const object = namespace === undefined ? name : `${namespace}/${name}`;
  return display(`${kind} ${object} ${fields.join(' ')}`);
}

/** The same for programs. */
export function evidenceJson({ renders, masked, reason }: Evidence) {
  return {
    renders,
    masked: maskedJson(masked),
    ...(reason ? { reason: reason.en } : {}),
  };
}

/** What was not compared, for programs. */
export function maskedJson(masked: readonly Masked[]) {
  return masked.map(({ isWhole, ...part }) => ({ ...part, whole: isWhole }));
}

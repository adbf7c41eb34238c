/** Values that no error may carry. */
export type Redactor = {
  /** From now on. */
  hide(value: Uint8Array): void;
  /** The text without any hidden value, in whatever form programs print them. */
  clean(text: string): string;
};

const MARK = '[redacted]';
/** Shorter ones stand in ordinary words, and hiding those would hide the message. */
const MIN_CHARACTERS = 4;
const MIN_LINE = 8;

/**
 * The second lock on secrets: no message is built from one, and if one slips into the words of a library or the system,
 * it does not leave the process.
 */
export function createRedactor(): Redactor {
  const hidden = new Set<string>();
  return {
    hide: value => {
      for (const form of formsOf(Buffer.from(value))) hidden.add(form);
    },
    clean: text => {
      const longestFirst = [...hidden].toSorted((a, b) => b.length - a.length);
      return longestFirst.reduce((cleaned, form) => cleaned.replaceAll(form, MARK), text);
    },
  };
}

function formsOf(value: Buffer): string[] {
  const text = value.toString('utf8');
  const lines = text.split(/\r?\n/).filter(line => line.trim().length >= MIN_LINE);
  const texts = [text, text.trim(), ...lines, ...lines.map(line => line.trim())];
  const shown = texts.flatMap(form => [
    form,
    JSON.stringify(form).slice(1, -1),
    encodeURIComponent(wellFormed(form)),
  ]);
  const base64 = value.toString('base64');
  const encoded = [
    base64,
    base64.replace(/(?<!=)=+$/, ''),
    value.toString('base64url'),
    value.toString('hex'),
  ];
  return [...new Set([...shown, ...encoded])].filter(form => form.length >= MIN_CHARACTERS);
}

/** A lone surrogate has no URL form; bytes that are no UTF-8 never become one, text from elsewhere may. */
function wellFormed(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}

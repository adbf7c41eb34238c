/** Words in lower case: `grafana-secrets`, `redis-password`, `not-a-secure-key`, or `DB2_PASSWORD`. A Secret or a key is named so. */
export function isName(text: string): boolean {
  if (/^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(text)) return true;
  return /\s/.test(text) || (/[-_./]/.test(text) && /^[a-z]+(?:[-_./][a-z]+)*$/i.test(text));
}

const MIN_RANDOM = 10;
const MIN_ENTROPY = 3;

/** Neither words nor a name with a number behind, but letters and digits mixed as only a generator does. */
export function isRandom(text: string): boolean {
  if (text.length < MIN_RANDOM || /\s/.test(text) || isName(text)) return false;
  const decoded = readableBase64(text);
  if (decoded !== undefined) return isRandom(decoded);
  const pieces = text.split(/[-_./=:+|]/).filter(piece => piece !== '');
  const mixed = pieces.filter(isMixed).join('');
  return mixed.length >= MIN_RANDOM && entropy(mixed) >= MIN_ENTROPY;
}

/** `Harbor12345` and `v1beta1` are words with digits at one end. */
function isMixed(piece: string): boolean {
  if (/^[A-Za-z]?[a-z]*\d*$/.test(piece) || /^[A-Z]+\d*$/.test(piece)) return false;
  if (/^(?:[A-Z]{2,4})?[A-Z]?[a-z]+(?:[A-Z][a-z]+)*\d*$/.test(piece)) return false;
  return /\d/.test(piece) ? /[a-z]/i.test(piece) : /[a-z]/.test(piece) && /[A-Z]/.test(piece);
}

/** The text behind base64, if it is plain ASCII: then that is what counts. */
function readableBase64(text: string): string | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return undefined;
  const decoded = Buffer.from(text, 'base64').toString('latin1').trimEnd();
  return decoded.length >= 4 && /^[\x20-\x7e]+$/.test(decoded) ? decoded : undefined;
}

/** Bits for each character. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1);
  return [...counts.values()].reduce(
    (sum, count) => sum - (count / text.length) * Math.log2(count / text.length),
    0,
  );
}

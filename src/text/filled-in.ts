/**
 * Whether another program fills a text in later: `${VAR}` of Flux and envsubst, `$(VAR)`, `{{ … }}` of templates, `<VAR>` and
 * `<path:…>` of the plugins of Argo CD, `ENC[…]` of SOPS. What it comes to nobody can tell here.
 */
export function isFilledIn(text: string): boolean {
  return /\{\{|\$[{(]|<[A-Z][A-Z0-9_]*>|<[a-z]+:[^<>]+>|^ENC\[/.test(text);
}

const TO_BE_FILLED_IN =
  /^_*(?:change[-_ ]?(?:me|it)|replace[-_ ]?me|placeholder|todo|tbd|fixme|(?:change|replace|update|insert|your|my)[-_][\w-]+)[.!]?$/i;

/** Whether a value, or what its base64 says, tells a person to put the right one there: `changeme`, `YOUR_TOKEN`. */
export function isToBeFilledIn(value: string): boolean {
  const text = value.trim();
  return [text, Buffer.from(text, 'base64').toString('latin1').trim()].some(each =>
    TO_BE_FILLED_IN.test(each),
  );
}

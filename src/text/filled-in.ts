/**
 * Whether another program fills a text in later: `${VAR}` of Flux and envsubst, `$(VAR)`, `{{ … }}` of templates, `<VAR>` and
 * `<path:…>` of the plugins of Argo CD, `ENC[…]` of SOPS. What it comes to nobody can tell here.
 */
export function isFilledIn(text: string): boolean {
  return /\{\{|\$[{(]|<[A-Z][A-Z0-9_]*>|<[a-z]+:[^<>]+>|^ENC\[/.test(text);
}

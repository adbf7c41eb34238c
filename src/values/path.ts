/** `server.ingress.hosts[0]["example.com/class"]`: keys that are no plain words are quoted. */
export function pathText(keys: readonly (string | number)[]): string {
  return keys.map(stepText).join('').replace(/^\./, '');
}

export function stepText(key: string | number): string {
  if (typeof key === 'number') return `[${key}]`;
  return /^[A-Za-z0-9_/-]+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

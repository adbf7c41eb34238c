const LABEL = '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?';
const HOSTNAME = new RegExp(`^(?:\\*\\.)?${LABEL}(?:\\.${LABEL})*$`);
const MAX_LENGTH = 253;

/** Whether the API server and the Gateway take a host: lower case, no scheme, no port, no path, no address. */
export function isHostname(text: string): boolean {
  return text.length <= MAX_LENGTH && HOSTNAME.test(text) && !/^\d+(?:\.\d+){3}$/.test(text);
}

/** The host that was meant, where a text only says too much; undefined where it says something else. */
export function meantHostname(text: string): string | undefined {
  const bare = text
    .trim()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')
    .replace(/\/[^]*/, '')
    .replace(/:\d+$/, '')
    .replace(/\.$/, '')
    .toLowerCase();
  return bare !== text && isHostname(bare) ? bare : undefined;
}

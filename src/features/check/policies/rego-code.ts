/**
 * What asks the network, or for the environment, in a policy: a clone may be a stranger's, and not every machine has a sandbox.
 * A builtin can only be called by its name, with a dot or in brackets.
 */
const REACHES_OUT = /\bhttp\s*(?:\[|\.\s*send\b)|\blookup_ip_addr\b|\bopa\s*(?:\[|\.\s*runtime\b)|\bnet\s*\[/;

/** Whether the code of a policy does, whatever its comments and strings say. */
export function reachesOut(text: string): boolean {
  return REACHES_OUT.test(regoCode(text));
}

/** What ends each kind of text that is no code. */
const ENDS: Readonly<Record<string, string>> = { '#': '\n', '"': '"', '`': '`' };

/**
 * The code of a policy without its comments and strings, for those who look for names in it. A template string holds code of its
 * own: from the first one on everything is kept, and so is what never ends.
 */
export function regoCode(text: string): string {
  let code = '';
  let at = 0;
  for (let next = nextPlain(text, at); next < text.length; next = nextPlain(text, at)) {
    const start = text[next] ?? '';
    const end = text[next - 1] === '$' && start !== '#' ? -1 : endOf(text, next);
    if (end < 0) break;
    code += `${text.slice(at, next)}${start === '#' ? '\n' : '""'}`;
    at = end;
  }
  return code + text.slice(at);
}

/** Where the next comment or string begins. */
function nextPlain(text: string, from: number): number {
  let at = from;
  while (at < text.length && !Object.hasOwn(ENDS, text[at] ?? '')) at++;
  return at;
}

/** Where it ends; -1 where it does not: a comment may be the last of a file, a string in quotes stays in its line. */
function endOf(text: string, start: number): number {
  const mark = text[start] ?? '';
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === ENDS[mark]) return at + 1;
    if (mark === '"' && text[at] === '\n') return -1;
    if (mark === '"' && text[at] === '\\') at++;
  }
  return mark === '#' ? text.length : -1;
}

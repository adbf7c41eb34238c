import { type LocatedYaml, readLocated } from './read.ts';

/** A template of Helm as YAML: every action (`{{ … }}`) stands as one word of the same length, so that all offsets are those of the file. */
export type ReadTemplate = {
  yaml: LocatedYaml;
  /** A text of it with what `fill` gives for each action; the action itself where that gives nothing. */
  filled(text: string, fill: (action: string) => string | undefined): string;
};

/** Words begin with one, go on with the number of their action, and end with others: nothing else may hold them. */
const [WORD, REST, FIRST, LAST] = ['\ue000', '\ue001', 0xe100, 0xf8ff];
const PRIVATE = /[\ue000-\uf8ff]/;
const WORDS = /\ue000([\ue100-\uf8ff])\ue001*/g;

/** Reads a template that is YAML but for its actions; undefined for any other. Never throws for what stands in it. */
export function readTemplate(text: string): ReadTemplate | undefined {
  const actions = actionsIn(text);
  if (!actions || actions.length > LAST - FIRST || PRIVATE.test(text)) return undefined;
  // What stands on lines of its own is a comment to most texts, and nothing at all inside of a block.
  for (const lead of ['#', ' ']) {
    const result = readLocated(masked(text, actions, lead));
    if (result.status === 'unreadable' || result.yaml.dataProblem) continue;
    const actionOf = (mark: string): string => {
      const action = actions[mark.charCodeAt(0) - FIRST];
      return action ? text.slice(action.start, action.end) : '';
    };
    return {
      yaml: result.yaml,
      filled: (part, fill) =>
        part.replace(WORDS, (_, mark: string) => fill(actionOf(mark)) ?? actionOf(mark)),
    };
  }
  return undefined;
}

type Action = { start: number; end: number };

/** From `{{` to `}}`, with texts and comments inside; undefined where one does not end. */
function actionsIn(text: string): Action[] | undefined {
  const actions: Action[] = [];
  for (let start = text.indexOf('{{'); start >= 0;) {
    const end = endOfAction(text, start + 2);
    if (end === undefined) return undefined;
    actions.push({ start, end });
    start = text.indexOf('{{', end);
  }
  return actions;
}

/** What ends a part of an action in which `}}` ends nothing. */
const CLOSING: Readonly<Record<string, string>> = { '"': '"', '`': '`', "'": "'", '/*': '*/' };

function endOfAction(text: string, from: number): number | undefined {
  for (let at = from; at < text.length; at++) {
    if (text.startsWith('}}', at)) return at + 2;
    const closing = CLOSING[text.slice(at, at + 2)] ?? CLOSING[text.charAt(at)];
    if (closing === undefined) continue;
    at = closed(text, at + (closing === '*/' ? 2 : 1), closing);
    if (at < 0) return undefined;
  }
  return undefined;
}

/** The last character of what closes a text; -1 where nothing does. */
function closed(text: string, from: number, closing: string): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\' && closing !== '`' && closing !== '*/') at++;
    else if (text.startsWith(closing, at)) return at + closing.length - 1;
  }
  return -1;
}

/** Line by line: what a line holds of actions is a word of its own, or nothing where it holds nothing else. */
function masked(text: string, actions: readonly Action[], lead: string): string {
  const blanked = withActions(text, actions, part => part.replace(/[^\r\n]/g, ' '));
  let [offset, next] = [0, 0];
  const lines = blanked.split('\n').map(line => {
    const [from, to] = [offset, offset + line.length];
    offset = to + 1;
    const own: Part[] = [];
    for (let action = actions[next]; action && action.start < to; action = actions[next]) {
      own.push({ start: Math.max(action.start, from), end: Math.min(action.end, to), index: next });
      if (action.end > to) break;
      next++;
    }
    const isAlone = /^[ \t\r]*$/.test(line);
    return withParts(text.slice(from, to), from, own, isAlone ? lead : undefined);
  });
  return lines.join('\n');
}

function withActions(text: string, actions: readonly Action[], write: (part: string) => string): string {
  let [result, at] = ['', 0];
  for (const { start, end } of actions) {
    result += text.slice(at, start) + write(text.slice(start, end));
    at = end;
  }
  return result + text.slice(at);
}

type Part = { start: number; end: number; index: number };

function withParts(line: string, from: number, parts: readonly Part[], lead: string | undefined): string {
  let [result, at] = ['', 0];
  for (const { start, end, index } of parts) {
    const rest = lead === ' ' ? ' ' : REST;
    const first = lead ?? `${WORD}${String.fromCharCode(FIRST + index)}`;
    const isReturn = line.endsWith('\r') && end - from === line.length;
    const to = isReturn ? end - 1 : end;
    result += line.slice(at, start - from) + first.padEnd(to - start, rest).slice(0, to - start);
    at = to - from;
  }
  return result + line.slice(at);
}

import { isDeepStrictEqual } from 'node:util';
import { UserError } from '../../errors.ts';
import { linesAt } from '../excerpt.ts';
import type { Step } from '../nodes.ts';
import { parseSource, type YamlSource } from '../source.ts';
import { lineEnding } from '../text.ts';

/**
 * A file with other lines for the block map at a path; undefined where it has none of its own, or where the result would say
 * anything else than before beside it.
 */
export function withExcerptAt(
  source: YamlSource,
  document: number,
  path: readonly Step[],
  excerpt: string,
): string | undefined {
  const lines = linesAt(source, document, path);
  if (!lines) return undefined;
  const { text, name } = source;
  const space = ' '.repeat(lines.column);
  const body = withoutMarker(excerpt)
    .split(/\r?\n/)
    .map(line => (line === '' ? '' : space + line));
  const shown = body.join(lineEnding(text)).trimEnd();
  const isOpen = lines.end === text.length && !text.endsWith('\n');
  const result =
    text.slice(0, lines.start) + shown + (isOpen ? '' : lineEnding(text)) + text.slice(lines.end);
  const wanted = dataIn(parsed(withoutMarker(excerpt), name));
  const after = parsed(result, name);
  const isRight = wanted?.length === 1 && after && isReplaced([source, after], document, path, wanted[0]);
  return isRight ? result : undefined;
}

/** Helm's defaults may begin with `---`, which a map in a file cannot. */
function withoutMarker(text: string): string {
  return text.replace(/^\ufeff/, '').replace(/^((?:[ \t]*(?:#.*)?\r?\n)*)---[ \t]*\r?\n/, '$1');
}

function parsed(text: string, name: string): YamlSource | undefined {
  try {
    return parseSource(text, name);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

function dataIn(source: YamlSource | undefined): unknown[] | undefined {
  return source?.documents.map(document => document.toJS({ maxAliasCount: 10_000 }) as unknown);
}

function isReplaced(
  [before, after]: readonly [YamlSource, YamlSource],
  document: number,
  path: readonly Step[],
  value: unknown,
): boolean {
  const wanted = dataIn(before)?.map((data, index) =>
    index === document ? withAt(data, path, value) : data,
  );
  return isDeepStrictEqual(dataIn(after), wanted);
}

function withAt(data: unknown, [step, ...rest]: readonly Step[], value: unknown): unknown {
  if (step === undefined) return value;
  if (Array.isArray(data))
    return data.map((item: unknown, index) => (index === step ? withAt(item, rest, value) : item));
  return Object.fromEntries(
    Object.entries(data as object).map(([key, field]) => [
      key,
      key === String(step) ? withAt(field, rest, value) : (field as unknown),
    ]),
  );
}

import { display } from '../text/display.ts';
import { UserError } from '../errors.ts';
import { isDataMap } from '../data/fields.ts';
import { decodeUtf8 } from '../text/utf8.ts';
import { say } from '../locales/say.ts';
import type { Text } from '../text/language.ts';

const MAX_DEPTH = 128;

/**
 * The places outside of it that a values.schema.json refers to. Helm fetches them when it renders, so whoever calls Helm has to
 * know; nothing here does.
 * @throws UserError E_CHART_INVALID for a reference to a file or another scheme, for nesting beyond 128, for what is not JSON.
 */
export function schemaReferences(bytes: Buffer): string[] {
  const found = new Set<string>();
  const pending = [{ value: parseSchema(decodeUtf8(bytes, 'values.schema.json')), depth: 0 }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { value, depth } = next;
    if (depth > MAX_DEPTH) throw invalid(say('charts.itNestsDeeperThan', { levels: MAX_DEPTH }));
    if (isDataMap(value) && typeof value['$ref'] === 'string') found.add(value['$ref']);
    if (typeof value === 'object' && value !== null)
      for (const child of Object.values(value)) pending.push({ value: child, depth: depth + 1 });
  }
  const outside = [...found].filter(reference => !reference.startsWith('#'));
  for (const reference of outside)
    if (/^[a-z][a-z0-9+.-]*:/i.test(reference) && !/^https?:\/\//i.test(reference))
      throw invalid(say('charts.itRefersTo', { reference: display(reference) }));
  return outside;
}

function parseSchema(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalid(say('charts.itIsNotJson'), error);
  }
}

function invalid(problem: Text, cause?: unknown): UserError {
  return new UserError('E_CHART_INVALID', say('charts.chartsValuesSchemaJsonRefused', { problem }), {
    cause,
  });
}

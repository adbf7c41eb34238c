import { UserError } from '../errors.ts';
import { parseSource, toData } from '../yaml/source.ts';

/**
 * A chart's default values as data, to look into them; `undefined` where they are no YAML that can be read (the file is
 * still copied byte for byte).
 */
export function readValues(text: string, chart: string): unknown {
  try {
    return toData(parseSource(text, `values.yaml of ${chart}`));
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

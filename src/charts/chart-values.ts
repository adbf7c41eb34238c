import { UserError } from '../errors.ts';
import { readDocuments } from '../yaml/read.ts';

/**
 * A chart's default values as data, to look into them; `undefined` where they are no YAML that can be read (the file is
 * still copied byte for byte).
 */
export function readValues(text: string, chart: string): unknown {
  try {
    return readDocuments(text, `values.yaml of ${chart}`)[0];
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

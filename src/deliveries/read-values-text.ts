import { isRecord } from '../data/fields.ts';
import { UserError } from '../errors.ts';
import { helmData } from '../yaml/helm-data.ts';

/** Values as Helm reads them; undefined for what is no map. An empty text is an empty one. */
export function readValuesText(text: string, name: string): Record<string, unknown> | undefined {
  try {
    const data = helmData(text, name) ?? {};
    return isRecord(data) ? data : undefined;
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

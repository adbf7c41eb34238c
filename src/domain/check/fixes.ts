import { UserError } from '../../errors.ts';
import type { Edit } from '../yaml/edit.ts';
import { parseSource, type YamlSource } from '../yaml/source.ts';
import type { Fix } from './finding.ts';

/**
 * Edits of one YAML file as a fix. Nothing where `plan` finds no certain place, or where the file is not what the editing
 * parser takes: then a person has to.
 */
export function editYaml(
  file: string,
  text: string,
  plan: (source: YamlSource) => readonly Edit[] | undefined,
): readonly Fix[] {
  const edits = planSafely(file, text, plan);
  return edits && edits.length > 0 ? [{ kind: 'edit', file, edits }] : [];
}

function planSafely(
  file: string,
  text: string,
  plan: (source: YamlSource) => readonly Edit[] | undefined,
): readonly Edit[] | undefined {
  try {
    return plan(parseSource(text, file));
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

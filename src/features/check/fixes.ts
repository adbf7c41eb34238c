import { UserError } from '../../errors.ts';
import { rangesOfEdit, type YamlEdit } from '../../yaml/edit.ts';
import type { Fix } from './finding.ts';

/**
 * One change of a YAML file as a fix. Nothing where the change cannot be made without touching more, or where the file is
 * not what the editing parser takes: then a person has to.
 */
export function yamlFix(file: string, text: string, edit: YamlEdit): readonly Fix[] {
  try {
    const edits = rangesOfEdit(text, file, edit);
    return edits.length > 0 ? [{ kind: 'edit', file, edits }] : [];
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}

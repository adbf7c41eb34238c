import { UserError } from '../../errors.ts';
import type { Edit } from '../yaml/edit.ts';
import { addField } from '../yaml/insert.ts';
import { setValue } from '../yaml/set-value.ts';
import { nodeAt, pairOf, parseSource, type Step, type YamlSource } from '../yaml/source.ts';
import { yamlScalar } from '../yaml/print.ts';
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

/** Gives a map a field with a text: a new one, or the value of one that stands there empty. */
export function putField(
  source: YamlSource,
  path: readonly Step[],
  { key, value, order }: { key: string; value: string; order: readonly string[] },
): readonly Edit[] | undefined {
  const isWritten = pairOf(nodeAt(source.documents[0]?.contents, path), key) !== undefined;
  return isWritten
    ? setValue(source, [...path, key], value)
    : addField(source, path, { key, value: yamlScalar(value), order });
}

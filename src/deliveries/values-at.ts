import { UserError } from '../errors.ts';
import { say } from '../locales/say.ts';
import { excerptAt } from '../yaml/excerpt.ts';
import { editYaml, type YamlEdit } from '../yaml/edit.ts';
import { parseSource } from '../yaml/source.ts';
import { textAt } from '../yaml/nodes.ts';
import type { Place, ValuesPlace } from './chart-use.ts';

/** Values that stand in a manifest. */
export type ManifestPlace = Extract<ValuesPlace, { kind: 'map' | 'text' }>;

/** The values of a place in a manifest as a YAML text of their own. @throws UserError E_YAML_* */
export function valuesAt(text: string, { kind, at }: ManifestPlace): string {
  const source = parseSource(text, at.file);
  const values =
    kind === 'map'
      ? excerptAt(source, at.document, at.path)
      : textAt(source.documents[at.document]?.contents, at.path);
  if (values === undefined) throw gone(at);
  return values;
}

/**
 * Edits values in a manifest; the paths of the edits start at the values.
 * @throws UserError E_YAML_SHAPE for a text that cannot be edited without touching more
 */
export function editValuesAt(text: string, { kind, at }: ManifestPlace, edits: readonly YamlEdit[]): string {
  if (kind === 'map')
    return editYaml(
      text,
      at.file,
      edits.map(edit => ({ ...edit, document: at.document, path: [...at.path, ...edit.path] })),
    );
  const inner = valuesAt(text, { kind, at });
  const edited = editYaml(inner, `${at.file}: ${at.path.join('.')}`, edits);
  // The end decides how the text is written: `|`, `|-` or `|+`.
  const value = edited.replace(/\n*$/, '') + (/\n*$/.exec(inner)?.[0] ?? '');
  if (value === inner) return text;
  return editYaml(text, at.file, [{ kind: 'set', document: at.document, path: at.path, value }]);
}

function gone({ file, path }: Place): UserError {
  return new UserError('E_YAML_SHAPE', say('yaml.thereNo', { name: file, path: path.join('.') }), {
    subject: file,
  });
}

import { UserError } from '../errors.ts';
import { say } from '../locales/say.ts';
import { excerptAt } from '../yaml/excerpt.ts';
import { editYaml, withExcerptAt, type YamlEdit } from '../yaml/edit.ts';
import type { Meanings } from '../yaml/meanings.ts';
import { type LocatedYaml, saidInText } from '../yaml/read.ts';
import type { SaidValue } from '../yaml/said.ts';
import { parseRepeating, parseSource, toData } from '../yaml/source.ts';
import { isFoldedAt, positionOf, type Step, textAt } from '../yaml/nodes.ts';
import { lineColumn, readLocated } from '../yaml/read.ts';
import type { SourceLocation } from '../repository/source-location.ts';
import { valuesOutline } from '../yaml/helm-values.ts';
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

/** What the values of a place in a manifest that is parsed already say; undefined where that is not certain. */
export function saidAtPlace(
  yaml: LocatedYaml,
  { kind, at: { document, path } }: ManifestPlace,
  meanings: Meanings,
): SaidValue | undefined {
  if (kind === 'map') return yaml.saidAt(document, path, meanings);
  const text = yaml.scalarAt(document, path)?.text;
  return text === undefined ? undefined : saidInText(text, meanings);
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
  const value = edited.replace(/(?<!\n)\n*$/, '') + (/(?<!\n)\n*$/.exec(inner)?.[0] ?? '');
  if (value === inner) return text;
  requireOwnLines(text, at);
  return editYaml(text, at.file, [{ kind: 'set', document: at.document, path: at.path, value }]);
}

/**
 * Puts other values, a YAML text of their own, in the place of those in a manifest; what is between braces, or shared, is
 * written anew without comments.
 * @throws UserError E_YAML_SHAPE for a place that cannot be written alone
 */
export function replaceValuesAt(text: string, { kind, at }: ManifestPlace, values: string): string {
  const { file, document, path } = at;
  if (kind === 'text') {
    requireOwnLines(text, at);
    return editYaml(text, file, [{ kind: 'set', document, path, value: values }]);
  }
  const replaced = withExcerptAt(parseSource(text, file), document, path, values);
  if (replaced !== undefined) return replaced;
  const value = toData(parseRepeating(values, file));
  return editYaml(text, file, [{ kind: 'set', document, path, value }]);
}

/** Of a folded text (`>`) every line would be written anew. */
function requireOwnLines(text: string, { file, document, path }: Place): void {
  if (!isFoldedAt(parseSource(text, file).documents[document]?.contents, path)) return;
  const sides = { place: file, what: path.join('.'), predicate: say('yaml.cannotBeEditedAlone') };
  throw new UserError('E_YAML_SHAPE', say('yaml.cannotEdit', sides), {
    hint: say('yaml.editByHand'),
    subject: file,
  });
}

/** Where a value of a place in a manifest stands: in a text inside of it the line alone is told. */
export function locateAt(text: string, { kind, at }: ManifestPlace, path: readonly Step[]): SourceLocation {
  const located = readLocated(text);
  const from = kind === 'map' ? [...at.path, ...path] : at.path;
  const offset = located.status === 'read' ? located.yaml.offsetOf(at.document, from) : undefined;
  const place = { file: at.file, ...lineColumn(text, offset ?? 0) };
  if (kind === 'map') return place;
  const inner = valuesAt(text, { kind, at });
  let node = valuesOutline(inner, at.file).documents[0];
  const outline = { lines: parseSource(inner, at.file).lines };
  for (const step of path)
    node = node?.value.entries.find(({ key, shadowed }) => String(key) === String(step) && !shadowed);
  return { ...place, line: place.line + (node ? positionOf(outline, node.start).line : 0), column: 1 };
}

function gone({ file, path }: Place): UserError {
  return new UserError('E_YAML_SHAPE', say('yaml.thereNo', { name: file, path: path.join('.') }), {
    subject: file,
  });
}

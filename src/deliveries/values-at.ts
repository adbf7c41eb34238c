import { UserError } from '../errors.ts';
import { say } from '../locales/say.ts';
import { excerptAt, excerptInOutline } from '../yaml/excerpt.ts';
import { editYaml, withExcerptAt, type YamlEdit } from '../yaml/edit.ts';
import type { Meanings } from '../yaml/meanings.ts';
import { type LocatedYaml, saidInText } from '../yaml/read.ts';
import type { SaidValue } from '../yaml/said.ts';
import { parseRepeating, parseSource, toData } from '../yaml/source.ts';
import { isFoldedAt, nodeAt, positionOf, type Step, textAt } from '../yaml/nodes.ts';
import { lineColumn, readLocated } from '../yaml/read.ts';
import type { SourceLocation } from '../repository/source-location.ts';
import { valuesOutline } from '../yaml/helm-values.ts';
import { recentOutline } from '../yaml/outline.ts';
import { printYaml } from '../yaml/print.ts';
import { entryAt } from '../yaml/syntax-tree.ts';
import { isRecord } from '../data/fields.ts';
import { dataOfParameters, type HelmParameter, parameterName, readParameters } from './argo/parameters.ts';
import type { Place, ValuesPlace } from './chart-use.ts';

/** Values that stand in a manifest. */
export type ManifestPlace = Extract<ValuesPlace, { kind: 'map' | 'text' | 'parameters' }>;

/** The values of a place in a manifest as a YAML text of their own. @throws UserError E_YAML_* */
export function valuesAt(text: string, place: ManifestPlace): string {
  const { kind, at } = place;
  if (kind === 'parameters') return `${printYaml(dataOfParameters(parametersAt(text, place)))}\n`;
  const quick = quickValues(text, kind, at);
  if (quick !== undefined) return quick;
  const source = parseSource(text, at.file);
  const values =
    kind === 'map'
      ? excerptAt(source, at.document, at.path)
      : textAt(source.documents[at.document]?.contents, at.path);
  if (values === undefined) throw gone(at);
  return values;
}

/** From the outline, which costs a small part of what the parser does; undefined where only the parser knows. */
function quickValues(text: string, kind: 'map' | 'text', at: Place): string | undefined {
  const tree = at.document === 0 ? recentOutline(text, at.file) : undefined;
  if (!tree) return undefined;
  if (kind === 'map') return excerptInOutline(tree, at.path);
  const value = entryAt(tree, at.path)?.value;
  const isBlock = value?.layout === 'folded' && value.end < text.length;
  return isBlock && typeof value.scalar === 'string' ? value.scalar : undefined;
}

type ParametersPlace = Extract<ManifestPlace, { kind: 'parameters' }>;

function parametersAt(text: string, { at, ofFiles }: ParametersPlace): HelmParameter[] {
  const source = parseSource(text, at.file);
  const list = nodeAt(source.documents[at.document]?.contents, at.path);
  // A list goes with its last parameter.
  return readParameters(list?.toJSON(), { ofFiles }).parameters;
}

/** What the values of a place in a manifest that is parsed already say; undefined where that is not certain. */
export function saidAtPlace(
  yaml: LocatedYaml,
  { kind, at: { document, path } }: ManifestPlace,
  meanings: Meanings,
): SaidValue | undefined {
  if (kind === 'parameters') return undefined;
  if (kind === 'map') return yaml.saidAt(document, path, meanings);
  const text = yaml.scalarAt(document, path)?.text;
  return text === undefined ? undefined : saidInText(text, meanings);
}

/**
 * Edits values in a manifest; the paths of the edits start at the values.
 * @throws UserError E_YAML_SHAPE for a text that cannot be edited without touching more
 */
export function editValuesAt(text: string, place: ManifestPlace, edits: readonly YamlEdit[]): string {
  if (edits.length === 0) return text;
  const { kind, at } = place;
  if (kind === 'parameters') return edits.reduce((before, edit) => editParameters(before, place, edit), text);
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

/** @throws UserError E_YAML_SHAPE for what no parameter can say */
function editParameters(text: string, place: ParametersPlace, edit: YamlEdit): string {
  const { file, document, path } = place.at;
  const all = parametersAt(text, place);
  const own = all.filter(({ keys }) => edit.path.every((step, index) => keys[index] === step));
  if (own.length === 0) throw gone(place.at);
  const edits = own.toReversed().map(one => ({ document, ...parameterEdit(place, one, edit) }));
  const edited = editYaml(text, file, edits);
  const list: unknown = nodeAt(parseSource(edited, file).documents[document]?.contents, path)?.toJSON();
  const isEmpty = Array.isArray(list) && list.length === 0;
  return isEmpty ? editYaml(edited, file, [{ kind: 'remove', document, path, withComments: true }]) : edited;
}

function parameterEdit(
  place: ParametersPlace,
  { index, keys, value }: HelmParameter,
  edit: YamlEdit,
): YamlEdit {
  const path = [...place.at.path, index];
  if (edit.kind === 'remove') return { kind: 'remove', path, withComments: true };
  if (edit.kind === 'move')
    return {
      kind: 'set',
      path: [...path, 'name'],
      value: parameterName([...edit.to, ...keys.slice(edit.path.length)]),
    };
  const isText =
    (edit.kind === 'set' || edit.kind === 'put') && !place.ofFiles && keys.length === edit.path.length;
  // A text that looks like a number would be one, and the other way round.
  if (!isText || typeof edit.value !== typeof value || isRecord(edit.value)) throw cannotEdit(place.at);
  return { kind: 'set', path: [...path, 'value'], value: String(edit.value) };
}

/**
 * Puts other values, a YAML text of their own, in the place of those in a manifest; what is between braces, or shared, is
 * written anew without comments.
 * @throws UserError E_YAML_SHAPE for a place that cannot be written alone
 */
export function replaceValuesAt(text: string, { kind, at }: ManifestPlace, values: string): string {
  const { file, document, path } = at;
  if (kind === 'parameters') throw cannotEdit(at);
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
  throw cannotEdit({ file, document, path });
}

function cannotEdit({ file, path }: Place): UserError {
  const sides = { place: file, what: path.join('.'), predicate: say('yaml.cannotBeEditedAlone') };
  return new UserError('E_YAML_SHAPE', say('yaml.cannotEdit', sides), {
    hint: say('yaml.editByHand'),
    subject: file,
  });
}

/** Where a value of a place in a manifest stands: in a text inside of it the line alone is told. */
export function locateAt(text: string, place: ManifestPlace, path: readonly Step[]): SourceLocation {
  const { at } = place;
  const located = readLocated(text);
  const offset =
    located.status === 'read' ? located.yaml.offsetOf(at.document, stepsTo(text, place, path)) : undefined;
  const location = { file: at.file, ...lineColumn(text, offset ?? 0) };
  if (place.kind !== 'text') return location;
  const inner = valuesAt(text, place);
  let node = valuesOutline(inner, at.file).documents[0];
  const outline = { lines: parseSource(inner, at.file).lines };
  for (const step of path)
    node = node?.value.entries.find(({ key, shadowed }) => String(key) === String(step) && !shadowed);
  return { ...location, line: location.line + (node ? positionOf(outline, node.start).line : 0), column: 1 };
}

/** The way to a value from the manifest's root, as far as the manifest itself has one. */
function stepsTo(text: string, place: ManifestPlace, path: readonly Step[]): readonly Step[] {
  const { at } = place;
  if (place.kind === 'text') return at.path;
  if (place.kind === 'map') return [...at.path, ...path];
  const wanted = path.map(String).join('\n');
  const found = parametersAt(text, place).findLast(({ keys }) => keys.join('\n') === wanted);
  return found ? [...at.path, found.index] : at.path;
}

function gone({ file, path }: Place): UserError {
  return new UserError('E_YAML_SHAPE', say('yaml.thereNo', { name: file, path: path.join('.') }), {
    subject: file,
  });
}

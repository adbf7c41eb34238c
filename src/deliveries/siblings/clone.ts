import { isRecord } from '../../data/fields.ts';
import { UserError } from '../../errors.ts';
import { display } from '../../text/display.ts';
import { say } from '../../locales/say.ts';
import { editYaml, type YamlEdit } from '../../yaml/edit.ts';
import { requireYaml } from '../../yaml/read.ts';
import { chartComment, commentOfChart } from './dependency-comments.ts';
import type { NewChart } from './emission.ts';
import { abstracted, concrete, type Names } from './names.ts';
import { namesOf, type Unit, type UnitDocument } from './unit.ts';
import { SCHEMA, type Votes } from './votes.ts';

export type Cloning = {
  unit: Unit;
  to: Names;
  votes: Votes;
  /** What comments for bots are to name in place of the sibling's chart. */
  chart: Pick<NewChart, 'name' | 'repo'> | undefined;
};

/** What a document of a new app differs in from that of its sibling. */
export type Slots = {
  /** Paths, joined by dots, that are filled in by `fill`, and so stay whatever siblings say. */
  kept: readonly string[];
  /** Edits of the sibling's document, before it is renamed. */
  trim?(data: Record<string, unknown>): YamlEdit[];
  /** Edits of the new one. */
  fill?(data: Record<string, unknown>): YamlEdit[];
};

/**
 * The document of a new app after that of a sibling: without what is the sibling's own, with the new names, and filled in.
 * @throws UserError E_YAML_* where the sibling's cannot be edited so: another sibling's may be
 */
export function cloneDocument(
  document: UnitDocument,
  { unit, to, votes, chart }: Cloning,
  { kept, trim = () => [], fill = () => [] }: Slots,
): { marker: string; text: string } {
  const { file } = document;
  const isUsual = (path: readonly string[], value: unknown): boolean =>
    kept.includes(path.join('.')) || votes.isUsual(unit, document, path, value);
  const trimmed = editYaml(document.text, file, trim(document.data));
  const usual = editYaml(trimmed, file, removals(dataOf(trimmed, file), [], isUsual));
  const bare = withoutComments(usual, file, {
    kept: comment =>
      votes.isUsualComment(unit, document, comment.trim()) ? chartComment(comment, unit) : undefined,
    schema: votes.schemaComment(document.part),
  });
  const renamed = ofChart(rename(bare, file, { from: namesOf(unit), to }), unit, chart);
  const filled = editYaml(renamed, file, fill(dataOf(renamed, file)));
  return { marker: votes.opensWithMarker(document.part) ? '---\n' : '', text: filled };
}

function dataOf(text: string, file: string): Record<string, unknown> {
  const [data] = requireYaml(text, file).documents;
  return isRecord(data) ? data : {};
}

type IsUsual = (path: readonly string[], value: unknown) => boolean;

/** What makes an object what it is, and where it lands. */
const IDENTITY = /^(?:apiVersion|kind|metadata\.(?:name|namespace)|namespace|spec\.targetNamespace)$/;

/** What is to go: whole keys where nothing in them stays. */
function removals(map: Record<string, unknown>, path: readonly string[], isUsual: IsUsual): YamlEdit[] {
  return Object.entries(map).flatMap(([key, value]): YamlEdit[] => {
    const here = [...path, key];
    if (stays(value, here, isUsual))
      return isRecord(value) && !isUsual(here, value) ? removals(value, here, isUsual) : [];
    return [{ kind: 'remove', path: here, withComments: true }];
  });
}

function stays(value: unknown, path: readonly string[], isUsual: IsUsual): boolean {
  if (IDENTITY.test(path.join('.')) || isUsual(path, value)) return true;
  return (
    isRecord(value) && Object.entries(value).some(([key, inner]) => stays(inner, [...path, key], isUsual))
  );
}

/** Comments that speak of one app go; what they stand in stays as it is. */
function withoutComments(
  text: string,
  file: string,
  { kept, schema }: { kept(comment: string): string | undefined; schema: string | undefined },
): string {
  const drop = (comment: string): string => {
    if (SCHEMA.test(comment)) return schema === undefined ? '' : `${schema}\n`;
    return kept(comment) ?? '';
  };
  const lines = text.replaceAll(/^[ \t]*#.*\n?/gm, drop);
  const behind = lines.replaceAll(/(?<=\S)[ \t]+#.*$/gm, drop);
  const before = JSON.stringify(dataOf(text, file));
  const same = [behind, lines].find(each => isSame(each, file, before)) ?? text;
  return same.replaceAll(/\n{3,}/g, '\n\n').replace(/^\n+/, '');
}

/** Comments that name a chart name the new one. */
function ofChart(text: string, unit: Unit, chart: Cloning['chart']): string {
  const write = (comment: string): string => commentOfChart(comment, unit, chart) ?? '';
  return text.replaceAll(/^[ \t]*#.*\n?/gm, write).replaceAll(/(?<=\S)[ \t]+#.*$/gm, write);
}

function isSame(text: string, file: string, before: string): boolean {
  try {
    return JSON.stringify(dataOf(text, file)) === before;
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}

/** The sibling's names give way to the new ones everywhere; what that makes of the data is looked at. */
function rename(text: string, file: string, { from, to }: { from: Names; to: Names }): string {
  const change = (each: string): string => concrete(abstracted(each, from), to);
  const renamed = change(text);
  const wanted = JSON.stringify(mapTexts(dataOf(text, file), change));
  if (isSame(renamed, file, wanted)) return renamed;
  throw new UserError('E_YAML_SHAPE', say('scaffold.siblingNotRenamed', { file: display(file) }), {
    subject: file,
  });
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map(item => mapTexts(item, change));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [change(key), mapTexts(inner, change)]),
  );
}

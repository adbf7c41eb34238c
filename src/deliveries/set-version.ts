import type { YamlEdit } from '../yaml/edit.ts';
import type { ChartUse, FileReference, Place } from './chart-use.ts';

/** An edit of one file of the repository. */
export type FileEdit = { file: string; edit: YamlEdit };

/** Moves a use to another version: the text of its version, and no more; the key where there is none yet. */
export function setVersion({ version }: ChartUse, to: string): FileEdit[] {
  const { at, put } = version;
  if (!at) return put ? [{ file: put.file, edit: { ...put, kind: 'put', value: to } }] : [];
  const { before = '', after = '' } = version.around ?? {};
  const text = version.isTag ? to.replaceAll('+', '_') : withItsV(version.text, to);
  return [setText(at, before + text + after)];
}

/** Makes what names a values file name another one. */
export function renameValuesFile({ at, prefix }: FileReference, written: string): FileEdit[] {
  return at ? [setText(at, prefix + written)] : [];
}

/** A `v` in front stays, where the publisher's own text has none. */
function withItsV(from: string, to: string): string {
  return /^v\d/.test(from) && /^\d/.test(to) ? `v${to}` : to;
}

function setText({ file, document, path }: Place, text: string): FileEdit {
  return { file, edit: { kind: 'set', document, path, value: text } };
}

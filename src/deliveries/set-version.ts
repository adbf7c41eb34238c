import type { YamlEdit } from '../yaml/edit.ts';
import type { ChartUse, FileReference, Place } from './chart-use.ts';

/** An edit of one file of the repository. */
export type FileEdit = { file: string; edit: YamlEdit };

/** Moves a use to another version: the text of its version, and no more. Nothing where no version is written. */
export function setVersion({ version }: ChartUse, to: string): FileEdit[] {
  return version.at ? [setText(version.at, to)] : [];
}

/** Makes what names a values file name another one. */
export function renameValuesFile({ at, prefix }: FileReference, written: string): FileEdit[] {
  return at ? [setText(at, prefix + written)] : [];
}

function setText({ file, document, path }: Place, text: string): FileEdit {
  return { file, edit: { kind: 'set', document, path, value: text } };
}

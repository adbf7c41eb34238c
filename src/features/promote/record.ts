import { createFile, type ChangeSet, updateFile } from '../../change-set.ts';
import { isDataMap, stringsAt, textMap } from '../../data/fields.ts';
import { printYaml } from '../../yaml/print.ts';
import { type AppFiles, documentsOf } from './app-files.ts';

/** What a promotion left: the ids that git gives to the files of both sides, by their paths. */
export type PromotionRecord = {
  source: Readonly<Record<string, string>>;
  target: Readonly<Record<string, string>>;
  /** What the target had and the source had not: that is to go back, and nobody's own. */
  ahead: readonly string[];
};

/** `.slipway/promotions/<to>/<app>.yaml` */
export function recordPath(environment: string, app: string): string {
  return `.slipway/promotions/${environment}/${app}.yaml`;
}

/** Reads a record back; undefined where there is none, or none of this shape. */
export function parseRecord(text: string | undefined): PromotionRecord | undefined {
  const [data] = text === undefined ? [] : documentsOf(text);
  if (!isDataMap(data)) return undefined;
  const [source, target] = [textMap(data['source']), textMap(data['target'])];
  const ids = [...Object.values(source), ...Object.values(target)];
  return ids.length > 0 && ids.every(id => /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(id))
    ? { source, target, ahead: stringsAt(data, ['ahead']) }
    : undefined;
}

type Recording = {
  file: string;
  before: string | undefined;
  from: string;
  source: AppFiles;
  target: AppFiles;
  ahead: readonly string[];
  /** The id that git gives to a content. */
  idOf(content: Uint8Array): string;
  why: string;
};

/** The change that remembers a promotion; none where the same is remembered. */
export function recordChange({ file, before, from, source, target, ahead, idOf, why }: Recording): ChangeSet {
  const ids = (files: AppFiles): Record<string, string> =>
    Object.fromEntries(
      [...files.values()]
        .map(each => [each.file, idOf(Buffer.from(each.text))] as const)
        .toSorted(([a], [b]) => (a < b ? -1 : 1)),
    );
  const body = {
    schemaVersion: 1,
    from,
    source: ids(source),
    target: ids(target),
    ...(ahead.length > 0 && { ahead }),
  };
  const content = `${HEAD}\n${printYaml(body)}\n`;
  return before === undefined
    ? createFile({ path: file, content, why })
    : updateFile({ path: file, content, before, why, leftover: true });
}

const HEAD = '# What slipway promote promoted last, as ids of git: the base of the next one. Commit it.';

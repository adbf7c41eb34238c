import { posix } from 'node:path';
import { isRecord, recordsAt, stringOf, stringsAt, valueAt } from '../../data/fields.ts';
import { isKustomization } from '../../repository/kustomization.ts';
import { lockPath } from '../../repository/lock-entry.ts';
import { readLocated } from '../../yaml/read.ts';
import type { UsingApp } from '../../deliveries/chart-use.ts';

/** One file of an app in one environment. */
export type PromotedFile = { file: string; text: string };

/**
 * The files of an app by what is the same in another environment: the path in its folder, the values of a chart by its release whatever
 * version their name bears, and the app's lock.
 */
export type AppFiles = ReadonlyMap<string, PromotedFile>;

/** The key of the values of a chart. */
const VALUES = 'values of ';

const LOCK = 'lock';

/** Whether a key is that of a chart's values. */
export function isValuesKey(key: string): boolean {
  return key.startsWith(VALUES);
}

/** The files of an app among all of a repository, or of a commit. */
export function filesOfApp(
  text: ReadonlyMap<string, string>,
  { path }: Pick<UsingApp, 'path'>,
): Map<string, PromotedFile> {
  const own = [...text].filter(
    ([file]) => file.startsWith(`${path}/`) && /\.ya?ml$|\/Kustomization$/.test(file),
  );
  const keys = valuesKeys(own.filter(([file]) => isKustomization(file)));
  const files = new Map(
    own.map(([file, content]) => [keys.get(file) ?? file.slice(path.length + 1), { file, text: content }]),
  );
  const lock = lockPath(path);
  const locked = text.get(lock);
  if (locked !== undefined) files.set(LOCK, { file: lock, text: locked });
  return files;
}

function valuesKeys(kustomizations: readonly (readonly [string, string])[]): Map<string, string> {
  const keys = new Map<string, string>();
  for (const [file, text] of kustomizations)
    for (const chart of recordsAt(firstOf(text), ['helmCharts'])) {
      const name = stringOf(chart['releaseName']) ?? stringOf(chart['name']) ?? '';
      const written = [stringOf(chart['valuesFile']) ?? '', ...stringsAt(chart, ['additionalValuesFiles'])];
      for (const [index, each] of written.entries())
        if (each !== '') keys.set(posix.join(posix.dirname(file), each), `${VALUES}${name} ${index}`);
    }
  return keys;
}

function firstOf(text: string): unknown {
  const result = readLocated(text);
  return result.status === 'read' ? result.yaml.documents[0] : undefined;
}

/** The documents of a text; none of what is no YAML. */
export function documentsOf(text: string): readonly unknown[] {
  const result = readLocated(text);
  return result.status === 'read' ? result.yaml.documents : [];
}

/** Whether a file holds what is encrypted for one place: it means nothing in another. */
export function isSealed(text: string): boolean {
  return documentsOf(text).some(
    each => isRecord(each) && (each['kind'] === 'SealedSecret' || isRecord(each['sops'])),
  );
}

/** What the SealedSecrets of a text are called. */
export function sealedNames(text: string): string[] {
  return documentsOf(text).flatMap(each => {
    const name = isRecord(each) && each['kind'] === 'SealedSecret' && valueAt(each, ['metadata', 'name']);
    return typeof name === 'string' && name !== '' ? [name] : [];
  });
}

/** The objects of a text, for people. */
export function objectNames(text: string): string[] {
  return documentsOf(text).flatMap(each => {
    const name =
      isRecord(each) && isRecord(each['metadata']) ? stringOf(each['metadata']['name']) : undefined;
    return isRecord(each) && name !== undefined ? [`${stringOf(each['kind']) ?? ''} ${name}`] : [];
  });
}

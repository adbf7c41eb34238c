import { isRecord, stringOf, valueAt } from '../data/fields.ts';
import { listItems } from '../repository/manifest.ts';
import { commentAt } from '../yaml/comments.ts';
import type { Step } from '../yaml/nodes.ts';
import type { LocatedYaml } from '../yaml/read.ts';
import type { Place } from './chart-use.ts';

/** A Kubernetes object of a file of the repository, and where its parts stand. */
export type LocatedObject = {
  at: Place;
  kind: string;
  /** `helm.toolkit.fluxcd.io` */
  group: string;
  name: string;
  namespace: string | undefined;
  body: Record<string, unknown>;
  yaml: LocatedYaml;
};

/** The objects of a file's documents, those of lists too. */
export function objectsIn(file: string, yaml: LocatedYaml | undefined): LocatedObject[] {
  if (!yaml) return [];
  return yaml.documents.flatMap((body, document) => opened({ file, document, path: [] }, body, yaml));
}

function opened(at: Place, body: unknown, yaml: LocatedYaml): LocatedObject[] {
  if (!isRecord(body)) return [];
  const items = listItems(body);
  if (items)
    return items.flatMap((item, index) => opened({ ...at, path: [...at.path, 'items', index] }, item, yaml));
  const kind = stringOf(body['kind']);
  const name = stringOf(valueAt(body, ['metadata', 'name']));
  if (kind === undefined || name === undefined) return [];
  const [group = ''] = (stringOf(body['apiVersion']) ?? '').split('/');
  return [
    { at, kind, group, name, namespace: stringOf(valueAt(body, ['metadata', 'namespace'])), body, yaml },
  ];
}

type Located = Pick<LocatedObject, 'at' | 'body' | 'yaml'>;

/** A scalar of an object as it is written: `1.10` is a text. Undefined for nothing, and for what is no scalar. */
export function textIn({ at, body, yaml }: Located, ...steps: Step[]): string | undefined {
  const written =
    yaml.scalarAt(at.document, [...at.path, ...steps])?.text ?? valueAt(body, steps.map(String));
  const text = typeof written === 'number' ? String(written) : stringOf(written);
  return text === undefined || text === '' ? undefined : text;
}

/** What is written behind a scalar of an object, and right above it. */
export function commentIn({ at, yaml }: Pick<Located, 'at' | 'yaml'>, ...steps: Step[]): string | undefined {
  return commentAt(yaml, [...at.path, ...steps], at.document);
}

import { asList, isRecord, stringOf, valueAt } from '../data/fields.ts';
import { isLfsPointer } from '../text/utf8.ts';
import type { Repository } from '../repository/model.ts';
import type { Step } from '../yaml/nodes.ts';
import type { LocatedYaml } from '../yaml/read.ts';
import { parsedFile } from './parsed-files.ts';
import { commentAt } from '../yaml/comments.ts';
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

const KINDS =
  /\bkind["']?[ \t]*:[ \t]*["']?(?:HelmRelease|HelmRepository|OCIRepository|GitRepository|HelmChart|Application|ApplicationSet|ConfigMap)["']?[ \t\r]*(?:[,}#]|$)/m;

/** A ConfigMap interests only where it holds the values of a release. */
const ONLY_CONFIG_MAPS = /\bvalues\.ya?ml["']?[ \t]*:/;
const CHARTS = /\bkind["']?[ \t]*:[ \t]*["']?(?:Helm|OCI|Git|Application)/;

/** The objects that charts are used with, by file; what is no YAML, or filled in by another program, is left out. */
export function chartObjects(repository: Repository): LocatedObject[] {
  const { text, isTemplate } = repository;
  return [...text].flatMap(([file, content]) => {
    if (!KINDS.test(content) || !(CHARTS.test(content) || ONLY_CONFIG_MAPS.test(content))) return [];
    return isTemplate(file) || isLfsPointer(content) ? [] : objectsIn(file, parsedFile(repository, file));
  });
}

function objectsIn(file: string, yaml: LocatedYaml | undefined): LocatedObject[] {
  if (!yaml) return [];
  return yaml.documents.flatMap((body, document) => opened({ file, document, path: [] }, body, yaml));
}

function opened(at: Place, body: unknown, yaml: LocatedYaml): LocatedObject[] {
  if (!isRecord(body)) return [];
  if (body['kind'] === 'List')
    return asList(body['items']).flatMap((item, index) =>
      opened({ ...at, path: [...at.path, 'items', index] }, item, yaml),
    );
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

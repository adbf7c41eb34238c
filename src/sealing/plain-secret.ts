import { display } from '../text/display.ts';
import { UserError } from '../errors.ts';
import { type DataMap, asMap, field, textMap } from '../data/fields.ts';
import { listItems } from '../repository/manifest.ts';
import { parseNamespace, parseObjectName, parseSecretKey } from '../repository/names.ts';
import { lineColumn, requireYaml } from '../yaml/read.ts';
import { withoutScope, scopeOf, type Scope } from './scope.ts';
import { say } from '../locales/say.ts';

/** A Secret in clear, as read from a manifest or put together from answers. It is never written anywhere. */
export type PlainSecret = {
  name: string;
  /** Undefined where the manifest names none. */
  namespace: string | undefined;
  labels: Readonly<Record<string, string>>;
  /** Without those of scopes and of tools that keep a copy of the whole object. */
  annotations: Readonly<Record<string, string>>;
  /** What the annotations of the manifest ask for. */
  annotatedScope: Scope;
  type: string | undefined;
  immutable: boolean;
  values: ReadonlyMap<string, Buffer>;
};

/** A Secret of the API server is at most this big, all values together. */
export const MAX_SECRET_BYTES = 1024 * 1024;

/**
 * The Secrets of a manifest, YAML or JSON, one or several documents or a List. `data` is decoded; `stringData` wins, as
 * in the API server. What only a server writes (uid, managedFields, ownerReferences …) is left out. No message quotes
 * the file: what is wrong with it may be a secret.
 * @throws UserError E_SECRET with file and line, E_NAME, E_VALUE
 */
export function parsePlainSecrets(text: string, file: string): PlainSecret[] {
  const documents = readQuietly(text, file);
  const objects = documents.flatMap(({ data, line }) => itemsOf(data).map(item => ({ item, line })));
  const secrets = objects.map(({ item, line }) => readSecret(item, `${file}:${line}`));
  if (secrets.length > 0) return secrets;
  throw new UserError('E_SECRET', say('sealing.holdsNoSecret', { file: display(file) }), {
    hint: NO_SECRET,
    subject: file,
  });
}

const NO_SECRET = 'Give a manifest: kubectl create secret generic <name> --dry-run=client -o yaml …';

/** The parser's own words may quote what it stumbles over, so only the place is passed on. */
function readQuietly(text: string, file: string): { data: unknown; line: number }[] {
  try {
    const yaml = requireYaml(text, file);
    return yaml.documents.map((data, document) => ({
      data,
      line: lineColumn(text, yaml.offsetOf(document, []) ?? 0).line,
    }));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const code = error instanceof UserError ? error.code : 'E_YAML_SYNTAX';
    const place = /^(.*?:\d+:\d+):/.exec(error.message)?.[1] ?? file;
    throw new UserError(code, say('sealing.noYamlJsonCanRead', { place: display(place) }), {
      subject: file,
    });
  }
}

function itemsOf(data: unknown): readonly unknown[] {
  if (data === null || data === undefined) return [];
  return listItems(data) ?? [data];
}

function readSecret(item: unknown, place: string): PlainSecret {
  const object = asMap(item);
  requireKind(object, place);
  const metadata = asMap(field(object, 'metadata'));
  const annotations = textMap(field(metadata, 'annotations'));
  const namespace = field(metadata, 'namespace');
  const type = field(object, 'type');
  return {
    name: parseObjectName(asName(field(metadata, 'name'), place)),
    namespace: typeof namespace === 'string' && namespace !== '' ? parseNamespace(namespace) : undefined,
    labels: textMap(field(metadata, 'labels')),
    annotations: withoutScope(withoutCopies(annotations)),
    annotatedScope: scopeOf(annotations),
    type: typeof type === 'string' && type !== '' ? type : undefined,
    immutable: field(object, 'immutable') === true,
    values: readValues(object, place),
  };
}

function requireKind(object: DataMap, place: string): void {
  const kind = field(object, 'kind');
  if (kind === 'Secret' && field(object, 'apiVersion') === 'v1') return;
  const what = typeof kind === 'string' ? `a ${display(kind)}` : 'no Kubernetes object';
  const hint =
    kind === 'SealedSecret'
      ? 'It is sealed already; --into <file> replaces single values.'
      : 'Give Secrets only.';
  throw new UserError('E_SECRET', say('sealing.notSecret', { place: display(place), what }), {
    hint,
    subject: place,
  });
}

function asName(name: unknown, place: string): string {
  if (typeof name === 'string' && name !== '') return name;
  throw new UserError('E_SECRET', say('sealing.secretHasNoMetadataName', { place: display(place) }), {
    subject: place,
  });
}

/** kubectl and its kin keep the whole object, values in clear, in an annotation. */
function withoutCopies(annotations: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(annotations).filter(([key]) => !/last-applied|^kapp\.k14s\.io\/original/.test(key)),
  );
}

function readValues(object: DataMap, place: string): Map<string, Buffer> {
  const data = Object.entries(asMap(field(object, 'data'))).map(([key, value]): [string, Buffer] => [
    parseSecretKey(key),
    fromBase64(value, `${place}: data.${key}`),
  ]);
  const texts = Object.entries(asMap(field(object, 'stringData'))).map(([key, value]): [string, Buffer] => [
    parseSecretKey(key),
    fromText(value, `${place}: stringData.${key}`),
  ]);
  return new Map([...data, ...texts]);
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function fromBase64(value: unknown, where: string): Buffer {
  if (value === null) return Buffer.alloc(0);
  const text = typeof value === 'string' ? value.replaceAll(/[\r\n]/g, '') : undefined;
  if (text !== undefined && BASE64.test(text)) return Buffer.from(text, 'base64');
  throw new UserError('E_SECRET', say('sealing.notBase64', { where: display(where) }), {
    hint: say('sealing.putTextUnderStringdataInstead'),
  });
}

function fromText(value: unknown, where: string): Buffer {
  if (value === null) return Buffer.alloc(0);
  if (typeof value === 'string') return Buffer.from(value, 'utf8');
  throw new UserError('E_SECRET', say('sealing.noText', { where: display(where) }), {
    hint: say('sealing.putQuotes'),
  });
}

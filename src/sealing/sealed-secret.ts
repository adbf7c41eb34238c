import { UserError } from '../errors.ts';
import { isDataMap } from '../data/fields.ts';
import type { Step } from '../yaml/nodes.ts';
import { lineColumn, type LocatedYaml, requireYaml } from '../yaml/read.ts';
import { type Identity, oddScopeAnnotations, type Scope, scopeOf } from './scope.ts';
import { say } from '../locales/say.ts';

/** What a stub holds where a value belongs. */
export const PLACEHOLDER = 'REPLACE_ME';

/** A SealedSecret in a file of the repository, with where it stands. */
export type SealedSecret = {
  /** Its file. */
  source: { name: string; text: string };
  /** The number of its document in the file. */
  document: number;
  /** Line of the document in its file. */
  line: number;
  name: string;
  /** Undefined where the file leaves it to kustomize. */
  namespace: string | undefined;
  /** As the controller reads it: from the object's own annotations. */
  scope: Scope;
  /** As kubeseal reads it: from the template's. */
  templateScope: Scope;
  oddAnnotations: string[];
  /** What its template says the values were sealed for; the object's own name where it says nothing. */
  sealedFor: { namespace: string | undefined; name: string };
  values: SealedValue[];
  /** The deprecated single blob under spec.data. */
  hasBlob: boolean;
};

export type SealedValue = { key: string; text: string; line: number };

/**
 * The SealedSecrets of a file, YAML or JSON.
 * @throws UserError E_YAML_*
 */
export function parseSealedSecrets(text: string, file: string): SealedSecret[] {
  const yaml = requireYaml(text, file);
  return yaml.documents.flatMap((_, document) => {
    const object = objectOf(yaml, document);
    return object.textAt('kind') === 'SealedSecret'
      ? [{ source: { name: file, text }, document, ...readOne(object) }]
      : [];
  });
}

/** What stands at paths of a document. */
type FileObject = {
  textAt(...path: Step[]): string | undefined;
  keysAt(...path: Step[]): string[];
  lineOf(...path: Step[]): number;
};

function objectOf(yaml: LocatedYaml, document: number): FileObject {
  return {
    textAt: (...path) => yaml.scalarAt(document, path)?.text,
    keysAt: (...path) => {
      const map = path.reduce<unknown>(
        (data, step) => (isDataMap(data) ? data[step] : undefined),
        yaml.documents[document],
      );
      return isDataMap(map) ? Object.keys(map) : [];
    },
    lineOf: (...path) => lineColumn(yaml.text, yaml.offsetOf(document, path) ?? 0).line,
  };
}

/**
 * The one SealedSecret of a file, or the one of this name.
 * @throws UserError E_SECRET if there is none or several
 */
export function requireSealedSecret(text: string, file: string, name: string | undefined): SealedSecret {
  const all = parseSealedSecrets(text, file);
  const found = name === undefined ? all : all.filter(secret => secret.name === name);
  const [first, ...others] = found;
  if (first && others.length === 0) return first;
  const names = all.map(secret => secret.name).join(', ');
  const predicate = first
    ? say('sealing.holdsSeveralSealedSecrets', { names })
    : say('sealing.holdsNoSealedSecret', { name: name ? ` ${name}` : '' });
  throw new UserError('E_SECRET', say('text.subjectWithPredicate', { subject: file, predicate }), {
    hint: first
      ? say('sealing.chooseOneName')
      : names
        ? say('sealing.holds', { names })
        : say('sealing.nameFileOne'),
    subject: file,
  });
}

function readOne(object: FileObject): Omit<SealedSecret, 'source' | 'document'> {
  const name = object.textAt('metadata', 'name') ?? '';
  const namespace = object.textAt('metadata', 'namespace');
  const template = ['spec', 'template', 'metadata'];
  const own = textsAt(object, 'metadata', 'annotations');
  const templated = textsAt(object, ...template, 'annotations');
  return {
    line: object.lineOf(),
    name,
    namespace,
    scope: scopeOf(own),
    templateScope: scopeOf(templated),
    oddAnnotations: [...new Set([...oddScopeAnnotations(own), ...oddScopeAnnotations(templated)])],
    sealedFor: {
      namespace: object.textAt(...template, 'namespace') ?? namespace,
      name: object.textAt(...template, 'name') ?? name,
    },
    values: valuesOf(object),
    hasBlob: object.textAt('spec', 'data') !== undefined,
  };
}

const VALUES = ['spec', 'encryptedData'];

function valuesOf(object: FileObject): SealedValue[] {
  return object.keysAt(...VALUES).map(key => ({
    key,
    text: object.textAt(...VALUES, key) ?? '',
    line: object.lineOf(...VALUES, key),
  }));
}

function textsAt(object: FileObject, ...path: string[]): Record<string, unknown> {
  return Object.fromEntries(object.keysAt(...path).map(key => [key, object.textAt(...path, key)]));
}

/** The keys whose values are still to be sealed. */
export function openKeys({ values }: SealedSecret): string[] {
  return values.filter(({ text }) => text === PLACEHOLDER || text === '').map(({ key }) => key);
}

/** Where the object lands in the cluster, given what kustomize does to it. */
export function placedIdentity(
  { name, namespace }: Pick<SealedSecret, 'name' | 'namespace'>,
  kustomized: { namespace: string | undefined; namePrefix: string; nameSuffix: string },
): Identity {
  return {
    namespace: kustomized.namespace ?? namespace ?? '',
    name: `${kustomized.namePrefix}${name}${kustomized.nameSuffix}`,
  };
}

import type { Node } from 'yaml';
import { UserError } from '../errors.ts';
import { keysOf, nodeAt, positionOf, textAt } from '../yaml/nodes.ts';
import { parseSource, type YamlSource } from '../yaml/source.ts';
import { type Identity, oddScopeAnnotations, type Scope, scopeOf } from './scope.ts';
import { say } from '../locales/say.ts';

/** What a stub holds where a value belongs. */
export const PLACEHOLDER = 'REPLACE_ME';

/** A SealedSecret in a file of the repository, with where it stands. */
export type SealedSecret = {
  source: YamlSource;
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
  const source = parseSource(text, file);
  return source.documents.flatMap(({ contents }, document) =>
    contents && textAt(contents, ['kind']) === 'SealedSecret'
      ? [{ document, ...readOne(source, contents) }]
      : [],
  );
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

function readOne(source: YamlSource, root: Node): Omit<SealedSecret, 'document'> {
  const name = textAt(root, ['metadata', 'name']) ?? '';
  const namespace = textAt(root, ['metadata', 'namespace']);
  const template = ['spec', 'template', 'metadata'];
  const own = annotationsAt(root, ['metadata', 'annotations']);
  const templated = annotationsAt(root, [...template, 'annotations']);
  return {
    source,
    line: positionOf(source, root.range?.[0] ?? 0).line,
    name,
    namespace,
    scope: scopeOf(own),
    templateScope: scopeOf(templated),
    oddAnnotations: [...new Set([...oddScopeAnnotations(own), ...oddScopeAnnotations(templated)])],
    sealedFor: {
      namespace: textAt(root, [...template, 'namespace']) ?? namespace,
      name: textAt(root, [...template, 'name']) ?? name,
    },
    values: valuesOf(source, root),
    hasBlob: textAt(root, ['spec', 'data']) !== undefined,
  };
}

function valuesOf(source: YamlSource, root: Node): SealedValue[] {
  const map = nodeAt(root, ['spec', 'encryptedData']);
  return keysOf(map).map(key => ({
    key,
    text: textAt(map, [key]) ?? '',
    line: positionOf(source, nodeAt(map, [key])?.range?.[0] ?? 0).line,
  }));
}

function annotationsAt(root: Node, path: readonly string[]): Record<string, unknown> {
  const map = nodeAt(root, path);
  return Object.fromEntries(keysOf(map).map(key => [key, textAt(map, [key])]));
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

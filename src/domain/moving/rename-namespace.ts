import { parseKustomization } from '../kustomization.ts';
import { PLACEHOLDER, type SealedSecret, parseSealedSecrets } from '../sealing/sealed-secret.ts';
import { applyEdits } from '../yaml/edit.ts';
import { putInMap } from '../yaml/put-in-map.ts';
import { setScalarText } from '../yaml/set-value.ts';
import { parseSource, type Step, textAt } from '../yaml/source.ts';
import type { Renamed } from './move.ts';

/**
 * A kustomization in its new namespace: its own `namespace` and that of its charts. Release names stay, since everything
 * that a chart renders bears them.
 */
export function renameInKustomization(text: string, file: string, { from, to }: Renamed): string {
  const { source, root, charts } = parseKustomization(text, file);
  const paths: Step[][] = [['namespace'], ...charts.map((_, index) => ['helmCharts', index, 'namespace'])];
  const edits = paths
    .filter(path => textAt(root, path) === from)
    .flatMap(path => setScalarText(source, path, to));
  return applyEdits(text, edits);
}

/** A resource file in the new namespace: the Namespace object, and objects that name their namespace. */
export function renameInResource(text: string, file: string, { from, to }: Renamed): string {
  const count = parseSource(text, file).documents.length;
  return Array.from({ length: count }).reduce<string>((edited, _, index) => {
    const source = parseSource(edited, file);
    const root = source.documents[index]?.contents;
    const kind = textAt(root, ['kind']);
    const key = kind === 'Namespace' ? 'name' : 'namespace';
    if (kind === undefined || kind === 'SealedSecret' || textAt(root, ['metadata', key]) !== from)
      return edited;
    return applyEdits(edited, putInMap(source, { root, path: ['metadata', key], value: to }));
  }, text);
}

/**
 * The SealedSecrets of a file in the new namespace. The template keeps saying, or begins to say, what the values were
 * sealed for, so that `check` can tell; a stub has nothing sealed and simply moves.
 */
export function renameSealed(text: string, file: string, renamed: Renamed): string {
  return parseSealedSecrets(text, file).reduce(
    (edited, { name }) => renameOne(edited, file, { name, ...renamed }),
    text,
  );
}

const IN_TEMPLATE = ['spec', 'template', 'metadata', 'namespace'];

function renameOne(text: string, file: string, { name, from, to }: Renamed & { name: string }): string {
  const find = (current: string): SealedSecret | undefined =>
    parseSealedSecrets(current, file).find(secret => secret.name === name);
  const put = (current: string, path: readonly string[], value: string): string => {
    const secret = find(current);
    return secret
      ? applyEdits(current, putInMap(secret.source, { root: secret.root, path, value }))
      : current;
  };
  const secret = find(text);
  if (!secret) return text;
  const isStub = secret.values.every(value => value.text === PLACEHOLDER);
  const own = secret.namespace === from ? put(text, ['metadata', 'namespace'], to) : text;
  const sealedFor = secret.sealedFor.namespace ?? from;
  if (sealedFor !== from) return own;
  return put(own, IN_TEMPLATE, isStub ? to : from);
}

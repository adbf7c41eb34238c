import { isSopsEncrypted } from '../../repository/sops.ts';
import { parseKustomization } from '../../repository/kustomization.ts';
import { PLACEHOLDER, type SealedSecret, parseSealedSecrets } from '../../sealing/sealed-secret.ts';
import { editYaml, type YamlEdit } from '../../yaml/edit.ts';
import type { Step } from '../../yaml/nodes.ts';
import { readDocuments } from '../../yaml/read.ts';
import { stringOf, valueAt } from '../../data/fields.ts';
import type { Renamed } from './move.ts';

/**
 * A kustomization in its new namespace: its own `namespace` and that of its charts. Release names stay, since everything
 * that a chart renders bears them.
 */
export function renameInKustomization(text: string, file: string, { from, to }: Renamed): string {
  const { textAt: written, charts } = parseKustomization(text, file);
  const paths: Step[][] = [['namespace'], ...charts.map(({ index }) => ['helmCharts', index, 'namespace'])];
  const edits = paths
    .filter(path => written(...path) === from)
    .map((path): YamlEdit => ({ kind: 'set', path, value: to }));
  return editYaml(text, file, edits);
}

/**
 * A resource file in the new namespace: the Namespace object, and objects that name their namespace. What SOPS has encrypted stays: its
 * code covers the plain fields too, and the kustomization's namespace counts.
 */
export function renameInResource(text: string, file: string, { from, to }: Renamed): string {
  if (isSopsEncrypted(text)) return text;
  const edits = readDocuments(text, file).flatMap((root, document): YamlEdit[] => {
    const kind = stringOf(valueAt(root, ['kind']));
    const key = kind === 'Namespace' ? 'name' : 'namespace';
    if (kind === undefined || kind === 'SealedSecret' || valueAt(root, ['metadata', key]) !== from) return [];
    return [{ kind: 'set', document, path: ['metadata', key], value: to }];
  });
  return editYaml(text, file, edits);
}

/**
 * The SealedSecrets of a file in the new namespace. The template keeps saying, or begins to say, what the values were
 * sealed for, so that `check` can tell; a stub has nothing sealed and simply moves.
 */
export function renameSealed(text: string, file: string, renamed: Renamed): string {
  const edits = parseSealedSecrets(text, file).flatMap(secret => editsOf(secret, renamed));
  return editYaml(text, file, edits);
}

const IN_TEMPLATE = ['spec', 'template', 'metadata', 'namespace'];

function editsOf(secret: SealedSecret, { from, to }: Renamed): YamlEdit[] {
  const { document } = secret;
  const isStub = secret.values.every(value => value.text === PLACEHOLDER);
  const own: YamlEdit = { kind: 'put', document, path: ['metadata', 'namespace'], value: to };
  const kept: YamlEdit = { kind: 'put', document, path: IN_TEMPLATE, value: isStub ? to : from };
  return [
    ...(secret.namespace === from ? [own] : []),
    ...((secret.sealedFor.namespace ?? from) === from ? [kept] : []),
  ];
}

import { UserError } from '../errors.ts';
import { applyEdits } from './yaml/edit.ts';
import { putInMap } from './yaml/put-in-map.ts';
import { parseSource, textAt } from './yaml/source.ts';

/** Where the annotations of the object that Reflector reads stand: a Certificate and a SealedSecret only make it. */
const ANNOTATIONS = {
  Certificate: ['spec', 'secretTemplate', 'annotations'],
  SealedSecret: ['spec', 'template', 'metadata', 'annotations'],
  Secret: ['metadata', 'annotations'],
  ConfigMap: ['metadata', 'annotations'],
} as const;

export type MirrorKind = keyof typeof ANNOTATIONS;

export const MIRROR_KINDS = Object.keys(ANNOTATIONS) as MirrorKind[];

export type Mirror = { kind: MirrorKind; name: string; namespaces: readonly string[] };

const PREFIX = 'reflector.v1.k8s.emberstack.com/';

/**
 * Lets Reflector copy an object of a file to namespaces: adds its annotations by byte range. Namespaces that are there
 * stay; the same ones again change nothing.
 * @throws UserError E_YAML_*, E_VALUE if the file has no such object
 */
export function addMirror(text: string, file: string, { kind, name, namespaces }: Mirror): string {
  const wanted: [string, (present: string | undefined) => string][] = [
    ['reflection-allowed', () => 'true'],
    ['reflection-allowed-namespaces', present => join(present, namespaces)],
    ['reflection-auto-enabled', () => 'true'],
    ['reflection-auto-namespaces', present => join(present, namespaces)],
  ];
  return wanted.reduce((edited, [key, valueOf]) => {
    const source = parseSource(edited, file);
    const root = source.documents
      .map(({ contents }) => contents)
      .find(node => textAt(node, ['kind']) === kind && textAt(node, ['metadata', 'name']) === name);
    if (!root) throw noObject(file, kind, name);
    const path = [...ANNOTATIONS[kind], `${PREFIX}${key}`];
    const present = textAt(root, path);
    const value = valueOf(present);
    return value === present ? edited : applyEdits(edited, putInMap(source, { root, path, value }));
  }, text);
}

function join(present: string | undefined, namespaces: readonly string[]): string {
  const listed = present?.split(',').map(part => part.trim()) ?? [];
  return [...new Set([...listed, ...namespaces])].filter(part => part !== '').join(',');
}

function noObject(file: string, kind: string, name: string): UserError {
  return new UserError('E_VALUE', `${file} holds no ${kind} ${name}`, { subject: file });
}

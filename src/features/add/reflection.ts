import { UserError } from '../../errors.ts';
import { editYaml } from '../../yaml/edit.ts';
import { type LocatedYaml, requireYaml } from '../../yaml/read.ts';
import { say } from '../../locales/say.ts';

/** Where the annotations of the object that Reflector reads stand: a Certificate and a SealedSecret only make it. */
const ANNOTATIONS = {
  Certificate: ['spec', 'secretTemplate', 'annotations'],
  SealedSecret: ['spec', 'template', 'metadata', 'annotations'],
  Secret: ['metadata', 'annotations'],
  ConfigMap: ['metadata', 'annotations'],
} as const;

export type ReflectedKind = keyof typeof ANNOTATIONS;

export const REFLECTED_KINDS = Object.keys(ANNOTATIONS) as ReflectedKind[];

export type Reflection = { kind: ReflectedKind; name: string; namespaces: readonly string[] };

const PREFIX = 'reflector.v1.k8s.emberstack.com/';

/** What Reflector may copy to where, and what it does copy. */
const RULES = [
  { flag: 'reflection-allowed', list: 'reflection-allowed-namespaces' },
  { flag: 'reflection-auto-enabled', list: 'reflection-auto-namespaces' },
] as const;

/**
 * Lets Reflector copy an object of a file to namespaces: adds its annotations by byte range. Namespaces that are there
 * stay; the same ones again change nothing.
 * @throws UserError E_YAML_*, E_VALUE if the file has no such object
 */
export function addReflection(text: string, file: string, reflection: Reflection): string {
  return RULES.reduce((edited, { flag, list }) => {
    const isOn = annotationOf(edited, file, { ...reflection, key: flag }) === 'true';
    const listed = annotationOf(edited, file, { ...reflection, key: list }) ?? '';
    // Without a list it holds for every namespace, and one would narrow it.
    if (isOn && listed === '') return edited;
    const allowed = annotate(edited, file, { ...reflection, key: flag, value: 'true' });
    const value = join(listed, reflection.namespaces);
    return annotate(allowed, file, { ...reflection, key: list, value });
  }, text);
}

type Annotation = Pick<Reflection, 'kind' | 'name'> & { key: string };

function annotationOf(text: string, file: string, annotation: Annotation): string | undefined {
  const yaml = requireYaml(text, file);
  return yaml.scalarAt(requireObject(yaml, file, annotation), pathOf(annotation))?.text;
}

function annotate(text: string, file: string, annotation: Annotation & { value: string }): string {
  if (annotationOf(text, file, annotation) === annotation.value) return text;
  const document = requireObject(requireYaml(text, file), file, annotation);
  return editYaml(text, file, [{ kind: 'put', document, path: pathOf(annotation), value: annotation.value }]);
}

function pathOf({ kind, key }: Annotation): string[] {
  return [...ANNOTATIONS[kind], `${PREFIX}${key}`];
}

/** The number of the object's document. */
function requireObject(yaml: LocatedYaml, file: string, { kind, name }: Annotation): number {
  const found = yaml.documents.findIndex(
    (_, document) =>
      yaml.scalarAt(document, ['kind'])?.text === kind &&
      yaml.scalarAt(document, ['metadata', 'name'])?.text === name,
  );
  if (found >= 0) return found;
  throw new UserError('E_VALUE', say('add.holdsNo', { file, kind, name }), { subject: file });
}

function join(listed: string, namespaces: readonly string[]): string {
  const present = listed.split(',').map(part => part.trim());
  return [...new Set([...present, ...namespaces])].filter(part => part !== '').join(',');
}

import { listItems, type Manifest, parseManifests } from '../../../repository/manifest.ts';
import { readRemoteDocuments } from '../../../yaml/remote-yaml.ts';
import { isRecord, stringOf, valueAt } from '../../../data/fields.ts';

/** One object as it is sent to the API server, and itself once more where it is a Secret. */
export type Sent = { manifest: Manifest; text: string; secrets: readonly Manifest[] };

/** The objects of a build, each as it was rendered; those of a list one by one. @throws UserError E_YAML_* for output that is no plain YAML */
export function sentObjects(output: string): Sent[] {
  return output.split(/^---[ \t]*$/m).flatMap(text => {
    const documents = readRemoteDocuments(text, 'the rendered app');
    const isList = documents.some(document => listItems(document) !== undefined);
    return parseManifests(documents).map(manifest => ({
      manifest,
      text: isList ? jsonText(manifest.body) : text,
      secrets: manifest.kind === 'Secret' ? [manifest] : [],
    }));
  });
}

/** The same object in another namespace. */
export function inNamespace({ manifest, secrets }: Sent, namespace: string): Sent {
  const metadata = isRecord(manifest.body['metadata']) ? manifest.body['metadata'] : {};
  const body = { ...manifest.body, metadata: { ...metadata, namespace } };
  return { manifest: { ...manifest, namespace, body }, text: jsonText(body), secrets };
}

/** JSON that YAML reads too: it takes no control character and no mark of byte order as it is. */
function jsonText(body: unknown): string {
  const escaped = (character: string): string =>
    `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return `${JSON.stringify(body).replaceAll(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, escaped)}\n`;
}

/** Objects as one stream. It begins as YAML does: where JSON comes first, kubectl before 1.33 takes all of it for JSON, and fails at the next object. */
export function streamOf(sent: readonly Sent[]): string {
  return sent.map(({ text }) => `---\n${text.replace(/(?<!\n)$/, '\n')}`).join('');
}

/** As kubectl names it with `-o name`: `deployment.apps/web`. */
function nameOf({ apiVersion, kind, name }: Manifest): string {
  const group = apiVersion.includes('/') ? `.${apiVersion.slice(0, apiVersion.indexOf('/'))}` : '';
  return `${kind.toLowerCase()}${group}/${name}`;
}

/** Which of these objects are not among the names that kubectl printed; of several with one name, all. */
export function notAmong(sent: readonly Sent[], printed: string): Sent[] {
  const counts = new Map<string, number>();
  const count = (name: string, by: number): void => void counts.set(name, (counts.get(name) ?? 0) + by);
  for (const { manifest } of sent) count(nameOf(manifest), 1);
  for (const line of printed.split('\n')) if (counts.has(line)) count(line, -1);
  return sent.filter(({ manifest }) => (counts.get(nameOf(manifest)) ?? 0) > 0);
}

/** Whether Argo CD replaces this object, whatever holds for the others. */
export function isReplaced({ body }: Manifest): boolean {
  const options = stringOf(valueAt(body, ['metadata', 'annotations', 'argocd.argoproj.io/sync-options']));
  return (options ?? '').split(',').some(option => option.trim() === 'Replace=true');
}

import type { Change, ChangeSet } from '../../change-set.ts';
import { append } from '../../data/append.ts';
import { isDataMap } from '../../data/fields.ts';
import { readLocated } from '../../yaml/read.ts';
import { isSecret } from './masks.ts';

/** Shorter ones are in every other word. */
const SHORTEST = 4;
/** What is longer than a file of values is none. */
const MOST_CHARACTERS = 1 << 20;

/**
 * What stands under names of secrets in files of YAML: values, and Secrets that are to be. For texts of others that may repeat it,
 * as a chart's own `fail` does.
 */
export function secretTexts(files: ReadonlyMap<string, Uint8Array>): string[] {
  const found = new Set<string>();
  for (const [file, bytes] of files) {
    if (!/\.ya?ml$|^\/values$/.test(file) || bytes.length > MOST_CHARACTERS) continue;
    const result = readLocated(Buffer.from(bytes).toString('utf8'));
    const documents = result.status === 'read' && !result.yaml.dataProblem ? result.yaml.documents : [];
    for (const document of documents) for (const text of textsIn(document, false)) found.add(text);
  }
  return [...found].filter(text => text.length >= SHORTEST).toSorted((a, b) => b.length - a.length);
}

function textsIn(value: unknown, isBelowSecret: boolean): string[] {
  if (typeof value === 'string' || typeof value === 'number') return isBelowSecret ? [String(value)] : [];
  const texts: string[] = [];
  if (Array.isArray(value)) for (const item of value) append(texts, textsIn(item, isBelowSecret));
  if (!isDataMap(value)) return texts;
  const isVariable = typeof value['name'] === 'string' && isSecret(value['name'], value['value']);
  for (const [key, own] of Object.entries(value)) {
    const isOfSecret = value['kind'] === 'Secret' && (key === 'data' || key === 'stringData');
    const isOfVariable = isVariable && key === 'value';
    append(texts, textsIn(own, isBelowSecret || isOfSecret || isOfVariable || isSecret(key, own)));
  }
  return texts;
}

/** A text without these secrets, in their base64 too, and without the beginning of one where the text is cut off. */
export function maskedText(text: string, secrets: readonly string[]): string {
  let shown = text;
  for (const secret of secrets)
    for (const form of [secret, JSON.stringify(secret).slice(1, -1), Buffer.from(secret).toString('base64')])
      shown = shown.replaceAll(form, '•••');
  return shown.endsWith('…') ? withoutTail(shown, secrets) : shown;
}

function withoutTail(text: string, secrets: readonly string[]): string {
  for (const secret of secrets)
    for (let length = Math.min(secret.length, text.length - 1); length >= SHORTEST; length--)
      if (text.endsWith(`${secret.slice(0, length)}…`)) return `${text.slice(0, -1 - length)}•••…`;
  return text;
}

/** Changes as they are shown: in files of YAML, what stands under names of secrets is masked, wherever in its file it stands again. */
export function withoutSecretTexts({ changes, ...set }: ChangeSet): ChangeSet {
  return { ...set, changes: changes.map(withoutSecretsOf) };
}

function withoutSecretsOf(change: Change): Change {
  if (change.kind === 'folder' || change.action === 'delete') return change;
  const masked = (content: Uint8Array): Uint8Array => maskedFile(change.path, content);
  if (change.action === 'update')
    return { ...change, before: masked(change.before), content: masked(change.content) };
  const { madeFrom } = change;
  const from = madeFrom && { madeFrom: { ...madeFrom, content: masked(madeFrom.content) } };
  return { ...change, content: masked(change.content), ...from };
}

function maskedFile(file: string, content: Uint8Array): Uint8Array {
  const secrets = secretTexts(new Map([[file, content]]));
  if (secrets.length === 0) return content;
  const lines = Buffer.from(content).toString('utf8').split('\n');
  return Buffer.from(lines.map(line => maskedLine(line, secrets)).join('\n'));
}

/** A key is no secret, though it may hold the same word. */
function maskedLine(line: string, secrets: readonly string[]): string {
  const end = line.indexOf(':') + 1;
  return line.slice(0, end) + maskedText(line.slice(end), secrets);
}

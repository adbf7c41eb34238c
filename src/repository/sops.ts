import path from 'node:path';
import { isRecord, recordsAt, stringOf } from '../data/fields.ts';
import { UserError } from '../errors.ts';
import { goPattern } from '../text/go-pattern.ts';
import { readDocuments } from '../yaml/read.ts';

/** Where SOPS is told which files it encrypts, and with whose keys. */
export const SOPS_CONFIGURATION = '.sops.yaml';

/** The configuration of one folder; of the root for an empty text. */
export function sopsConfigurationIn(folder: string): string {
  return path.posix.join(folder, SOPS_CONFIGURATION);
}

/** Whether a text is a file that SOPS has encrypted: it ends in its block, with the code that seals the values. */
export function isSopsEncrypted(text: string): boolean {
  return (
    (/^(?:sops:|[ \t]*"sops":)/m.test(text) && /\bmac"?:\s*["']?ENC\[/.test(text)) ||
    /^sops_mac=ENC\[/m.test(text)
  );
}

/** Whether a file is named as people name what SOPS has encrypted; `.sops.yaml` is the configuration. */
export function isNamedEncrypted(file: string): boolean {
  return /[^/]\.(?:sops|enc|encrypted)\.(?:ya?ml|json|env|ini)$/.test(file);
}

/** What the nearest `.sops.yaml` says of one file. */
export type SopsRule = {
  /** The `.sops.yaml`, from the repository's root. */
  config: string;
  /**
   * `none`: no rule is for it, so that SOPS refuses the file. `special`: a rule picks it out by its path. `everything`: the rule is
   * for whatever lies there. `unread`: a pattern before it is of a form that is not read here.
   */
  covers: 'none' | 'special' | 'everything' | 'unread';
  /** Whether the rule says which keys are encrypted: else SOPS takes every value, `kind` too. */
  choosesKeys: boolean;
};

/** The rule for a file, as SOPS takes it: of the nearest configuration the first whose `path_regex` matches. */
export function sopsRuleFor(read: (file: string) => string | undefined, file: string): SopsRule | undefined {
  const found = nearestConfiguration(read, path.posix.dirname(file));
  if (!found) return undefined;
  const { config, rules } = found;
  const from = path.posix.dirname(config);
  const relative = path.posix.relative(from, file);
  for (const rule of rules) {
    const pattern = stringOf(rule['path_regex']) ?? '';
    const matches = goPattern(pattern);
    if (!matches) return { config, covers: 'unread', choosesKeys: choosesKeys(rule) };
    if (!matches(relative)) continue;
    const other = path.posix.join(path.posix.dirname(relative), 'kustomization.yaml');
    return { config, covers: matches(other) ? 'everything' : 'special', choosesKeys: choosesKeys(rule) };
  }
  return { config, covers: 'none', choosesKeys: false };
}

const KEY_CHOICES = [
  'encrypted_regex',
  'encrypted_suffix',
  'unencrypted_regex',
  'unencrypted_suffix',
] as const;

function choosesKeys(rule: Readonly<Record<string, unknown>>): boolean {
  return KEY_CHOICES.some(choice => rule[choice] !== undefined);
}

function nearestConfiguration(
  read: (file: string) => string | undefined,
  folder: string,
): { config: string; rules: Record<string, unknown>[] } | undefined {
  const config = sopsConfigurationIn(folder);
  const text = read(config);
  if (text !== undefined) return { config, rules: rulesIn(text, config) };
  return folder === '.' ? undefined : nearestConfiguration(read, path.posix.dirname(folder));
}

function rulesIn(text: string, file: string): Record<string, unknown>[] {
  try {
    return recordsAt(readDocuments(text, file)[0], ['creation_rules']);
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}

/**
 * The values of an encrypted document that stand there in plain text though its own block says that they are encrypted: somebody
 * wrote them in by hand. Each with the keys that lead to it.
 */
export function leftPlain(document: unknown): string[][] {
  const block = isRecord(document) ? document['sops'] : undefined;
  if (!isRecord(document) || !isRecord(block) || !String(block['mac']).startsWith('ENC[')) return [];
  const isChosen = chosenKeys(block);
  if (!isChosen) return [];
  const { sops: _, ...values } = document;
  return plainLeaves(values, []).filter(isChosen);
}

/** What a block chooses; undefined where it is by comments or a pattern that is not read here. */
function chosenKeys(block: Readonly<Record<string, unknown>>): ((keys: string[]) => boolean) | undefined {
  const text = (name: string): string | undefined => stringOf(block[name]) || undefined;
  if (text('encrypted_comment_regex') || text('unencrypted_comment_regex')) return undefined;
  const [suffix, outside] = [text('encrypted_suffix'), text('unencrypted_suffix')];
  if (suffix !== undefined) return keys => keys.some(key => key.endsWith(suffix));
  if (outside !== undefined) return keys => !keys.some(key => key.endsWith(outside));
  const [only, but] = [text('encrypted_regex'), text('unencrypted_regex')];
  if (only === undefined && but === undefined) return () => true;
  const matches = goPattern(only ?? but ?? '');
  return matches && (keys => keys.some(matches) === (only !== undefined));
}

/** Empty texts and null stay as they are with SOPS. */
function plainLeaves(value: unknown, keys: string[]): string[][] {
  if (Array.isArray(value)) return value.flatMap(item => plainLeaves(item, keys));
  if (isRecord(value))
    return Object.entries(value).flatMap(([key, inner]) => plainLeaves(inner, [...keys, key]));
  const isEmpty = value === null || value === undefined || value === '';
  return isEmpty || (typeof value === 'string' && value.startsWith('ENC[')) ? [] : [keys];
}

import { isRecord, stringOf, textMap, valueAt } from '../../data/fields.ts';
import { findBadBraces, substitute } from '../../deliveries/flux/substitution/substitute.ts';
import { UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { isCapiCluster } from '../../repository/capi.ts';
import { isSuspect, scanText } from '../../repository/secret-shapes.ts';
import { listItems } from '../../repository/manifest.ts';
import { display } from '../../text/display.ts';
import { readDocuments } from '../../yaml/read.ts';

/** What a template may be as large as: the largest that providers publish have a tenth of it. */
export const MOST_TEMPLATE = 512 << 10;

/** A variable of a template, as `clusterctl generate yaml --list-variables` lists it. */
export type TemplateVariable = { name: string; hasDefault: boolean };

/** An object as the template has it, its comments included, with what was filled in. */
export type TemplateObject = { text: string; body: Record<string, unknown> };

/** A Secret of which only what it is called is taken. */
export type TemplateSecret = {
  name: string;
  namespace: string | undefined;
  keys: readonly string[];
  labels: Readonly<Record<string, string>>;
};

export type FilledTemplate = { objects: readonly TemplateObject[]; secrets: readonly TemplateSecret[] };

/** More escapes than anybody writes: each costs the length of the text. */
const MOST_ESCAPES = 2000;

/**
 * The variables of a template, sorted by name; one that only the default of another names is none, as for clusterctl.
 * @throws UserError E_TEMPLATE for braces that are no variable
 */
export function templateVariables(text: string, name: string): TemplateVariable[] {
  const found = new Set<string>();
  const own = withoutSpaces(requireBounded(text, name));
  const filled = substitute(own, (each, depth) => {
    if (depth === 0) found.add(each);
    return undefined;
  });
  if (!filled) throw badBraces(own, name);
  return [...found].toSorted().map(each => ({ name: each, hasDefault: !filled.unknown.includes(each) }));
}

/** Every variable that a value can be given for, those in the defaults of others too. @throws UserError as its list does */
export function allVariables(text: string, name: string): ReadonlySet<string> {
  const found = new Set<string>();
  const own = withoutSpaces(requireBounded(text, name));
  if (!substitute(own, each => void found.add(each))) throw badBraces(own, name);
  return found;
}

/** `${ NAME }` is `${NAME}`: older templates have it. */
function withoutSpaces(text: string): string {
  return text.replaceAll(/\$\{[ \t]{0,8}([A-Za-z0-9_]{1,200})[ \t]{0,8}\}/g, '${$1}');
}

function requireBounded(text: string, name: string): string {
  const escapes = text.split('$$').length - 1;
  if (text.length <= MOST_TEMPLATE && escapes <= MOST_ESCAPES) return text;
  throw new UserError('E_LIMIT', say('capi.templateTooLarge', { name: display(name) }), { subject: name });
}

function badBraces(whole: string, name: string): UserError {
  const { line, text } = findBadBraces(whole) ?? { line: 1, text: '' };
  const args = { name: display(name), line: String(line), text: display(text) };
  return new UserError('E_TEMPLATE', say('capi.badBraces', args), {
    hint: say('capi.badBracesHint'),
    subject: name,
  });
}

/** Whether what a variable is called says that its value is a credential: it is never written. */
export function isCredential(name: string): boolean {
  return isSuspect(name, undefined) || name.endsWith('_CREDENTIALS_B64');
}

/**
 * Fills a template in and takes it apart, object by object. Of Secrets only the names of their keys are taken.
 * @throws UserError E_TEMPLATE, E_YAML_*; E_MISSING for variables without a value; E_SECRET where a credential would be written
 */
export function fillTemplate(
  text: string,
  values: ReadonlyMap<string, string>,
  name: string,
): FilledTemplate {
  const pieces = withoutSpaces(requireBounded(text, name)).split(/^---(?:[ \t].*)?$/m);
  const filled = pieces.map(piece => fillPiece(piece, values, name));
  const missing = [...new Set(filled.flatMap(each => each.missing))].toSorted();
  if (missing.length > 0) throw missingVariables(missing);
  const all = filled.flatMap(each => objectIn(each, name));
  return {
    objects: all.filter(object => !isSecret(object.body)),
    secrets: all.filter(({ body }) => isSecret(body)).map(({ body }) => secretOf(body)),
  };
}

type FilledPiece = { text: string; missing: readonly string[]; credentials: readonly string[] };

function fillPiece(piece: string, values: ReadonlyMap<string, string>, name: string): FilledPiece {
  const credentials = new Set<string>();
  const filled = substitute(piece, each => {
    if (!isCredential(each)) return values.get(each);
    credentials.add(each);
    return '';
  });
  if (!filled) throw badBraces(piece, name);
  return { text: filled.text, missing: filled.needed, credentials: [...credentials] };
}

function missingVariables(names: readonly string[]): UserError {
  return new UserError('E_MISSING', say('capi.variablesMissing', { names: names.map(display).join(', ') }), {
    hint: say('capi.giveVariables'),
    missing: names.map(each => ({ flag: 'var', choices: [`${each}=…`] })),
  });
}

function objectIn({ text, credentials }: FilledPiece, name: string): TemplateObject[] {
  const [body = null] = readDocuments(text, name);
  if (body === null) return [];
  if (!isRecord(body) || stringOf(body['kind']) === undefined)
    throw new UserError('E_YAML_SHAPE', say('capi.noObject', { name: display(name) }), { subject: name });
  if (isSecret(body)) return [{ text, body }];
  const isHidden = (listItems(body) ?? []).some(isSecret);
  if (isHidden || credentials.length > 0 || scanText(text).length > 0)
    throw writtenCredential(body, credentials);
  return [{ text: `${text.replace(/^\n/, '').replace(/(?<!\n)\n+$/, '')}\n`, body }];
}

function writtenCredential(body: Record<string, unknown>, credentials: readonly string[]): UserError {
  const object = `${String(body['kind'])} ${stringOf(valueAt(body, ['metadata', 'name'])) ?? ''}`;
  const names = credentials.length > 0 ? ` (${credentials.map(display).join(', ')})` : '';
  return new UserError('E_SECRET', say('capi.credentialWritten', { object: display(object), names }), {
    hint: say('capi.credentialHint'),
  });
}

function isSecret(body: unknown): boolean {
  return isRecord(body) && body['apiVersion'] === 'v1' && body['kind'] === 'Secret';
}

function secretOf(body: Record<string, unknown>): TemplateSecret {
  const keys = ['data', 'stringData'].flatMap(field => {
    const values = body[field];
    return isRecord(values) ? Object.keys(values) : [];
  });
  const metadata = body['metadata'];
  return {
    name: stringOf(valueAt(metadata, ['name'])) ?? '',
    namespace: stringOf(valueAt(metadata, ['namespace'])),
    keys: [...new Set(keys)],
    labels: textMap(valueAt(metadata, ['labels'])),
  };
}

/** The namespaces that objects of a template name. */
export function namespacesIn({ objects, secrets }: FilledTemplate): ReadonlySet<string> {
  const named = objects.map(({ body }) => stringOf(valueAt(body, ['metadata', 'namespace'])));
  return new Set([...named, ...secrets.map(({ namespace }) => namespace)].flatMap(each => each ?? []));
}

/** The Clusters of a template, those with a topology too. */
export function clustersOf({ objects }: FilledTemplate): string[] {
  return objects
    .filter(({ body }) =>
      isCapiCluster({ apiVersion: String(body['apiVersion']), kind: String(body['kind']) }),
    )
    .flatMap(({ body }) => stringOf(valueAt(body, ['metadata', 'name'])) ?? []);
}

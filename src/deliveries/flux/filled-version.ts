import { placeId, type UsedVersion, versionKind } from '../chart-use.ts';
import { substitute } from './substitution/substitute.ts';
import type { Variable, Variables } from './variables.ts';

/** A version with its variable filled in; `id` where several places give it. */
type Resolved = { id: string | undefined; version: UsedVersion; held?: string };

const ALONE = /^\$\{([_\p{L}][_\p{L}\p{Nd}]*)(?:(:?[-=])([^{}$]*))?\}$/u;

/**
 * The versions that a text with variables stands for: one for each place that gives it. What is put together from several parts,
 * or given by nobody here, is held with the reason.
 */
export function resolvedVersions(version: UsedVersion, builders: readonly Variables[]): Resolved[] {
  const [, name, operator, byDefault = ''] = ALONE.exec(version.text) ?? [];
  if (name === undefined) return [together(version, builders)];
  const given = distinct(builders.flatMap(({ known }) => known.get(name) ?? []));
  if (given.length > 0)
    return given.map(variable => ({
      id: given.length > 1 && variable.at ? placeId(variable.at) : undefined,
      ...fromVariable(version, name, variable),
    }));
  if (operator === undefined || versionKind(byDefault) !== 'exact' || isUnread(builders))
    return [{ id: undefined, ...open(version, unreadBy(builders)) }];
  const around = { before: `\${${name}${operator}`, after: '}' };
  return [{ id: undefined, version: { ...version, ...read(version, byDefault), around } }];
}

function distinct(variables: readonly Variable[]): Variable[] {
  const keyOf = ({ at, value }: Variable): string => (at ? placeId(at) : `= ${value}`);
  return [...new Map(variables.map(variable => [keyOf(variable), variable])).values()];
}

function fromVariable(
  version: UsedVersion,
  name: string,
  { value, at, prefix = '' }: Variable,
): Pick<Resolved, 'version' | 'held'> {
  const resolved = { ...version, ...read(version, value) };
  if (!at) return { version: resolved, held: `\${${name}} is not written here alone` };
  return {
    version: { ...resolved, at, ...(prefix === '' ? {} : { around: { before: prefix, after: '' } }) },
  };
}

/** A tag is no range. */
function read({ isTag }: UsedVersion, value: string): Pick<UsedVersion, 'kind' | 'text'> {
  const text = isTag ? value.replaceAll('_', '+') : value;
  const kind = versionKind(text);
  return { kind: isTag && kind === 'range' ? 'floating' : kind, text };
}

/** `1.${MINOR}.0`: read, and left to whoever wrote the parts. */
function together(version: UsedVersion, builders: readonly Variables[]): Resolved {
  const places: string[] = [];
  const filled = substitute(version.text, name => {
    const variable = builders.flatMap(({ known }) => known.get(name) ?? [])[0];
    if (variable?.at) places.push(placeId(variable.at));
    return variable?.value;
  });
  if (!filled || filled.unknown.length > 0) return { id: undefined, ...open(version, unreadBy(builders)) };
  const held = `${version.text}: ${places.join(', ')}`;
  return { id: undefined, version: { ...version, ...read(version, filled.text) }, held };
}

function open(version: UsedVersion, where: string): Pick<Resolved, 'version' | 'held'> {
  return { version, held: where === '' ? version.text : `${version.text}: ${where}` };
}

function isUnread(builders: readonly Variables[]): boolean {
  return builders.some(({ unread }) => unread.length > 0);
}

function unreadBy(builders: readonly Variables[]): string {
  return [...new Set(builders.flatMap(({ unread }) => unread))].join(', ');
}

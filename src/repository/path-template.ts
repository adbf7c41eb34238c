import { isRecord, stringOf } from '../data/fields.ts';

/**
 * A text of an ApplicationSet's template for one folder: `{{path.basename}}-dev`, `{{ .path.path }}`. Undefined where it
 * depends on more than the path and the values given.
 */
export function fillPathTemplate(
  template: string,
  folder: string,
  values: Readonly<Record<string, unknown>> = {},
  prefix = '',
): string | undefined {
  const filled = fillKnownParts(template, folder, values, prefix);
  return filled.includes('{{') ? undefined : filled;
}

/** The same with what depends on more than that left as it is. */
export function fillKnownParts(
  template: string,
  folder: string,
  values: Readonly<Record<string, unknown>>,
  prefix: string,
): string {
  return template.replaceAll(/\{\{-?([^{}]*)\}\}/g, (whole: string, inside: string) => {
    const variable = inside.replace(/-$/, '').trim();
    const ofPath = folder === '' ? undefined : withoutPrefix(variable, prefix);
    const known = ofPath === undefined ? undefined : pathValue(ofPath, folder);
    return known ?? valueOf(variable, values) ?? whole;
  });
}

/** `app.path.basename` is `path.basename` where the generator says so; undefined for what has no such prefix. */
function withoutPrefix(variable: string, prefix: string): string | undefined {
  if (prefix === '') return variable;
  const plain = variable.replace(/^\./, '');
  return plain.startsWith(`${prefix}.`) ? plain.slice(prefix.length + 1) : undefined;
}

function pathValue(variable: string, folder: string): string | undefined {
  const parts = folder.split('/');
  const index = /^(?:path\[(\d+)\]|index \.path\.segments (\d+))$/.exec(variable);
  if (index) return parts[Number(index[1] ?? index[2])];
  switch (variable.replace(/^\./, '')) {
    case 'path':
    case 'path.path':
      return folder;
    case 'path.basename':
      return parts.at(-1);
    case 'path.basenameNormalized':
      return normalized(parts.at(-1) ?? '');
    default:
      return undefined;
  }
}

/** As Argo CD does it: lower case, a hyphen for what no host name takes, none at the ends. */
function normalized(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^-a-z0-9.]/g, '-')
    .replaceAll(/^[-.]+|(?<![-.])[-.]+$/g, '');
}

/** `values.name`, `.cluster`. */
function valueOf(variable: string, values: Readonly<Record<string, unknown>>): string | undefined {
  if (!/^\.?[\w-]+(?:\.[\w-]+)*$/.test(variable)) return undefined;
  const plain = variable.replace(/^\./, '');
  // A list may hold the whole name as one key.
  if (Object.hasOwn(values, plain)) return stringOf(values[plain]);
  const steps = plain.split('.');
  const value = steps.reduce<unknown>(
    (inner, step) => (isRecord(inner) && Object.hasOwn(inner, step) ? inner[step] : undefined),
    values,
  );
  return stringOf(value);
}

import { asList, isRecord, stringOf, valueAt } from '../../data/fields.ts';

/** A label as a selector sees it: `open` where nobody can tell it here. */
type Label = string | undefined | { open: true };

/** Whether a selector takes what a generator makes; what cannot be seen may fit. @param isOpen whether more labels may be there */
export function isSelected(
  labels: ReadonlyMap<string, string | { open: true }>,
  isOpen: boolean,
  selector: unknown,
): boolean {
  if (!isRecord(selector)) return true;
  return takes(selector, key => labels.get(key) ?? (isOpen ? { open: true } : undefined));
}

/** Whether a selector takes labels. */
export function takes(selector: unknown, labelOf: (key: string) => Label): boolean {
  const labels = valueAt(selector, ['matchLabels']);
  const wanted = isRecord(labels) ? Object.entries(labels) : [];
  const expressions = asList(valueAt(selector, ['matchExpressions'])).filter(isRecord);
  return (
    wanted.every(([key, value]) => {
      const label = labelOf(key);
      return mayFit(label) || label === String(value);
    }) &&
    expressions.every(each => {
      const label = labelOf(stringOf(each['key']) ?? '');
      return mayFit(label) || fits(label, each);
    })
  );
}

function mayFit(label: Label): label is { open: true } {
  return typeof label === 'object';
}

function fits(text: string | undefined, { operator, values }: Record<string, unknown>): boolean {
  const isAmong = text !== undefined && asList(values).map(String).includes(text);
  switch (operator) {
    case 'In':
      return isAmong;
    case 'NotIn':
      return !isAmong;
    case 'Exists':
      return text !== undefined;
    case 'DoesNotExist':
      return text === undefined;
    default:
      return true;
  }
}

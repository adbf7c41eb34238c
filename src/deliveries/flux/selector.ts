import { isRecord, stringOf, valueAt } from '../../data/fields.ts';
import { goPattern } from '../../text/go-pattern.ts';
import type { LocatedObject } from '../located-object.ts';

/** What a selector looks at of an object. */
export type Selected = Pick<LocatedObject, 'kind' | 'name' | 'group' | 'body'>;

/** Whether a target of kustomize means an object: regular expressions that have to match as a whole, and selectors of labels. */
export function selects(target: Record<string, unknown>, { kind, name, group, body }: Selected): boolean {
  const wanted: [unknown, string][] = [
    [target['kind'], kind],
    [target['name'], name],
    [target['group'], group],
  ];
  return (
    wanted.every(([pattern, text]) => matches(stringOf(pattern), text)) &&
    isLabelled(target['labelSelector'], valueAt(body, ['metadata', 'labels'])) &&
    isLabelled(target['annotationSelector'], valueAt(body, ['metadata', 'annotations']))
  );
}

const REQUIREMENT = /^(!?)([\w./-]+)(?:\s*(={1,2}|!=)\s*([\w.-]*)|\s+(in|notin)\s*\(([^)]*)\))?$/;

/** `app=web,tier!=db,!old,kind in (a,b)`; what is written in another way selects nothing. */
function isLabelled(selector: unknown, labels: unknown): boolean {
  const text = stringOf(selector) ?? '';
  if (text.trim() === '') return true;
  return (text.match(/(?:[^,()]|\([^()]*\))+/g) ?? []).every(requirement => {
    const [, not, key = '', sign, value, word, list = ''] = REQUIREMENT.exec(requirement.trim()) ?? [];
    const own = isRecord(labels) && Object.hasOwn(labels, key) ? String(labels[key]) : undefined;
    if (key === '') return false;
    if (sign !== undefined) return (own === value) !== (sign === '!=');
    const isIn = own !== undefined && list.split(',').some(each => each.trim() === own);
    if (word !== undefined) return isIn !== (word === 'notin');
    return (own === undefined) === (not === '!');
  });
}

function matches(pattern: string | undefined, text: string): boolean {
  if (pattern === undefined || pattern === '') return true;
  return goPattern(`^(?:${pattern})$`)?.(text) ?? pattern === text;
}

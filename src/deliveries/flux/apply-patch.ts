import { asList, isPrototypeKey, isRecord, stringOf } from '../../data/fields.ts';
import { mergePatch } from '../merge-patch.ts';
import { readLocated } from '../../yaml/read.ts';
import { selects, type Selected } from './selector.ts';

type Body = Record<string, unknown>;

/** A body with the entries of `patches` laid over it that are meant for it, as kustomize does for kinds without a schema. */
export function withPatches(body: Body, object: Selected, patches: unknown): Body {
  return asList(patches).reduce<Body>((own, entry) => {
    const text = isRecord(entry) ? stringOf(entry['patch']) : undefined;
    const target = isRecord(entry) && isRecord(entry['target']) ? entry['target'] : undefined;
    return text === undefined ? own : withPatch(own, object, { text, target });
  }, body);
}

type PatchText = { text: string; target: Record<string, unknown> | undefined };

function withPatch(body: Body, object: Selected, { text, target }: PatchText): Body {
  const result = readLocated(text);
  if (result.status !== 'read' || result.yaml.dataProblem) return body;
  return result.yaml.documents.reduce<Body>((own, patch) => {
    if (target ? !selects(target, object) : !isOf(patch, object)) return own;
    if (Array.isArray(patch)) return patch.reduce<Body>(withOperation, own);
    return isRecord(patch) ? mergePatch(own, { ...patch, metadata: withoutName(patch['metadata']) }) : own;
  }, body);
}

/** A patch with a target may call itself whatever it likes. */
function withoutName(metadata: unknown): unknown {
  if (!isRecord(metadata)) return {};
  const { name: _, namespace: __, ...rest } = metadata;
  return rest;
}

function isOf(patch: unknown, { kind, name }: Selected): boolean {
  if (!isRecord(patch) || patch['kind'] !== kind) return false;
  return isRecord(patch['metadata']) && patch['metadata']['name'] === name;
}

/** `add`, `replace` and `remove` of RFC 6902; others change nothing that is looked at. */
function withOperation(body: Body, operation: unknown): Body {
  const [op, path] = isRecord(operation) ? [stringOf(operation['op']), stringOf(operation['path'])] : [];
  if (!isRecord(operation) || path === undefined || !/^(?:add|replace|remove)$/.test(op ?? '')) return body;
  const steps = path
    .split('/')
    .slice(1)
    .map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  if (steps.some(isPrototypeKey)) return body;
  const changed = changedAt(body, steps, op === 'remove' ? undefined : { value: operation['value'], op });
  return isRecord(changed) ? changed : body;
}

type Put = { value: unknown; op: string | undefined } | undefined;

function changedAt(value: unknown, [step, ...rest]: readonly string[], put: Put): unknown {
  if (step === undefined) return put ? put.value : value;
  if (Array.isArray(value)) return changedList(value, step, rest, put);
  if (!isRecord(value)) return value;
  const result = { ...value };
  if (rest.length > 0) result[step] = changedAt(value[step], rest, put);
  else if (put) result[step] = put.value;
  else delete result[step];
  return result;
}

function changedList(list: readonly unknown[], step: string, rest: readonly string[], put: Put): unknown[] {
  const index = step === '-' ? list.length : Number(step);
  const result = [...list];
  if (!(index >= 0 && index <= list.length)) return result;
  if (rest.length > 0) result[index] = changedAt(list[index], rest, put);
  else if (put?.op === 'add') result.splice(index, 0, put.value);
  else if (put) result[index] = put.value;
  else result.splice(index, 1);
  return result;
}

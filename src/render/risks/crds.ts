import { field, isDataMap, isRecord, recordsAt, stringOf, stringsAt, valueAt } from '../../data/fields.ts';
import { say } from '../../locales/say.ts';
import type { Manifest } from '../../repository/manifest.ts';
import { isSame } from './values.ts';
import { type Found, type Judge, kindOf, type Surroundings } from './risk.ts';

/** What a custom resource definition takes away from the objects of its kind. */
export const judgeCrds: Judge = ({ before, after }, { isUsed }) => {
  if (!before || !after || kindOf(after) !== 'apiextensions.k8s.io/CustomResourceDefinition') return [];
  return [...versionRisks(before, after, isUsed), ...schemaRisks(before, after)];
};

type Version = Record<string, unknown>;

function versionRisks(before: Manifest, after: Manifest, isUsed: Surroundings['isUsed']): Found[] {
  const fresh = versionsOf(after);
  const group = stringOf(valueAt(after.body, ['spec', 'group'])) ?? '';
  return [...versionsOf(before)].flatMap(([name, old]): Found[] => {
    const now = fresh.get(name);
    const remedy = say('risks.migrateObjects');
    if (!now && old['storage'] === true)
      return [{ id: 'crd-changed', level: 'fatal', fact: say('risks.storedVersionGone', { name }), remedy }];
    const moved = old['storage'] === true && now?.['storage'] !== true ? [movedStorage(name)] : [];
    if (!isServed(old) || (now && isServed(now))) return moved;
    const level = isUsed(`${group}/${name}`) ? 'fatal' : 'high';
    return [{ id: 'crd-changed', level, fact: say('risks.versionNotServed', { name }), remedy }, ...moved];
  });
}

function movedStorage(name: string): Found {
  const fact = say('risks.storageMoves', { name });
  return { id: 'crd-changed', level: 'high', fact, remedy: say('risks.oneWay') };
}

function versionsOf({ body }: Manifest): Map<string, Version> {
  return new Map(
    recordsAt(body, ['spec', 'versions']).map(version => [stringOf(version['name']) ?? '', version]),
  );
}

function isServed(version: Version): boolean {
  return version['served'] !== false;
}

const MOST_NAMED = 5;

function schemaRisks(before: Manifest, after: Manifest): Found[] {
  const fresh = versionsOf(after);
  return [...versionsOf(before)].flatMap(([name, old]) => {
    const now = fresh.get(name);
    if (!now || !isServed(now)) return [];
    const path = ['schema', 'openAPIV3Schema'];
    const changes = schemaChanges(valueAt(old, path), valueAt(now, path));
    if (changes.length === 0) return [];
    const more = changes.length - MOST_NAMED;
    const named = [...changes.slice(0, MOST_NAMED), ...(more > 0 ? [`… +${more}`] : [])].join(', ');
    const fact = say('risks.schemaNarrower', { name, changes: named });
    return [{ id: 'crd-changed' as const, level: 'high' as const, fact, remedy: say('risks.checkObjects') }];
  });
}

/** `- spec.old` (gone), `! spec.size` (became required), `~ spec.port` (another type). */
function schemaChanges(before: unknown, after: unknown, path = ''): string[] {
  if (!isRecord(before) || !isRecord(after)) return [];
  const type = [before, after].map(schema => stringOf(schema['type']));
  if (type[0] !== undefined && type[1] !== undefined && type[0] !== type[1])
    return [`~ ${path || '.'} ${type[0]} → ${type[1]}`];
  const [old, fresh] = [before, after].map(schema => schema['properties']);
  const had = new Set(stringsAt(before, ['required']));
  const required = stringsAt(after, ['required']).filter(name => !had.has(name));
  return [
    ...required.map(name => `! ${path ? `${path}.` : ''}${name}`),
    ...propertyChanges(old, fresh, { path, isOpen: after['x-kubernetes-preserve-unknown-fields'] === true }),
    ...schemaChanges(before['items'], after['items'], `${path}[]`),
    ...schemaChanges(before['additionalProperties'], after['additionalProperties'], `${path}.*`),
  ];
}

function propertyChanges(
  before: unknown,
  after: unknown,
  { path, isOpen }: { path: string; isOpen: boolean },
): string[] {
  if (!isDataMap(before)) return [];
  return Object.keys(before).flatMap(key => {
    const place = path === '' ? key : `${path}.${key}`;
    const now = isDataMap(after) ? field(after, key) : undefined;
    if (now === undefined) return isOpen ? [] : [`- ${place}`];
    return schemaChanges(field(before, key), now, place);
  });
}

/** A policy of admission that judges definitions: the older ones of the way back may be what it refuses. */
export const judgeAdmission: Judge = ({ before, after }) => {
  if (!after || kindOf(after) !== 'admissionregistration.k8s.io/ValidatingAdmissionPolicy') return [];
  if (!judgesDefinitions(after) || (before && isSame(before.body['spec'], after.body['spec']))) return [];
  return [
    {
      id: 'crd-changed',
      level: 'high',
      fact: say('risks.definitionsJudged'),
      remedy: say('risks.readThePolicy'),
    },
  ];
};

function judgesDefinitions({ body }: Manifest): boolean {
  return recordsAt(body, ['spec', 'matchConstraints', 'resourceRules']).some(rule =>
    stringsAt(rule, ['resources']).some(name => name === '*' || name.startsWith('customresourcedefinitions')),
  );
}

import { append } from '../../data/append.ts';
import { field, isRecord, recordsAt, stringOf, stringsAt, valueAt } from '../../data/fields.ts';
import { say } from '../../locales/say.ts';
import type { Manifest } from '../../repository/manifest.ts';
import { type Found, type Judge, kindOf } from './risk.ts';
import { canonical } from './values.ts';

/** What one rule of a role allows, taken apart: one verb on one resource (or address). */
type Grant = { group: string; resource: string; name: string; verb: string };

const MOST_GRANTS = 20_000;
const ALL = '*';
const ROLE = /^rbac\.authorization\.k8s\.io\/(?:Cluster)?Role$/;
const BINDING = /^rbac\.authorization\.k8s\.io\/(?:Cluster)?RoleBinding$/;

/** Roles that allow more than before, as a difference of sets: the order and the cut of their rules do not count. */
export const judgeRoles: Judge = ({ before, after }) => {
  if (!after || !ROLE.test(kindOf(after))) return [];
  const had = before ? grantsOf(before) : [];
  const isNew = grantsOf(after).filter(grant => !had.some(old => covers(old, grant)));
  if (isNew.length === 0) return [];
  const all = isNew.some(({ group, resource, verb }) => [group, resource, verb].every(part => part === ALL));
  const strong = isNew.filter(isPowerful);
  if (all) return [widened('fatal', say('risks.allowsEverything'))];
  if (strong.length > 0) return [widened('high', say('risks.allowsMore', { grants: named(strong) }))];
  return before ? [widened('low', say('risks.allowsMore', { grants: named(isNew) }))] : [];
};

function widened(level: Found['level'], fact: Found['fact']): Found {
  return { id: 'access-widened', level, fact, remedy: say('risks.readTheRole') };
}

function grantsOf({ body }: Manifest): Grant[] {
  const grants: Grant[] = [];
  for (const rule of recordsAt(body, ['rules'])) {
    if (grants.length > MOST_GRANTS) break;
    const places = [...resourcesOf(rule), ...addressesOf(rule)];
    for (const verb of stringsAt(rule, ['verbs']))
      append(
        grants,
        places.map(place => ({ ...place, verb })),
      );
  }
  return grants.slice(0, MOST_GRANTS);
}

type PlaceOfGrant = Omit<Grant, 'verb'>;

function resourcesOf(rule: Record<string, unknown>): PlaceOfGrant[] {
  const names = orOne(stringsAt(rule, ['resourceNames']), ALL);
  const resources = stringsAt(rule, ['resources']);
  return stringsAt(rule, ['apiGroups']).flatMap(group =>
    resources.flatMap(resource => names.map(name => ({ group, resource, name }))),
  );
}

function addressesOf(rule: Record<string, unknown>): PlaceOfGrant[] {
  return stringsAt(rule, ['nonResourceURLs']).map(resource => ({ group: 'url', resource, name: ALL }));
}

function orOne(list: readonly string[], one: string): readonly string[] {
  return list.length > 0 ? list : [one];
}

function covers(old: Grant, grant: Grant): boolean {
  const has = (mine: string, wanted: string): boolean => mine === ALL || mine === wanted;
  const isGroup = old.group === grant.group || (old.group === ALL && grant.group !== 'url');
  return (
    isGroup && has(old.resource, grant.resource) && has(old.name, grant.name) && has(old.verb, grant.verb)
  );
}

const POWERS = /^(?:escalate|bind|impersonate)$/;
const DEEP = /^(?:secrets|pods\/exec|pods\/attach|serviceaccounts\/token|nodes\/proxy)$/;

/** What leads further than it says: wildcards, secrets, programs in pods, tokens, and the rights to give rights. */
function isPowerful({ group, resource, verb }: Grant): boolean {
  if (POWERS.test(verb)) return true;
  if (group === 'url') return resource === ALL;
  if (verb === ALL || resource === ALL || group === ALL) return true;
  if (group === '' && DEEP.test(resource)) return true;
  return group === 'rbac.authorization.k8s.io' && !/^(?:get|list|watch)$/.test(verb);
}

const MOST_NAMED = 4;

function named(grants: readonly Grant[]): string {
  const texts = grants.map(({ group, resource, name, verb }) => {
    const place = group === '' || group === 'url' ? resource : `${resource}.${group}`;
    return `${verb} ${place}${name === ALL ? '' : `/${name}`}`;
  });
  const more = texts.length - MOST_NAMED;
  return [...texts.slice(0, MOST_NAMED), ...(more > 0 ? [`… +${more}`] : [])].join(', ');
}

const ANYBODY = new Set([
  'system:authenticated',
  'system:unauthenticated',
  'system:anonymous',
  'system:serviceaccounts',
]);

/** Bindings that give a role to more, or that are new and give everything. */
export const judgeBindings: Judge = ({ before, after }) => {
  if (!after || !BINDING.test(kindOf(after))) return [];
  const had = new Set(before ? recordsAt(before.body, ['subjects']).map(subjectKey) : []);
  const subjects = recordsAt(after.body, ['subjects']).filter(subject => !had.has(subjectKey(subject)));
  if (subjects.length === 0) return [];
  const role = stringOf(valueAt(after.body, ['roleRef', 'name'])) ?? '';
  const who = subjects.slice(0, MOST_NAMED).map(subjectName).join(', ');
  const isForAll = subjects.some(subject => ANYBODY.has(stringOf(subject['name']) ?? ''));
  const isAdmin = role === 'cluster-admin' && isRecord(valueAt(after.body, ['roleRef']));
  if (!before && !isAdmin && !isForAll) return [];
  return [widened(isAdmin || isForAll ? 'fatal' : 'high', say('risks.boundTo', { role, who }))];
};

function subjectKey(subject: Record<string, unknown>): string {
  return canonical([field(subject, 'kind'), field(subject, 'namespace') ?? '', field(subject, 'name')]);
}

function subjectName({ kind, name, namespace }: Record<string, unknown>): string {
  return `${String(kind)} ${typeof namespace === 'string' ? `${namespace}/` : ''}${String(name)}`;
}

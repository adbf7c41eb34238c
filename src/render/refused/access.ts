import { isRecord, recordsAt, stringOf, valueAt } from '../../data/fields.ts';
import { say } from '../../locales/say.ts';
import type { Step } from '../../yaml/nodes.ts';
import {
  between,
  checked,
  type Checks,
  dnsName,
  filled,
  forbidden,
  has,
  needs,
  oneOf,
  single,
} from './checks.ts';
import { absent, type Body, entriesAt, type Fault, held, namesTwice, wrong } from './fault.ts';

const GROUP = 'rbac.authorization.k8s.io';

/** What the API server refuses in a RoleBinding. */
export function bindingFaults(body: Body): Fault[] {
  return [...roleFaults(body, ['Role', 'ClusterRole']), ...subjectFaults(body)];
}

/** The same of a ClusterRoleBinding, whose accounts have a namespace. */
export function clusterBindingFaults(body: Body): Fault[] {
  const homeless = entriesAt(body, ['subjects']).filter(
    ({ value }) => value['kind'] === 'ServiceAccount' && (stringOf(value['namespace']) ?? '') === '',
  );
  return [
    ...roleFaults(body, ['ClusterRole']),
    ...subjectFaults(body),
    ...homeless.map(({ path }) => ({ ...absent([...path, 'namespace']), mayBeAdded: true as const })),
  ];
}

function roleFaults({ roleRef }: Body, kinds: readonly string[]): Fault[] {
  const checks: Checks = { '': filled('kind', 'name'), kind: oneOf(...kinds), apiGroup: oneOf('', GROUP) };
  return checked(roleRef, checks, ['roleRef']);
}

function subjectFaults(body: Body): Fault[] {
  return entriesAt(body, ['subjects']).flatMap(({ value, path }) => {
    const isAccount = value['kind'] === 'ServiceAccount';
    const checks: Checks = {
      '': filled('kind', 'name'),
      kind: oneOf('ServiceAccount', 'User', 'Group'),
      apiGroup: isAccount ? oneOf('') : oneOf('', GROUP),
      ...(isAccount ? { name: dnsName } : {}),
    };
    return checked(value, checks, path);
  });
}

/** What the API server refuses in the rules of a Role, and of a ClusterRole: `urls` are for these only. */
export const ruleFaults =
  (urls: boolean) =>
  (body: Body): Fault[] =>
    entriesAt(body, ['rules']).flatMap(({ value, path }) => {
      if (!has(value, 'nonResourceURLs')) return needs('verbs', 'apiGroups', 'resources')(value, path);
      if (!urls) return [forbidden([...path, 'nonResourceURLs'], say('risks.inKind', { kind: 'Role' }))];
      return [...needs('verbs')(value, path), ...single(['nonResourceURLs', 'resources'])(value, path)];
    });

const WEBHOOK: Checks = {
  '': filled('name', 'admissionReviewVersions', 'sideEffects'),
  name: (value, path) =>
    typeof value === 'string' && value.split('.').length < 3
      ? [wrong(path, value, say('risks.ruleThreeParts'))]
      : dnsName(value, path),
  sideEffects: oneOf('None', 'NoneOnDryRun'),
  failurePolicy: oneOf('Ignore', 'Fail'),
  matchPolicy: oneOf('Exact', 'Equivalent'),
  reinvocationPolicy: oneOf('Never', 'IfNeeded'),
  timeoutSeconds: between(1, 30),
  clientConfig: single(['url', 'service'], true),
  'clientConfig.url': (value, path) =>
    held(path, value, { pattern: /^https:\/\//, most: 8192, rule: say('risks.ruleHttps') }),
  'rules[].operations[]': oneOf('*', 'CREATE', 'UPDATE', 'DELETE', 'CONNECT'),
  'rules[].scope': oneOf('*', 'Cluster', 'Namespaced'),
};

/** What the API server refuses in a configuration of webhooks. */
export function webhookFaults(body: Body): Fault[] {
  const webhooks = entriesAt(body, ['webhooks']);
  return [
    ...webhooks.flatMap(({ value, path }) => checked(value, WEBHOOK, path)),
    ...namesTwice(body, ['webhooks']),
  ];
}

const DEFINITION: Checks = {
  '': filled('group', 'scope'),
  scope: oneOf('Cluster', 'Namespaced'),
  names: filled('plural', 'kind'),
};

/** What the API server refuses in a definition of custom resources. */
export function definitionFaults(body: Body): Fault[] {
  const versions = recordsAt(body, ['spec', 'versions']);
  const stored = versions.filter(({ storage }) => storage === true);
  const bare = versions.filter(version => !isRecord(valueAt(version, ['schema', 'openAPIV3Schema'])));
  const isWebhook = valueAt(body, ['spec', 'conversion', 'strategy']) === 'Webhook';
  const hasClient = isRecord(valueAt(body, ['spec', 'conversion', 'webhook', 'clientConfig']));
  const path = ['spec', 'versions'];
  return [
    ...checked(body['spec'], DEFINITION, ['spec']),
    ...ownName(body),
    ...(stored.length > 1 ? [{ path, fact: say('risks.twoStored', { names: namesOf(stored) }) }] : []),
    ...(versions.length > 0 && stored.length === 0 ? [{ path, fact: say('risks.noneStored') }] : []),
    ...(bare.length > 0 ? [{ path, fact: say('risks.noSchema', { names: namesOf(bare) }) }] : []),
    ...(isWebhook && !hasClient ? [{ path: ['spec', 'conversion'], fact: say('risks.noConversion') }] : []),
  ];
}

function ownName(body: Body): Fault[] {
  const [plural, group] = [valueAt(body, ['spec', 'names', 'plural']), valueAt(body, ['spec', 'group'])];
  const name = valueAt(body, ['metadata', 'name']);
  const own = `${String(plural)}.${String(group)}`;
  const isOther = typeof plural === 'string' && typeof group === 'string' && name !== own;
  const path: Step[] = ['metadata', 'name'];
  return isOther ? [wrong(path, name, say('risks.ruleOneOf', { choices: own }))] : [];
}

function namesOf(records: readonly Record<string, unknown>[]): string {
  return records.map(({ name }) => stringOf(name) ?? '?').join(', ');
}

import { recordsAt, stringOf, valueAt } from '../data/fields.ts';

export type GatewayFacts = {
  name: string;
  namespace: string;
  /** Undefined of a Gateway that is elsewhere: only its name is known. */
  listeners: readonly Listener[] | undefined;
};

/** A listener of a Gateway, as far as it decides which routes attach. */
export type Listener = {
  name: string;
  port: number | undefined;
  protocol: string;
  hostname: string | undefined;
  /** Kinds that may attach; empty where the protocol alone decides. */
  kinds: readonly string[];
  namespaces: AllowedNamespaces;
};

type AllowedNamespaces = { from: string; selector: unknown };

/** Who may be referred to from where. */
export type ReferenceGrant = {
  /** The namespace of what is referred to. */
  namespace: string;
  from: readonly { group: string; kind: string; namespace: string }[];
  to: readonly { group: string; kind: string; name: string | undefined }[];
};

/** The listeners of a Gateway. What it leaves out is what the API fills in. */
export function listenersIn(gateway: unknown): Listener[] {
  return recordsAt(gateway, ['spec', 'listeners']).map(listener => {
    const { port } = listener;
    const kinds = recordsAt(listener, ['allowedRoutes', 'kinds']);
    return {
      name: stringOf(listener['name']) ?? '',
      port: typeof port === 'number' ? port : undefined,
      protocol: stringOf(listener['protocol']) ?? '',
      hostname: stringOf(listener['hostname']),
      kinds: kinds.flatMap(kind => stringOf(kind['kind']) ?? []),
      namespaces: {
        from: stringOf(valueAt(listener, ['allowedRoutes', 'namespaces', 'from'])) ?? 'Same',
        selector: valueAt(listener, ['allowedRoutes', 'namespaces', 'selector']),
      },
    };
  });
}

/** A ReferenceGrant, as it stands in its namespace. */
export function grantIn(body: unknown, namespace: string): ReferenceGrant {
  return {
    namespace,
    from: recordsAt(body, ['spec', 'from']).map(from => ({
      group: stringOf(from['group']) ?? '',
      kind: stringOf(from['kind']) ?? '',
      namespace: stringOf(from['namespace']) ?? '',
    })),
    to: recordsAt(body, ['spec', 'to']).map(to => ({
      group: stringOf(to['group']) ?? '',
      kind: stringOf(to['kind']) ?? '',
      name: stringOf(to['name']),
    })),
  };
}

const BY_PROTOCOL: Readonly<Record<string, readonly string[]>> = {
  HTTP: ['HTTPRoute', 'GRPCRoute'],
  HTTPS: ['HTTPRoute', 'GRPCRoute'],
  TLS: ['TLSRoute', 'TCPRoute'],
  TCP: ['TCPRoute'],
  UDP: ['UDPRoute'],
};

/** The kinds of routes that a listener takes; undefined for a protocol that an implementation brings. */
export function kindsOf({ protocol, kinds }: Listener): readonly string[] | undefined {
  const possible = Object.hasOwn(BY_PROTOCOL, protocol) ? BY_PROTOCOL[protocol] : undefined;
  if (kinds.length === 0) return possible;
  return possible ? kinds.filter(kind => possible.includes(kind)) : kinds;
}

/** Whether a host of a route meets the hostname of a listener: a wildcard stands for one or more labels in front. */
export function meetsHost(listener: string | undefined, host: string): boolean {
  if (listener === undefined || listener === '') return true;
  const [a, b] = [listener.toLowerCase(), host.toLowerCase()];
  return a === b || covers(a, b) || covers(b, a);
}

function covers(wide: string, narrow: string): boolean {
  const tail = wide.startsWith('*.') ? wide.slice(1) : undefined;
  return tail !== undefined && narrow.endsWith(tail) && narrow.length > tail.length;
}

type Labels = Readonly<Record<string, unknown>>;

/**
 * Whether a listener takes routes of a namespace; undefined where that depends on labels that nobody knows.
 */
export function takesNamespace(
  { namespaces: { from, selector } }: Listener,
  route: { namespace: string; gateway: string; labels: Labels | undefined },
): boolean | undefined {
  if (from === 'All') return true;
  if (from === 'Same') return route.namespace === route.gateway;
  if (from !== 'Selector') return from === 'None' ? false : undefined;
  const labels = { ...route.labels, 'kubernetes.io/metadata.name': route.namespace };
  const isKnown = (key: string): boolean => route.labels !== undefined || Object.hasOwn(labels, key);
  return every([...matchLabels(selector, labels, isKnown), ...matchExpressions(selector, labels, isKnown)]);
}

type Known = (key: string) => boolean;

function matchLabels(selector: unknown, labels: Labels, isKnown: Known): (boolean | undefined)[] {
  const wanted = valueAt(selector, ['matchLabels']);
  if (typeof wanted !== 'object' || wanted === null) return [];
  return Object.entries(wanted).map(([key, value]) => (isKnown(key) ? labels[key] === value : undefined));
}

function matchExpressions(selector: unknown, labels: Labels, isKnown: Known): (boolean | undefined)[] {
  return recordsAt(selector, ['matchExpressions']).map(expression => {
    const key = stringOf(expression['key']) ?? '';
    const { operator, values } = expression;
    if (!isKnown(key)) return undefined;
    const isThere = Object.hasOwn(labels, key);
    const isIn = Array.isArray(values) && values.includes(labels[key]);
    if (operator === 'In') return isThere && isIn;
    if (operator === 'NotIn') return !isThere || !isIn;
    if (operator === 'Exists') return isThere;
    return operator === 'DoesNotExist' ? !isThere : undefined;
  });
}

/** One that is not met decides; else one that nobody knows. */
function every(answers: readonly (boolean | undefined)[]): boolean | undefined {
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

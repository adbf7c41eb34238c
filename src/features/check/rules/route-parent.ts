import { isFilledIn } from '../../../text/filled-in.ts';
import { nearest } from '../../../text/nearest.ts';
import type { AppFacts, ObjectFacts } from '../facts/app-facts.ts';
import { kindsOf, type Listener, meetsHost, takesNamespace } from '../../../repository/gateways.ts';
import type { Diagnostic } from '../finding.ts';
import type { AppRule } from '../rule.ts';
import { isHostname } from '../facts/hostname.ts';
import { namespaceOfObject, routesOf } from '../facts/routes.ts';
import { isRecord, recordsAt, stringOf, stringsAt, valueAt } from '../../../data/fields.ts';
import { say } from '../../../locales/say.ts';

/** A route that names no Gateway of the repository is attached to nothing, and nothing says so. */
export const routeParent: AppRule = {
  scope: 'app',
  severity: 'error',
  title: say('rules.routesParentGatewayExists'),
  check: facts =>
    facts.gateways.length === 0 ? [] : routesOf(facts).flatMap(route => checkRoute(facts, route)),
};

function checkRoute(facts: AppFacts, route: ObjectFacts): Diagnostic[] {
  const refs = recordsAt(route.body, ['spec', 'parentRefs']);
  if (refs.length === 0)
    return [
      {
        ...route.at('spec'),
        message: say('rules.hasNoParentrefs', { kind: route.kind, name: route.name }),
        hint: say('rules.nameGateway'),
      },
    ];
  return refs.flatMap((ref, index) => checkRef(facts, route, ref, index));
}

function checkRef(
  facts: AppFacts,
  route: ObjectFacts,
  ref: Readonly<Record<string, unknown>>,
  index: number,
): Diagnostic[] {
  const kind = stringOf(ref['kind']) ?? 'Gateway';
  const name = stringOf(ref['name']);
  const own = namespaceOfObject(facts, route);
  const namespace = stringOf(ref['namespace']) ?? own;
  if (kind !== 'Gateway' || name === undefined || namespace === undefined) return [];
  if (isFilledIn(name) || isFilledIn(namespace)) return [];
  const [gateway, ...others] = facts.gateways.filter(
    each => each.name === name && each.namespace === namespace,
  );
  const at = (field: string) => route.at('spec', 'parentRefs', index, field);
  // Where that one comes out nobody can tell.
  if (!gateway && facts.gateways.some(each => each.name === name && each.namespace === '')) return [];
  if (!gateway) return [unknownGateway(facts, { name, namespace, place: at('name') })];
  // One of each cluster: what any of them has may be meant.
  const listeners = [gateway, ...others].map(each => each.listeners).reduce(joined, []);
  if (!listeners) return [];
  return checkListeners({ facts, route, ref, at, gateway: { ...gateway, listeners }, namespace: own });
}

type Listeners = readonly Listener[] | undefined;

function joined(some: Listeners, more: Listeners): Listeners {
  return some && more ? [...some, ...more] : undefined;
}

function unknownGateway(
  { gateways }: AppFacts,
  { name, namespace, place }: { name: string; namespace: string; place: ReturnType<ObjectFacts['at']> },
): Diagnostic {
  const known = gateways.map(gateway => `${gateway.namespace}/${gateway.name}`);
  return {
    ...place,
    message: say('rules.thereNoGatewayNamespace', { name, namespace }),
    hint: say('rules.nameOneOfGateways', { known: known.join(', '), known2: known.join('、') }),
  };
}

type Attaching = {
  facts: AppFacts;
  route: ObjectFacts;
  ref: Readonly<Record<string, unknown>>;
  at: (field: string) => ReturnType<ObjectFacts['at']>;
  gateway: { name: string; namespace: string; listeners: readonly Listener[] };
  /** Of the route; undefined where nobody can tell. */
  namespace: string | undefined;
};

/** The listeners that are left after each condition; the first condition that none meets is what is wrong. */
function checkListeners(attaching: Attaching): Diagnostic[] {
  const { ref, gateway, route } = attaching;
  const section = stringOf(ref['sectionName']);
  const { port } = ref;
  const named = gateway.listeners.filter(({ name }) => section === undefined || name === section);
  if (named.length === 0) return [noListener(attaching, section ?? '')];
  const onPort = named.filter(each => typeof port !== 'number' || each.port === port);
  if (onPort.length === 0) return [noPort(attaching, named, port)];
  const ofKind = onPort.filter(each => kindsOf(each)?.includes(route.kind) ?? true);
  if (ofKind.length === 0) return [wrongKind(attaching, onPort)];
  const { namespace } = attaching;
  const open =
    namespace === undefined ? ofKind : ofKind.filter(each => isOpenTo({ ...attaching, namespace }, each));
  if (namespace !== undefined && open.length === 0)
    return [wrongNamespace({ ...attaching, namespace }, ofKind)];
  return checkHosts(attaching, open);
}

function noListener({ gateway, at }: Attaching, section: string): Diagnostic {
  const names = gateway.listeners.map(({ name }) => name);
  const near = nearest(section, names);
  return {
    ...at('sectionName'),
    message: say('rules.gatewayHasNoListener', { name: gateway.name, section }),
    hint: near
      ? say('rules.write', { near })
      : say('rules.nameOne3', { names: names.join(', '), names2: names.join('、') }),
  };
}

function noPort({ gateway, at }: Attaching, listeners: readonly Listener[], port: unknown): Diagnostic {
  const ports = [...new Set(listeners.map(each => String(each.port)))];
  return {
    ...at('port'),
    message: say('rules.gatewayHasNoListenerPort', { name: gateway.name, port: String(port) }),
    hint: say('rules.use2', { ports: ports.join(' or '), ports2: ports.join(' 或 ') }),
  };
}

function wrongKind({ gateway, route, at }: Attaching, listeners: readonly Listener[]): Diagnostic {
  const takes = [...new Set(listeners.flatMap(each => kindsOf(each) ?? []))].join(', ');
  const fitting = gateway.listeners.filter(each => kindsOf(each)?.includes(route.kind) ?? true);
  const names = fitting.map(({ name }) => name).join(', ');
  const which = listeners.map(({ name }) => name).join(', ');
  return {
    ...at('sectionName'),
    message: say('rules.listenerTakesOtherKind', { which, gateway: gateway.name, takes, kind: route.kind }),
    hint: names === '' ? say('rules.addListenerFor', { kind: route.kind }) : say('rules.nameOne', { names }),
  };
}

type Placed = Attaching & { namespace: string };

function isOpenTo({ facts, gateway, namespace }: Placed, listener: Listener): boolean {
  const own = { namespace, gateway: gateway.namespace, labels: labelsOf(facts, namespace) };
  return takesNamespace(listener, own) !== false;
}

/** The labels of the app's own Namespace object; unknown where kustomize may add some. */
function labelsOf({ objects, kustomizations }: AppFacts, namespace: string) {
  const isLabelled = kustomizations.some(({ data }) => 'labels' in data || 'commonLabels' in data);
  const object = objects.find(each => each.listed && each.kind === 'Namespace' && each.name === namespace);
  if (!object || isLabelled) return undefined;
  const labels = valueAt(object.body, ['metadata', 'labels']);
  return isRecord(labels) ? labels : {};
}

function wrongNamespace({ gateway, namespace, at }: Placed, listeners: readonly Listener[]): Diagnostic {
  const which = listeners.map(({ name }) => name).join(', ');
  return {
    ...at('name'),
    message: say('rules.listenerTakesNoNamespace', { which, gateway: gateway.name, namespace }),
    hint: say('rules.openListenerNamespace', { namespace }),
  };
}

function checkHosts({ route, gateway }: Attaching, listeners: readonly Listener[]): Diagnostic[] {
  return stringsAt(route.body, ['spec', 'hostnames']).flatMap((host, index) =>
    !isHostname(host) || listeners.some(({ hostname }) => meetsHost(hostname, host))
      ? []
      : [
          {
            ...route.at('spec', 'hostnames', index),
            message: say('rules.noListenerGatewayTakes', { name: gateway.name, host }),
            hint: say('rules.useHostListenerHasAdd'),
          },
        ],
  );
}

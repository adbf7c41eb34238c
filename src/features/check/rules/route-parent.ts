import { nearest } from '../../../text/nearest.ts';
import type { AppFacts, GatewayFacts, ObjectFacts } from '../facts/app-facts.ts';
import type { Remark } from '../finding.ts';
import type { AppRule } from '../rule.ts';
import { routesOf } from '../facts/routes.ts';
import { recordsAt, stringOf, stringsAt } from '../../../data/fields.ts';
import { say } from '../../../locales/say.ts';

/** A route that names no Gateway of the repository is attached to nothing, and nothing says so. */
export const routeParent: AppRule = {
  scope: 'app',
  severity: 'error',
  title: say('rules.routesParentGatewayExists'),
  check: facts =>
    facts.gateways.length === 0 ? [] : routesOf(facts).flatMap(route => checkRoute(facts, route)),
};

function checkRoute(facts: AppFacts, route: ObjectFacts): Remark[] {
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
): Remark[] {
  const kind = stringOf(ref['kind']) ?? 'Gateway';
  const name = stringOf(ref['name']);
  const own = facts.root?.namespace ?? route.namespace ?? facts.name;
  const namespace = stringOf(ref['namespace']) ?? own;
  if (kind !== 'Gateway' || name === undefined) return [];
  const gateway = facts.gateways.find(each => each.name === name && each.namespace === namespace);
  const at = (field: string) => route.at('spec', 'parentRefs', index, field);
  if (!gateway) return [unknownGateway(facts, { name, namespace, place: at('name') })];
  return checkListener(route, gateway, { section: stringOf(ref['sectionName']), at });
}

function unknownGateway(
  { gateways }: AppFacts,
  { name, namespace, place }: { name: string; namespace: string; place: ReturnType<ObjectFacts['at']> },
): Remark {
  const known = gateways.map(gateway => `${gateway.namespace}/${gateway.name}`);
  return {
    ...place,
    message: say('rules.thereNoGatewayNamespace', { name, namespace }),
    hint: say('rules.nameOneOfGateways', { known: known.join(', '), known2: known.join('、') }),
  };
}

type Listening = { section: string | undefined; at: (field: string) => ReturnType<ObjectFacts['at']> };

function checkListener(route: ObjectFacts, gateway: GatewayFacts, { section, at }: Listening): Remark[] {
  const listeners = gateway.listeners.filter(({ name }) => section === undefined || name === section);
  if (listeners.length === 0) {
    const names = gateway.listeners.map(({ name }) => name);
    const near = nearest(section ?? '', names);
    return [
      {
        ...at('sectionName'),
        message: say('rules.gatewayHasNoListener', { name: gateway.name, section }),
        hint: near
          ? say('rules.write', { near })
          : say('rules.nameOne3', { names: names.join(', '), names2: names.join('、') }),
      },
    ];
  }
  return stringsAt(route.body, ['spec', 'hostnames']).flatMap((host, index) =>
    listeners.some(({ hostname }) => accepts(hostname, host))
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

/** A wildcard stands for one or more labels in front; a wildcard host meets the names it covers. */
function accepts(listener: string | undefined, host: string): boolean {
  if (listener === undefined || listener === '' || listener === host) return true;
  const [wide, narrow] = listener.startsWith('*.') ? [listener, host] : [host, listener];
  return wide.startsWith('*.') && narrow.endsWith(wide.slice(1)) && narrow.length > wide.length - 1;
}

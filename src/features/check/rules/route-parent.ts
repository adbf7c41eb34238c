import { nearest } from '../../../text/nearest.ts';
import type { AppFacts, GatewayFacts, ObjectFacts } from '../facts/app-facts.ts';
import type { Remark } from '../finding.ts';
import type { AppRule } from '../rule.ts';
import { routesOf } from '../facts/routes.ts';
import { recordsAt, stringOf, stringsAt } from '../../../data/fields.ts';

/** A route that names no Gateway of the repository is attached to nothing, and nothing says so. */
export const routeParent: AppRule = {
  scope: 'app',
  severity: 'error',
  title: { en: "a route's parent is a Gateway that exists", 'zh-CN': '路由的 parentRefs 指向已有的 Gateway' },
  check: facts =>
    facts.gateways.length === 0 ? [] : routesOf(facts).flatMap(route => checkRoute(facts, route)),
};

function checkRoute(facts: AppFacts, route: ObjectFacts): Remark[] {
  const refs = recordsAt(route.body, ['spec', 'parentRefs']);
  if (refs.length === 0)
    return [
      {
        ...route.at('spec'),
        message: {
          en: `${route.kind} ${route.name} has no parentRefs`,
          'zh-CN': `${route.kind} ${route.name} 没有 parentRefs`,
        },
        hint: { en: 'name the Gateway', 'zh-CN': '写明 Gateway' },
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
    message: {
      en: `there is no Gateway ${name} in the namespace ${namespace}`,
      'zh-CN': `命名空间 ${namespace} 中没有 Gateway ${name}`,
    },
    hint: {
      en: `name one of ${known.join(', ')}`,
      'zh-CN': `可用的有 ${known.join('、')}`,
    },
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
        message: {
          en: `the Gateway ${gateway.name} has no listener ${section}`,
          'zh-CN': `Gateway ${gateway.name} 没有监听器 ${section}`,
        },
        hint: near
          ? { en: `write ${near}`, 'zh-CN': `应写作 ${near}` }
          : { en: `name one of ${names.join(', ')}`, 'zh-CN': `可用的有 ${names.join('、')}` },
      },
    ];
  }
  return stringsAt(route.body, ['spec', 'hostnames']).flatMap((host, index) =>
    listeners.some(({ hostname }) => accepts(hostname, host))
      ? []
      : [
          {
            ...route.at('spec', 'hostnames', index),
            message: {
              en: `no listener of the Gateway ${gateway.name} takes ${host}`,
              'zh-CN': `Gateway ${gateway.name} 没有接受 ${host} 的监听器`,
            },
            hint: {
              en: 'use a host that a listener has, or add a listener',
              'zh-CN': '使用监听器支持的主机名，或添加监听器',
            },
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

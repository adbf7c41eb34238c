import { isRecord, recordsAt, stringOf, stringsAt } from '../data/fields.ts';
import type { Manifest } from './manifest.ts';

/** Kinds of objects that lead a host to an app. */
export const HOST_KINDS = /HTTPRoute|GRPCRoute|TLSRoute|Ingress|IngressRoute|VirtualService/;

/** The hosts that an object leads somewhere; none of another kind. */
export function hostsInManifest({ kind, body }: Pick<Manifest, 'kind' | 'body'>): string[] {
  switch (kind) {
    case 'HTTPRoute':
    case 'GRPCRoute':
    case 'TLSRoute':
      return stringsAt(body, ['spec', 'hostnames']);
    case 'Ingress':
      return recordsAt(body, ['spec', 'rules']).flatMap(rule => stringOf(rule['host']) ?? []);
    case 'VirtualService':
      return stringsAt(body, ['spec', 'hosts']);
    case 'IngressRoute':
      return recordsAt(body, ['spec', 'routes']).flatMap(route =>
        Array.from((stringOf(route['match']) ?? '').matchAll(/Host\(`([^`]+)`\)/g), ([, host = '']) => host),
      );
    default:
      return [];
  }
}

const HOST_KEYS = new Set(['hostnames', 'hosts', 'hostname', 'host', 'fqdn']);
const ROUTING = /ingress|route|expose|gateway|virtualservice/i;

/**
 * The hosts that a chart's values lead to it: `ingress.hosts`, `httpRoute.hostnames`, `expose.ingress.hosts.core`. Blocks that are
 * switched off do not count, nor what templates put together.
 */
export function hostsInValues(values: unknown): string[] {
  return hostsBelow(values, false);
}

function hostsBelow(value: unknown, isRouting: boolean): string[] {
  if (Array.isArray(value)) return value.flatMap(item => hostsBelow(item, isRouting));
  if (!isRecord(value) || value['enabled'] === false) return [];
  const routes = isRouting || 'parentRefs' in value;
  return Object.entries(value).flatMap(([key, inner]) => {
    if (isSwitchedOff(value, key)) return [];
    if (routes && HOST_KEYS.has(key)) return textsIn(inner);
    return hostsBelow(inner, routes || ROUTING.test(key));
  });
}

/** Harbor's shape: `expose.type` chooses which of the blocks beside it is used. */
function isSwitchedOff(block: Record<string, unknown>, key: string): boolean {
  const { type } = block;
  return typeof type === 'string' && type !== key && isRecord(block[type]) && isRecord(block[key]);
}

/** `a.example`, `[a.example]`, `[{host: a.example}]`, `{core: a.example}`. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isRecord(value)
    ? Object.values(value).flatMap(inner => (Array.isArray(inner) ? [] : textsIn(inner)))
    : [];
}

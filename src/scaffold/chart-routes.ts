import type { Gateway } from '../repository/conventions/routes.ts';
import { isRecord, stringOf } from '../data/fields.ts';
import type { ValueChange } from '../yaml/edit.ts';

/** A block of a chart's values that makes it render a Gateway API route. */
export type RouteBlock = {
  path: string[];
  /** The key that takes host names, and whether it takes one or a list. */
  hosts: { key: string; list: boolean };
  /** A switch to set, `httpRoute.enabled` or `expose.type`. */
  activate: { path: string[]; value: unknown }[];
};

const HOST_KEYS = ['hostnames', 'hosts', 'hostname', 'host'];

/**
 * The blocks that hold `parentRefs`: charts name them `httpRoute`, `route.main`, `server.httproute`, `expose.route` …,
 * and `parentRefs` is what they share. Blocks for gRPC, TCP and TLS routes are left out.
 */
export function findRouteBlocks(values: unknown): RouteBlock[] {
  return blocksIn(values, []);
}

/** The changes that make the block route these hosts through the gateway; a block for one host takes the first. */
export function routeChanges(block: RouteBlock, gateway: Gateway, hosts: readonly string[]): ValueChange[] {
  const parent = {
    name: gateway.name,
    namespace: gateway.namespace,
    ...(gateway.sectionName === undefined ? {} : { sectionName: gateway.sectionName }),
  };
  return [
    ...block.activate,
    { path: [...block.path, 'parentRefs'], value: [parent] },
    { path: [...block.path, block.hosts.key], value: block.hosts.list ? [...hosts] : (hosts[0] ?? '') },
  ];
}

function blocksIn(value: unknown, path: string[]): RouteBlock[] {
  if (!isRecord(value)) return [];
  const here = isRouteBlock(value, path) ? [describe(value, path)] : [];
  const inner = Object.entries(value).flatMap(([key, child]) => {
    const found = blocksIn(child, [...path, key]);
    return found.map(block => withTypeSwitch(block, value, path, key));
  });
  return [...here.flatMap(block => block ?? []), ...inner];
}

function isRouteBlock(value: Record<string, unknown>, path: string[]): boolean {
  const name = path.join('.').toLowerCase();
  const kind = stringOf(value['kind']) ?? 'HTTPRoute';
  return (
    'parentRefs' in value &&
    path.length > 0 &&
    kind === 'HTTPRoute' &&
    !/grpc|tcproute|tlsroute|udproute/.test(name)
  );
}

function describe(value: Record<string, unknown>, path: string[]): RouteBlock | undefined {
  const key = HOST_KEYS.find(name => name in value);
  if (key === undefined) return undefined;
  const activate = 'enabled' in value ? [{ path: [...path, 'enabled'], value: true }] : [];
  return { path, hosts: { key, list: key.endsWith('s') }, activate };
}

/** Harbor's shape: `expose.type` chooses which of the blocks beside it is used. */
function withTypeSwitch(
  block: RouteBlock,
  parent: Record<string, unknown>,
  path: string[],
  key: string,
): RouteBlock {
  const switched =
    typeof parent['type'] === 'string' &&
    block.activate.length === 0 &&
    block.path.length === path.length + 1;
  if (!switched) return block;
  return { ...block, activate: [{ path: [...path, 'type'], value: key }] };
}

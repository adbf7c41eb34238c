import type { AppFacts, ObjectFacts } from './app-facts.ts';

const ROUTE = /^(?:HTTP|GRPC|TLS|TCP|UDP)Route$/;
const GROUP = /^gateway\.networking\.k8s\.io\//;

/** Whether an object is a route of the Gateway API. */
export function isRoute({ kind, apiVersion }: { kind: string; apiVersion: string }): boolean {
  return ROUTE.test(kind) && GROUP.test(apiVersion);
}

/** The routes in the app's own files that are part of its build. */
export function routesOf({ objects }: AppFacts): ObjectFacts[] {
  return objects.filter(object => object.listed && isRoute(object));
}

/** Where an object of the app's files lands: the outermost kustomization with a namespace decides, then the object. */
export function namespaceOfObject(
  { root, kustomizations, name }: AppFacts,
  { file, namespace }: Pick<ObjectFacts, 'file' | 'namespace'>,
): string {
  const around = kustomizations
    .filter(each => each.namespace !== undefined && file.startsWith(`${each.folder}/`))
    .toSorted((a, b) => a.folder.length - b.folder.length);
  return root?.namespace ?? around[0]?.namespace ?? namespace ?? name;
}

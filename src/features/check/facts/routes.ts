import { type AppFacts, type ObjectFacts, usualNamespace } from './app-facts.ts';

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

/**
 * Where an object of the app's files lands: what Flux says, else the outermost kustomization with a namespace, then the object,
 * what Argo CD says, and the folder's name where that is the namespace of most. Undefined where nobody can tell.
 */
export function namespaceOfObject(
  facts: AppFacts,
  { file, namespace }: Pick<ObjectFacts, 'file' | 'namespace'>,
): string | undefined {
  const { root, kustomizations, deployedTo, isPart, conventions } = facts;
  if (isPart) return undefined;
  if (deployedTo?.wins) return deployedTo.namespace;
  const around = kustomizations
    .filter(each => each.namespace !== undefined && file.startsWith(`${each.folder}/`))
    .toSorted((a, b) => a.folder.length - b.folder.length);
  const said = root?.namespace ?? around[0]?.namespace ?? namespace ?? deployedTo?.namespace;
  return said ?? (conventions.habits.namespaceIsFolder ? usualNamespace(facts) : undefined);
}

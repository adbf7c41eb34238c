import { renderTemplate, type Template } from '../repository/templates.ts';

/** The templates of `templates/cluster/`: what makes a cluster an app of apps. */
export const CLUSTER_TEMPLATES = [
  'root.yaml',
  'application.yaml',
  'kustomization.yaml',
  'appproject-root.yaml',
  'appproject-platform.yaml',
  'appproject-tenants.yaml',
  'argo-cd.yaml',
  'cluster.yaml',
  'kubeconfig.yaml',
  'platform.yaml',
  'secret.yaml',
  'spoke.yaml',
  'tenants.yaml',
] as const;
export type ClusterTemplates = Record<(typeof CLUSTER_TEMPLATES)[number], Template>;

/** The AppProject of roots, which may make Applications and nothing else. */
const ROOT_PROJECT = 'root';

/** The folder whose list is the Applications of a cluster. */
export function appsFolderOf(cluster: string): string {
  return `clusters/${cluster}/apps`;
}

/** Where Argo CD finds what it syncs. */
export type ArgoPlace = { repoUrl: string; argoNamespace: string };

/** The root of a cluster: an Application without a finalizer, which brings what the list beside it names. */
export function rootApplication(
  templates: Pick<ClusterTemplates, 'root.yaml'>,
  root: { name: string; cluster: string },
  place: ArgoPlace,
): string {
  return renderTemplate(templates['root.yaml'], {
    ...place,
    name: root.name,
    project: ROOT_PROJECT,
    folder: appsFolderOf(root.cluster),
  });
}

/** The project of roots: it reaches Argo CD's own namespace only. */
export function rootProject(
  templates: Pick<ClusterTemplates, 'appproject-root.yaml'>,
  place: ArgoPlace,
): string {
  return renderTemplate(templates['appproject-root.yaml'], { ...place, project: ROOT_PROJECT });
}

/** An Application below a root. */
export type ChildView = {
  name: string;
  project: string;
  folder: string;
  namespace: string;
  wave: number;
  /** Whether what it made goes with it. */
  deletes: boolean;
};

/** The Application of one app, in the cluster of its Argo CD. */
export function childApplication(
  templates: Pick<ClusterTemplates, 'application.yaml'>,
  child: ChildView,
  place: ArgoPlace,
): string {
  return renderTemplate(templates['application.yaml'], { ...place, ...child });
}

/** What Argo CD needs to read a private repository: a login, or a key. */
export function repositoryKeys(repoUrl: string): string[] {
  return /^https?:/.test(repoUrl)
    ? ['type', 'url', 'username', 'password']
    : ['type', 'url', 'sshPrivateKey'];
}

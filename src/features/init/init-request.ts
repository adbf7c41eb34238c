import type { LAYOUTS } from '../../repository/overlays.ts';
import type { Language } from '../../text/language.ts';

export const CI_SYSTEMS = ['github', 'gitlab', 'tekton', 'none'] as const;
export type CiSystem = (typeof CI_SYSTEMS)[number];

/** What makes the cluster as the repository says. */
export const GITOPS = ['argocd', 'flux'] as const;

/** Who makes Argo CD's Applications: sets, of folders; or a root, of what it lists. */
export const APPLICATION_STYLES = ['applicationset', 'app-of-apps'] as const;

/** The cluster that Argo CD itself runs in, where a root brings its Applications. */
export const MAIN_CLUSTER = 'main';

/** Who brings the CRDs of Gateway API: the Gateway's chart, or the cluster, which has them already. */
export const GATEWAY_APIS = ['chart', 'cluster'] as const;
type GatewayApi = (typeof GATEWAY_APIS)[number];

/** Who takes changes from one environment to the next, beside people who run `slipway promote`. */
export const PROMOTIONS = ['none', 'promoter'] as const;

/** What `.mcp.json` lets an agent do: nothing, as there is none; look and plan; write what a person agrees to. */
export const AGENT_RIGHTS = ['none', 'read', 'write'] as const;

/** Everything that decides what a new GitOps repository holds. */
export type InitRequest = {
  gitops: (typeof GITOPS)[number];
  /** Folders of apps; Argo CD and what it needs go into the first. With overlays, what they are called after. */
  environments: string[];
  layout: (typeof LAYOUTS)[number];
  /** Without a meaning for Flux, whose Kustomizations list. */
  style: (typeof APPLICATION_STYLES)[number];
  /** As Argo CD reads it. */
  repoUrl: string;
  /** Main domain first. */
  domains: string[];
  /** `{app}.{domain}`, per environment. */
  hostPatterns: Record<string, string>;
  /** A Gateway of ours is named as its class; its app is named as its namespace. */
  gateway: {
    name: string;
    namespace: string;
    sectionName: string | undefined;
    passthrough: string | undefined;
  };
  gatewayApi: GatewayApi;
  /** What images are pulled through: the host with its final slash, and the transformer as an app names it. */
  imagePrefix: { mirror: string; file: string } | undefined;
  /** The Let's Encrypt account; without one the issuer is self-signed. */
  email: string | undefined;
  ci: CiSystem;
  /** How many machines of CI check a change, each its share of the apps; 1 is one job for all. */
  shards: number;
  /** `promoter`: Argo CD writes what it renders to a branch for each environment, and GitOps Promoter merges these. */
  promotion: (typeof PROMOTIONS)[number];
  agents: (typeof AGENT_RIGHTS)[number];
  language: Language;
  /** What becomes of an app's resources when its folder goes. */
  onRemoval: 'keep' | 'delete';
  /** What CI and pre-commit install, as npm takes it; undefined where the hook runs what is on PATH. */
  package: string | undefined;
};

/** Where Argo CD and what it needs live beside overlays: a cluster has them once, whatever its environments. */
export const INFRASTRUCTURE = 'infrastructure';

/** The folders of environments for Argo CD: with overlays what the cluster has once, and no others. */
export function appFolders({ environments, layout }: Pick<InitRequest, 'environments' | 'layout'>): string[] {
  return layout === 'overlays' ? [INFRASTRUCTURE] : environments;
}

/** The first environment: where Argo CD itself lives. */
export function mainEnvironment(request: Pick<InitRequest, 'environments' | 'layout'>): string {
  const environments = appFolders(request);
  const [first] = environments;
  if (first === undefined) throw new Error('a repository without environments');
  return first;
}

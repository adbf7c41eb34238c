import { INFRASTRUCTURE, type InitRequest, mainEnvironment } from './init-request.ts';
import { shardMatrix } from '../../cli/shard.ts';
import { ANY_MACHINE, firstStart } from './first-start.ts';

/** The AppProject of everything in the repository. */
export const PROJECT = 'gitops';

/** The tools that CI installs: a pair that renders what Argo CD does. */
const CI_TOOLS = { helm: 'v3.21.4', kustomize: 'v5.8.1' };

/** What the files at the root place. */
export function rootView(request: InitRequest) {
  const first = mainEnvironment(request);
  const overlays = request.layout === 'overlays';
  return {
    title: titleOf(request.repoUrl),
    package: request.package ?? '',
    shards: request.shards > 1 ? shardsView(request.shards) : false,
    repoUrl: request.repoUrl,
    environments: [...request.environments, ...(overlays ? [INFRASTRUCTURE] : [])].map(name => ({
      name: folderOf(request, name),
      rooted: request.style === 'app-of-apps',
      hostPattern: request.hostPatterns[name] ?? '{app}.{domain}',
    })),
    overlays: overlays
      ? request.environments.map(name => ({ name, hostPattern: request.hostPatterns[name] ?? '' }))
      : false,
    rooted: request.style === 'app-of-apps',
    first: folderOf(request, first),
    several: request.domains.length > 1,
    hostPattern: request.hostPatterns[request.environments[0] ?? ''] ?? '',
    domains: domainViews(request.domains),
    domainList: request.domains.join(', '),
    gateway: {
      ...request.gateway,
      sectionName: request.gateway.sectionName ?? '',
      passthrough: request.gateway.passthrough ?? '',
    },
    mirror: request.imagePrefix?.mirror ?? '',
    prefixFile: request.imagePrefix?.file ?? '',
    email: request.email ?? '',
    language: request.language,
    keep: request.onRemoval === 'keep',
    steps: firstStart(request, ANY_MACHINE).map(({ text, commands }, index) => ({
      number: index + 1,
      text: text[request.language],
      commands,
    })),
    ...CI_TOOLS,
  };
}

function shardsView(count: number) {
  return {
    count,
    list: shardMatrix(count)
      .include.map(({ shard }) => shard)
      .join(', '),
  };
}

/** Where the apps of an environment lie. */
function folderOf({ gitops }: Pick<InitRequest, 'gitops'>, environment: string): string {
  return gitops === 'flux' ? `apps/${environment}` : environment;
}

/** What the templates of gateway and certificates say of each domain. */
export function domainViews(domains: readonly string[]) {
  return domains.map(name => {
    const slug = name.replaceAll('.', '-');
    return {
      name,
      wildcard: `*.${name}`,
      listener: `https-${slug}`,
      wildcardListener: `https-wildcard-${slug}`,
      certificate: `${slug}-cert`,
    };
  });
}

/** The name of the ClusterIssuer: only somebody with an address gets certificates of Let's Encrypt. */
export function issuerOf({ email }: Pick<InitRequest, 'email'>): string {
  return email === undefined ? 'self-signed' : 'letsencrypt';
}

function titleOf(repoUrl: string): string {
  return /(?<![^/:])([^/:]+)\/?$/.exec(repoUrl)?.[1]?.replace(/\.git$/, '') ?? 'GitOps';
}

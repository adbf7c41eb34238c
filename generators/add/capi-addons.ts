import { inRepository } from '../../src/charts/address.ts';
import { findUses } from '../../src/deliveries/find-uses.ts';
import { readDeliveries } from '../../src/deliveries/read-deliveries.ts';
import { UserError } from '../../src/errors.ts';
import { say } from '../../src/locales/say.ts';
import { ownAddress, ownRepositories } from '../../src/repository/own-repositories.ts';
import type { Addon } from '../../src/scaffold/capi/cluster-app.ts';
import { display } from '../../src/text/display.ts';
import type { AppContext } from '../new-app/generator.ts';
import { CAPI_QUESTIONS } from './capi-questions.ts';

type Known = { chart: string; repo: string; namespace: string; wave: number };

/** What a cluster needs before anything else runs in it, and what takes over from there. */
const KNOWN = {
  cilium: { chart: 'cilium', repo: 'https://helm.cilium.io', namespace: 'kube-system', wave: 1 },
  calico: {
    chart: 'tigera-operator',
    repo: 'https://docs.tigera.io/calico/charts',
    namespace: 'tigera-operator',
    wave: 1,
  },
  'argo-cd': { chart: 'argo-cd', repo: 'https://argoproj.github.io/argo-helm', namespace: 'argocd', wave: 2 },
  flux: {
    chart: 'flux-operator',
    repo: 'oci://ghcr.io/controlplaneio-fluxcd/charts',
    namespace: 'flux-system',
    wave: 2,
  },
} as const satisfies Record<string, Known>;

const NONE = 'none';

/** The words of the charts that the cluster begins with. */
export async function askAddons(context: AppContext): Promise<string[]> {
  const { ask } = context;
  const answer = await ask.text(CAPI_QUESTIONS.addons, {
    value: suggested(context),
    why: say('capi.usualAddons'),
    sure: true,
  });
  const words = (answer ?? NONE).split(',').map(word => word.trim());
  return words.length === 1 && words[0] === NONE ? [] : words;
}

/** The charts as the repository has them, else the newest. @throws UserError E_VALUE, and what keeps a chart from being found */
export function findAddons(context: AppContext, words: readonly string[]): Promise<Addon[]> {
  return Promise.all(words.map(word => addonOf(context, word)));
}

/** Who deploys here deploys there: each cluster takes its own apps from Git. */
function suggested({ gitops: { repository } }: AppContext): string {
  const uses = findUses(repository).map(({ name }) => name);
  const cni = uses.includes('tigera-operator') ? 'calico' : 'cilium';
  const isFlux = readDeliveries(repository).flux.length > 0 && !uses.includes('argo-cd');
  return `${cni},${isFlux ? 'flux' : 'argo-cd'}`;
}

async function addonOf(context: AppContext, word: string): Promise<Addon> {
  const known: Known | undefined = Object.hasOwn(KNOWN, word) ? KNOWN[word as keyof typeof KNOWN] : undefined;
  if (!known)
    throw new UserError('E_VALUE', say('capi.noAddon', { word: display(word) }), {
      hint: say('capi.knownAddons', { words: [...Object.keys(KNOWN), NONE].join(', ') }),
    });
  const own = findUses(context.gitops.repository).find(
    ({ name, version, source, held }) =>
      name === known.chart && version.kind === 'exact' && source !== undefined && !held?.includes('${'),
  );
  const repo = own?.source ?? known.repo;
  const version = own?.version.text ?? (await newest(context, known));
  return { ...known, name: word, repo, version, values: word === 'argo-cd' ? rootOf(context) : [] };
}

async function newest({ charts }: AppContext, { chart, repo }: Known): Promise<string> {
  const address = inRepository(chart, repo);
  return charts.choose(address, await charts.versions(address), undefined).release.version;
}

/** Argo CD begins with the root of its own cluster; without the address of the repository nobody can say it. */
function rootOf({ gitops: { repository } }: AppContext): string[] {
  const { objects } = readDeliveries(repository);
  const url = ownAddress(ownRepositories(objects, repository.text), objects);
  if (url === undefined) return [];
  return [
    'extraObjects:',
    '  - apiVersion: argoproj.io/v1alpha1',
    '    kind: Application',
    '    metadata:',
    '      name: root',
    '      namespace: argocd',
    '    spec:',
    '      project: default',
    '      source:',
    `        repoURL: ${JSON.stringify(url)}`,
    '        targetRevision: HEAD',
    '        path: clusters/{{ .Cluster.metadata.name }}',
    '      destination:',
    '        server: https://kubernetes.default.svc',
    '        namespace: argocd',
  ];
}

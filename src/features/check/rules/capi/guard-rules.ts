import { say } from '../../../../locales/say.ts';
import { FLUX_MANAGER } from '../../../../repository/applying.ts';
import { isCapiCluster, isOfCapi, isProviderIdentity, secretsNamedIn } from '../../../../repository/capi.ts';
import type { Severity } from '../../../../repository/rule-level.ts';
import { annotationsOf, syncOptionsIn } from '../../facts/annotations.ts';
import type { AppFacts, ObjectFacts } from '../../facts/app-facts.ts';
import type { Diagnostic } from '../../finding.ts';
import type { AppRule } from '../../rule.ts';

/** One line taken out of Git must not take a cluster with it: machines, volumes and all that runs there. */
export const capiDeleteUnguarded: AppRule = {
  scope: 'app',
  severity: 'error',
  title: say('rules.capiDeleteUnguarded'),
  check: facts =>
    clustersIn(facts).flatMap(object => {
      const missing = openWays(facts, object, ['confirm', 'false']);
      if (missing.length === 0) return [];
      const { name } = object;
      return [
        {
          ...object.at('metadata'),
          ...milder(facts),
          message: say('rules.capiClusterGoes', { name, by: syncerOf(facts) }),
          hint: guardHint(facts, 'confirm'),
        },
      ];
    }),
};

/** A cluster's own deletion needs its namespace, and the identity by which its machines are taken down, until the end. */
export const capiNamespaceTogether: AppRule = {
  scope: 'app',
  severity: 'warning',
  title: say('rules.capiNamespaceTogether'),
  check: facts => {
    const clusters = clustersIn(facts);
    if (clusters.length === 0) return [];
    return neededByDeletion(facts, clusters).flatMap((object): Diagnostic[] => {
      // Confirmed once, all that asked goes at the same time.
      if (openWays(facts, object, ['false']).length === 0) return [];
      const { kind, name } = object;
      const cluster = clusters[0]?.name ?? '';
      return [
        {
          ...object.at('metadata'),
          ...milder(facts),
          message: say('rules.capiGoesTogether', { kind, name, cluster }),
          hint: guardHint(facts, 'false'),
        },
      ];
    });
  },
};

/** Without validation a misspelt field of a Cluster is dropped, and nobody hears of it. */
export const capiValidateOff: AppRule = {
  scope: 'app',
  severity: 'warning',
  title: say('rules.capiValidateOff'),
  check: facts => {
    const own = facts.objects.filter(({ listed, apiVersion }) => listed && isOfCapi(apiVersion));
    if (facts.applying?.validates === false && own[0]) return [unchecked(own[0], true)];
    return own
      .filter(object => syncOptionsIn(annotationsOf(facts, object)).has('Validate=false'))
      .map(object => unchecked(object, false));
  },
};

function unchecked(object: ObjectFacts, ofApp: boolean): Diagnostic {
  const { kind, name } = object;
  return {
    ...object.at(),
    message: ofApp
      ? say('rules.capiAppUnchecked', { kind, name })
      : say('rules.capiObjectUnchecked', { kind, name }),
    hint: say('rules.capiValidateHint'),
  };
}

function clustersIn({ objects }: AppFacts): ObjectFacts[] {
  return objects.filter(object => object.listed && isCapiCluster(object));
}

/** The Namespaces of the clusters, the identities of their provider, and the Secrets that these read. */
function neededByDeletion(facts: AppFacts, clusters: readonly ObjectFacts[]): ObjectFacts[] {
  const listed = facts.objects.filter(object => object.listed);
  const fallback = facts.root?.namespace ?? facts.deployedTo?.namespace;
  const namespaces = new Set(clusters.map(({ namespace }) => namespace ?? fallback));
  // Kustomize gives its own name to a Namespace that it places.
  const isPlaced = facts.root?.namespace !== undefined && namespaces.has(facts.root.namespace);
  const identities = listed.filter(isProviderIdentity);
  const secrets = new Set(identities.flatMap(({ body }) => secretsNamedIn(body)));
  return listed.filter(
    object =>
      identities.includes(object) ||
      (object.kind === 'Namespace' && (isPlaced || namespaces.has(object.name))) ||
      (/^(?:Sealed|External)?Secret$/.test(object.kind) && secrets.has(object.name)),
  );
}

/** The ways in which an object can be deleted without a word: by what syncs it, as far as that is known. */
function openWays(facts: AppFacts, object: ObjectFacts, guards: readonly string[]): string[] {
  const { applying } = facts;
  if (applying?.prunes === false) return [];
  const annotations = annotationsOf(facts, object);
  if (annotations['kustomize.toolkit.fluxcd.io/prune'] === 'disabled' && !isArgo(facts)) return [];
  if (isFlux(facts)) return ['prune'];
  const options = syncOptionsIn(annotations);
  return ['Prune', 'Delete'].filter(way => !guards.some(guard => options.has(`${way}=${guard}`)));
}

function isFlux({ applying }: AppFacts): boolean {
  return applying?.manager === FLUX_MANAGER;
}

function isArgo(facts: AppFacts): boolean {
  return facts.applying !== undefined && !isFlux(facts);
}

/** Where nothing in the repository says who syncs, nobody knows whether it prunes. */
function milder({ applying }: AppFacts): { severity?: Severity } {
  return applying === undefined ? { severity: 'note' } : {};
}

function syncerOf(facts: AppFacts): string {
  return isFlux(facts) ? 'Flux' : 'Argo CD';
}

function guardHint(facts: AppFacts, guard: 'confirm' | 'false') {
  if (isFlux(facts)) return say('rules.capiGuardFlux');
  return guard === 'confirm' ? say('rules.capiGuardConfirm') : say('rules.capiGuardFalse');
}

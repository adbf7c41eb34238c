import { addTo } from '../../../data/append.ts';
import { say } from '../../../locales/say.ts';
import type { ListedApplication } from '../../../repository/applications.ts';
import { display } from '../../../text/display.ts';
import { nearest } from '../../../text/nearest.ts';
import { landsOn, sameServer } from '../../../repository/cluster-summary.ts';
import type { RepositoryDiagnostic, RepositoryFacts } from '../facts/repository-facts.ts';
import type { RepositoryRule } from '../rule.ts';
import { fewNames } from './few-names.ts';

/** A file that is half written, or declares a name that another one has, declares no cluster. */
export const clusterInvalid: RepositoryRule = {
  scope: 'repository',
  severity: 'error',
  title: say('rules.clusterInvalid'),
  check: ({ declared: { problems } }) =>
    problems.map(({ file, why }) => ({
      file: file.replace(/(?::\d{1,9}){2}$/, ''),
      isOfNoApp: true,
      message: why,
      hint: say('repository.clusterHint'),
    })),
};

/** Argo CD syncs nothing to a cluster that it does not know. */
export const clusterUnknown: RepositoryRule = {
  scope: 'repository',
  severity: 'warning',
  title: say('rules.clusterUnknown'),
  check: facts => {
    const said = new Set<string>();
    return facts.applications.flatMap(({ name, from, cluster }) => {
      const id = `${from} ${cluster}`;
      if (cluster === undefined || said.has(id) || isDeclared(facts, cluster)) return [];
      said.add(id);
      return [unknown(facts, { name, from, cluster })];
    });
  },
};

/** What is sealed, or said nowhere, may be the one that is meant. */
function isDeclared({ declared: { clusters } }: RepositoryFacts, cluster: string): boolean {
  if (clusters.length === 0 || cluster === 'in-cluster') return true;
  const isServer = /^https?:\/\//.test(cluster);
  return clusters.some(({ name, server }) => {
    const own = isServer ? server : name;
    return own === undefined || (isServer ? sameServer(own, cluster) : own === cluster);
  });
}

type Unknown = { name: string; from: string; cluster: string };

function unknown({ declared }: RepositoryFacts, { name, from, cluster }: Unknown): RepositoryDiagnostic {
  const near = nearest(
    cluster,
    declared.clusters.flatMap(each => each.name ?? []),
  );
  return {
    file: from,
    isOfNoApp: true,
    message: say('rules.sayClusterUnknown', { name: display(name), cluster: display(cluster) }),
    hint:
      near === undefined
        ? say('rules.hintClusterUnknown')
        : say('rules.hintClusterNear', { near: display(near) }),
  };
}

/** Namespaces that every cluster has: whoever deploys into one does not own it. */
const SHARED = new Set(['default', 'kube-system', 'kube-public', 'kube-node-lease']);

/** Two instances of Argo CD that deploy into one namespace prune each other's objects, and neither shows it. */
export const clusterTwoMasters: RepositoryRule = {
  scope: 'repository',
  severity: 'warning',
  title: say('rules.clusterTwoMasters'),
  check: facts => {
    const byPlace = new Map<string, { application: ListedApplication; isOwn: boolean; cluster: string }[]>();
    for (const application of facts.applications) {
      const { cluster, isOwn } = landsOn(facts, application);
      const { namespace } = application;
      if (cluster === undefined || namespace === undefined || SHARED.has(namespace)) continue;
      addTo(byPlace, JSON.stringify([cluster, namespace]), { application, isOwn, cluster });
    }
    return [...byPlace.values()].flatMap(all => {
      const [own, other] = [true, false].map(wanted => all.find(({ isOwn }) => isOwn === wanted));
      return own && other ? [twoMasters(own.application, other.application, own.cluster)] : [];
    });
  },
};

function twoMasters(own: ListedApplication, other: ListedApplication, cluster: string): RepositoryDiagnostic {
  return {
    file: own.from,
    isOfNoApp: true,
    message: say('rules.sayClusterTwoMasters', {
      namespace: display(own.namespace ?? ''),
      cluster: display(cluster),
      own: display(own.name),
      other: display(other.name),
      file: display(other.from),
    }),
    hint: say('rules.hintClusterTwoMasters'),
  };
}

/** On fewer clusters it is seen at once. */
const MANY_CLUSTERS = 3;

/** One commit changes all of them at once, the one that breaks production too. */
export const blastRadius: RepositoryRule = {
  scope: 'repository',
  severity: 'note',
  title: say('rules.blastRadius'),
  check: ({ sets, applications }) => {
    const reached = new Map<string, Set<string>>();
    for (const { from, set, cluster } of applications) {
      const id = `${from} ${set}`;
      if (cluster !== undefined) reached.set(id, (reached.get(id) ?? new Set()).add(cluster));
    }
    return sets.flatMap(({ set, file, document, automated, hasSteps }) => {
      const clusters = [...(reached.get(`${file} ${set}`) ?? [])];
      if (clusters.length < MANY_CLUSTERS || automated === 0 || hasSteps) return [];
      const words = { set: display(set), count: clusters.length, names: fewNames(clusters) };
      const about = { file, document, steps: ['spec', 'generators'], isOfNoApp: true as const };
      return [{ ...about, message: say('rules.sayBlastRadius', words), hint: say('rules.hintBlastRadius') }];
    });
  },
};

/** Whoever gets into the hub has every cluster that it holds a credential of. */
export const hubHoldsAdmin: RepositoryRule = {
  scope: 'repository',
  severity: 'note',
  title: say('rules.hubHoldsAdmin'),
  check: ({ declared: { clusters } }) => {
    const held = clusters.filter(({ isHeldWhole }) => isHeldWhole);
    const [first] = held;
    if (!first) return [];
    const names = fewNames(held.map(({ name, file }) => name ?? file));
    return [
      {
        file: first.file,
        isOfNoApp: true,
        message: say('rules.sayHubHoldsAdmin', { count: held.length, names }),
        hint: say('rules.hintHubHoldsAdmin'),
      },
    ];
  },
};

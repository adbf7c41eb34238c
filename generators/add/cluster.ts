import type {
  ClusterContext,
  ClusterRequest,
  PlannedCluster,
} from '../../src/features/add/cluster/cluster-writing.ts';
import { planCluster } from '../../src/features/add/cluster/plan-cluster.ts';
import { UserError } from '../../src/errors.ts';
import { parseClusterPart } from '../../src/repository/names.ts';
import { controlledByOf, isClusterLabel, isServer } from '../../src/repository/clusters.ts';
import { isOwnServer } from '../../src/repository/sets/clusters.ts';
import { say } from '../../src/locales/say.ts';
import { display } from '../../src/text/display.ts';
import { allGiven } from '../new-app/ask-context.ts';
import { requireOnce } from '../clashes.ts';
import type { Generator } from '../generator.ts';
import type { Question } from '../question.ts';

/** What `add cluster` asks; its name stands where other additions name their app. */
export const CLUSTER_QUESTIONS = {
  name: {
    flag: 'app',
    value: '<cluster>',
    positional: true,
    help: say('add.clusterName'),
    message: say('add.clusterName'),
    parse: parseClusterName,
  },
  controlledBy: {
    flag: 'controlled-by',
    value: '<self|hub|group:…|agent:hub|flux>',
    help: say('add.clusterControlledBy'),
    message: say('add.clusterControlledBy'),
    parse: parseMaster,
  },
  label: {
    flag: 'label',
    value: '<key=value>',
    repeatable: true,
    help: say('add.clusterLabel'),
    parse: text => (labelOf(text), text),
  },
  group: {
    flag: 'group',
    value: '<group>',
    help: say('add.clusterGroup'),
    parse: text => parseClusterPart(text, say('repository.aGroup')),
  },
  server: {
    flag: 'server',
    value: '<url>',
    help: say('add.clusterServer'),
    parse: parseServer,
  },
  tenants: {
    flag: 'tenants',
    value: '<folder>',
    notWith: [{ flag: 'controlled-by', values: ['flux', 'agent'] }],
    help: say('add.clusterTenants'),
    parse: parseTenants,
  },
} as const satisfies Record<string, Question>;

/** What was answered, and what it comes to. */
export type AskedCluster = { request: ClusterRequest; plan: PlannedCluster };

/** `slipway add cluster`: facts of a cluster, and what its master needs to reach it. */
export const clusterGenerator: Generator<ClusterContext, AskedCluster> = {
  name: 'add cluster',
  description: say('add.clusterOfFleet'),
  questions: Object.values(CLUSTER_QUESTIONS),
  ask: async context => {
    const request = await askCluster(context);
    return { request, plan: await planCluster(context, request) };
  },
  plan: (_, { plan }) => Promise.resolve(plan.changes),
};

const MASTERS = ['self', 'hub', 'agent:hub', 'flux'];

async function askCluster(context: ClusterContext): Promise<ClusterRequest> {
  const { ask } = context;
  const name = await ask.text(CLUSTER_QUESTIONS.name);
  const choices = MASTERS.map(value => ({ value, name: value }));
  const controlledBy = await ask.choose(CLUSTER_QUESTIONS.controlledBy, choices);
  ask.requireAnswers();
  const given = ask.given(CLUSTER_QUESTIONS.label);
  const labels = given === undefined ? [] : allGiven(context, 'label').map(labelOf);
  requireOnce(
    'label',
    labels.map(([key]) => key),
  );
  return {
    name: name ?? '',
    controlledBy: controlledBy ?? '',
    labels: labels.map(([key, value]) => ({ key, value })),
    group: ask.given(CLUSTER_QUESTIONS.group),
    server: ask.given(CLUSTER_QUESTIONS.server),
    tenants: ask.given(CLUSTER_QUESTIONS.tenants),
  };
}

function labelOf(text: string): [string, string] {
  const [, key, value] = /^([^=]+)=(.*)$/.exec(text) ?? [];
  if (key !== undefined && value !== undefined && isClusterLabel(key)) return [key, value];
  throw new UserError('E_VALUE', say('add.clusterNoLabel', { text: display(text) }), {
    hint: say('add.clusterLabelHint'),
  });
}

/** Argo CD calls the cluster that it runs in so, and no other. */
function parseClusterName(text: string): string {
  const name = parseClusterPart(text, say('repository.aCluster'));
  if (name !== 'in-cluster') return name;
  throw new UserError('E_NAME', say('add.clusterReserved', { text: name }), {
    hint: say('add.clusterReservedHint'),
  });
}

function parseMaster(text: string): string {
  if (controlledByOf(text)) return text;
  throw new UserError(
    'E_VALUE',
    say('repository.cannotBe', { input: display(text), what: say('add.aMaster') }),
    {
      hint: say('add.aMasterHint'),
    },
  );
}

function parseServer(text: string): string {
  const hint = say('add.clusterServerHint');
  if (!isServer(text)) throw new UserError('E_VALUE', say('add.clusterNoServer'), { hint });
  if (!isOwnServer(text)) return text;
  throw new UserError('E_VALUE', say('add.clusterReserved', { text: display(text) }), { hint });
}

/** Folders one below the other, of plain names. */
function parseTenants(text: string): string {
  return text
    .replace(/(?<!\/)\/+$/, '')
    .split('/')
    .map(part => parseClusterPart(part, say('repository.aFolder')))
    .join('/');
}

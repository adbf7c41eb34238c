import { UserError } from '../../../errors.ts';
import { say } from '../../../locales/say.ts';
import {
  CLUSTER_SCHEMA_LINE,
  reachedAt,
  readCluster,
  requireClusters,
} from '../../../repository/clusters.ts';
import { createDrafts } from '../../../repository/drafts.ts';
import { renderTemplate } from '../../../repository/templates.ts';
import {
  type ClusterContext,
  type ClusterRequest,
  clusterTaken,
  type ClusterWriting,
  type PlannedCluster,
  putFile,
} from './cluster-writing.ts';

/**
 * The facts of a cluster, and what its master needs: stubs for credentials, never one; sets, or a tree of its own.
 * @throws UserError E_CONFIG for what a cluster's file may not say; E_EXISTS for another cluster of the name, or of the address; E_VALUE where its
 * master is not in the repository
 */
export async function planCluster(context: ClusterContext, request: ClusterRequest): Promise<PlannedCluster> {
  const writing: ClusterWriting = {
    context,
    request,
    drafts: createDrafts(context.files),
    notes: [],
    stubs: [],
    steps: [],
  };
  await writeFacts(writing);
  if (request.controlledBy === 'flux') {
    const { planFluxCluster } = await import('./plan-flux-cluster.ts');
    await planFluxCluster(writing);
  } else {
    const { planArgoCluster } = await import('./plan-argo-cluster.ts');
    await planArgoCluster(writing);
  }
  const { drafts, notes, stubs, steps } = writing;
  return { changes: drafts.changes(), notes, stubs, steps };
}

async function writeFacts(writing: ClusterWriting): Promise<void> {
  const { context, request } = writing;
  const { clusterTemplates, gitops, schema } = context;
  const { name } = request;
  const path = `clusters/${name}.yaml`;
  const text = renderTemplate(clusterTemplates['cluster.yaml'], {
    ...request,
    schemaLine: CLUSTER_SCHEMA_LINE,
    group: request.group ?? '',
    server: request.server ?? '',
  });
  const facts = readCluster(text, path);
  const others = requireClusters(gitops.repository.text).filter(({ file }) => file !== path);
  const twin = others.find(each => each.name === name);
  if (twin) throw clusterTaken(twin.file);
  const same = others.find(each => reachedAt(each) === reachedAt(facts));
  if (same) throw sameCluster(same.file);
  await putFile(writing, { path, text, why: say('add.clusterFacts') });
  const schemaFile = '.slipway/cluster.schema.json';
  if ((await writing.drafts.read(schemaFile)) === undefined)
    await putFile(writing, { path: schemaFile, text: schema, why: say('init.editors') });
}

function sameCluster(file: string): UserError {
  return new UserError('E_EXISTS', say('repository.clusterSame', { file }), {
    hint: say('add.clusterOneName'),
    subject: file,
  });
}

import { posix } from 'node:path';
import { readDeliveries } from '../../../deliveries/read-deliveries.ts';
import { UserError } from '../../../errors.ts';
import { say } from '../../../locales/say.ts';
import type { Repository } from '../../../repository/model.ts';
import { renderTemplate } from '../../../repository/templates.ts';
import { addEnvironment, type ClusterWriting, putFile, shareFile } from './cluster-writing.ts';

/**
 * A cluster of Flux: a root of its own that `flux bootstrap` takes, or, where its API server is told, a Kustomization of the Flux that
 * is there, which applies to it from outside.
 * @throws UserError E_VALUE where no cluster here has a Flux that could
 */
export async function planFluxCluster(writing: ClusterWriting): Promise<void> {
  const { request, context } = writing;
  const { name, server } = request;
  const list = renderTemplate(context.shared['flux/list.yaml'], {});
  await shareFile(writing, {
    path: `apps/${name}/kustomization.yaml`,
    text: list,
    why: say('init.listsApps'),
  });
  await addEnvironment(writing, `apps/${name}`);
  await (server === undefined ? writeRoot(writing) : writeSpoke(writing));
}

async function writeRoot(writing: ClusterWriting): Promise<void> {
  const { request, context } = writing;
  const { name } = request;
  for (const file of ['infrastructure.yaml', 'apps.yaml'] as const)
    await putFile(writing, {
      path: `clusters/${name}/${file}`,
      text: renderTemplate(context.shared[`flux/${file}`], { environment: name }),
      why: say('init.whatClusterBuilds'),
    });
  const list = renderTemplate(context.shared['flux/list.yaml'], {});
  for (const folder of ['infrastructure/controllers', 'infrastructure/configs'])
    await shareFile(writing, {
      path: `${folder}/kustomization.yaml`,
      text: list,
      why: say('init.listsApps'),
    });
  writing.steps.push({
    text: say('init.bootstrapFlux'),
    lines: [
      ['flux', 'bootstrap', 'git', '--context', name, '--path', `clusters/${name}`, '--branch', 'main'],
    ],
  });
}

async function writeSpoke(writing: ClusterWriting): Promise<void> {
  const { request, context } = writing;
  const { name } = request;
  const folder = `${hubOf(context.gitops.repository)}/${name}`;
  const secret = `${name}-kubeconfig`;
  const templates = context.clusterTemplates;
  await putFile(writing, {
    path: `${folder}/apps.yaml`,
    text: renderTemplate(templates['spoke.yaml'], { cluster: name, name: `apps-${name}`, secret }),
    why: say('add.clusterSpoke', { name }),
  });
  await putFile(writing, {
    path: `${folder}/kustomization.yaml`,
    text: renderTemplate(templates['argo-cd.yaml'], {
      argoNamespace: 'flux-system',
      resources: ['apps.yaml'],
    }),
    why: say('scaffold.whatKustomizeBuilds'),
  });
  const stub = `${folder}/kubeconfig-sealedsecret.yaml`;
  await putFile(writing, {
    path: stub,
    text: renderTemplate(templates['kubeconfig.yaml'], { cluster: name, name: secret }),
    why: say('add.clusterStub'),
  });
  writing.stubs.push(stub);
}

/** The folder of the cluster whose Flux is to reach others: the first that a Kustomization stands in. */
function hubOf(repository: Repository): string {
  const files = readDeliveries(repository).flux.map(({ object }) => object.at.file);
  const [hub] = files.map(file => posix.dirname(file)).filter(folder => /^clusters\/[^/]+$/.test(folder));
  if (hub !== undefined) return hub;
  throw new UserError('E_VALUE', say('add.clusterNoFlux'), { hint: say('add.clusterNoFluxHint') });
}

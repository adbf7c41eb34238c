import { readDeliveries } from '../../../deliveries/read-deliveries.ts';
import { UserError } from '../../../errors.ts';
import { say } from '../../../locales/say.ts';
import type { Repository } from '../../../repository/model.ts';
import { renderTemplate } from '../../../repository/templates.ts';
import { mainOf } from '../../../scaffold/app-request.ts';
import { display } from '../../../text/display.ts';
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
  const folder = `clusters/${hubOf(writing)}/${name}`;
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

/** The cluster whose Flux is to reach another: the one that does already, else that of production, else of the first environment. */
function hubOf({ request, context, notes }: ClusterWriting): string {
  const { configuration, repository } = context.gitops;
  const { name } = request;
  const hubs = hubsIn(repository);
  const there = hubs.find(each => repository.text.has(`clusters/${each}/${name}/apps.yaml`));
  if (there !== undefined) return there;
  const environments = (configuration.environments ?? repository.environments).map(each =>
    each.slice(each.lastIndexOf('/') + 1),
  );
  const own = environments.filter(each => hubs.includes(each));
  const hub = mainOf(own.length > 0 ? own : hubs);
  if (hub === '')
    throw new UserError('E_VALUE', say('add.clusterNoFlux'), { hint: say('add.clusterNoFluxHint') });
  if (hubs.length > 1)
    notes.push(
      say('add.clusterOfHub', { hub: display(hub), name, folder: display(`clusters/${hub}/${name}`) }),
    );
  return hub;
}

/** The clusters in whose folders a Kustomization stands that their own Flux applies. */
function hubsIn(repository: Repository): string[] {
  const files = readDeliveries(repository).flux.map(({ object }) => object.at.file);
  return [...new Set(files.flatMap(file => /^clusters\/([^/]+)\/[^/]+$/.exec(file)?.[1] ?? []))];
}

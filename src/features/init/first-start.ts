import { commandLine } from '../../cli/command-line.ts';
import { say } from '../../locales/say.ts';
import type { Text } from '../../text/language.ts';
import { type InitRequest, MAIN_CLUSTER, mainEnvironment } from './init-request.ts';

/** One step from a new repository to a cluster that runs it. */
export type StartStep = { text: Text; commands: string[] };

/** What the lines are made of. */
export type StartTools = {
  /** The words that start slipway, and those that build a folder; undefined where this machine cannot build and apply. */
  slipway: readonly string[];
  build: readonly string[] | undefined;
  /** Whether the folder is in git already, and git knows where to push. */
  isGit: boolean;
  hasOrigin: boolean;
  /** The environments whose cluster a FluxInstance of the repository syncs already. */
  synced: readonly string[];
};

/** What README.md tells whoever comes later: on a machine of their own, from the beginning. */
export const ANY_MACHINE: StartTools = {
  slipway: ['slipway'],
  build: ['kustomize', 'build', '--enable-helm', '--load-restrictor', 'LoadRestrictionsNone'],
  isGit: false,
  hasOrigin: false,
  synced: [],
};

/**
 * As Argo CD applies: what it does not own by its own name it never takes out of the cluster again.
 */
const APPLY = 'kubectl apply --server-side --field-manager=argocd-controller -f -';

type Asked = Pick<InitRequest, 'gitops' | 'environments' | 'layout' | 'style' | 'email' | 'repoUrl'>;

/** What a person does once, in order. */
export function firstStart(request: Asked, tools: StartTools): StartStep[] {
  const home = mainEnvironment(request);
  const { build, slipway } = tools;
  if (request.gitops === 'flux') return fluxStart(request, tools);
  const publish = { text: say('init.putRepositoryWhereArgoCd'), commands: publishing(request, tools) };
  if (build === undefined) return [publish, { text: say('init.restInReadme'), commands: [] }];
  const apply = (app: string): string => `${commandLine([...build, `${home}/${app}`])} | ${APPLY}`;
  const stub = `${home}/argo-cd/resources/repository-sealedsecret.yaml`;
  const controller = ['--from-cluster', '--controller', 'sealed-secrets/sealed-secrets'];
  return [
    publish,
    {
      text: say('init.startControllerOpensSealedSecrets'),
      commands: [apply('sealed-secrets')],
    },
    {
      text: say('init.sealWhatStubsSealedsecretYaml'),
      commands: [commandLine([...slipway, 'seal', '--into', stub, ...controller])],
    },
    {
      text: say('init.startArgoCdSecondTime'),
      commands: [apply('argo-cd'), apply('argo-cd')],
    },
    ...(request.style === 'app-of-apps' ? [ROOT_STEP] : []),
  ];
}

const ROOT_STEP: StartStep = {
  text: say('init.startRoot'),
  commands: [`kubectl apply --server-side -f clusters/${MAIN_CLUSTER}/root.yaml`],
};

/** Flux commits itself into the repository; how it gets access is asked by its own program. */
function fluxStart(request: Asked, tools: StartTools): StartStep[] {
  const url = request.repoUrl.replace(/^([\w.-]+@[\w.-]+):(?!\/\/)/, 'ssh://$1/');
  // The operator starts Flux and writes nothing into the repository.
  const others = request.environments.filter(environment => !tools.synced.includes(environment));
  const bootstrap = (environment: string): string =>
    commandLine([
      'flux',
      'bootstrap',
      'git',
      '--url',
      url,
      '--branch',
      'main',
      '--path',
      `clusters/${environment}`,
    ]);
  return [
    { text: say('init.putRepositoryWhereFlux'), commands: publishing(request, tools) },
    ...(others.length > 0 ? [{ text: say('init.bootstrapFlux'), commands: others.map(bootstrap) }] : []),
    { text: say('init.sealWhatStubsHold'), commands: [] },
  ];
}

function publishing(
  { repoUrl }: Asked,
  { isGit, hasOrigin }: Pick<StartTools, 'isGit' | 'hasOrigin'>,
): string[] {
  const remote = hasOrigin ? [] : [`${commandLine(['git', 'remote', 'add', 'origin', repoUrl])} && `];
  return [
    ...(isGit ? [] : ['git init --initial-branch=main']),
    "git add --all && git commit -m 'feat: bootstrap'",
    `${remote.join('')}git push -u origin HEAD`,
  ];
}

import type { Text } from '../../text/language.ts';
import { type InitRequest, mainEnvironment } from './init-request.ts';
import { say } from '../../locales/say.ts';

/** One step from a new repository to a cluster that runs it. */
export type StartStep = { text: Text; commands: string[] };

const BUILD = 'kustomize build --enable-helm --load-restrictor LoadRestrictionsNone';

/** What a person does once, in order. */
export function firstStart(request: Pick<InitRequest, 'environments' | 'email' | 'repoUrl'>): StartStep[] {
  const home = mainEnvironment(request);
  const apply = (app: string): string => `${BUILD} ${home}/${app} | kubectl apply --server-side -f -`;
  return [
    {
      text: say('init.putRepositoryWhereArgoCd'),
      commands: [
        'git init --initial-branch=main',
        'git add --all && git commit -m "feat: bootstrap"',
        `git remote add origin ${request.repoUrl} && git push -u origin main`,
      ],
    },
    {
      text: say('init.startControllerOpensSealedSecrets'),
      commands: [apply('sealed-secrets')],
    },
    {
      text: say('init.sealWhatStubsSealedsecretYaml'),
      commands: ['slipway seal --from-cluster --controller sealed-secrets/sealed-secrets --help'],
    },
    {
      text: say('init.startArgoCdSecondTime'),
      commands: [apply('argo-cd'), apply('argo-cd')],
    },
  ];
}

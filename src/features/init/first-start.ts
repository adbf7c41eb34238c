import type { Text } from '../../text/language.ts';
import { type InitRequest, mainEnvironment } from './init-request.ts';

/** One step from a new repository to a cluster that runs it. */
export type StartStep = { text: Text; commands: string[] };

const BUILD = 'kustomize build --enable-helm --load-restrictor LoadRestrictionsNone';

/** What a person does once, in order. */
export function firstStart(request: Pick<InitRequest, 'environments' | 'email' | 'repoUrl'>): StartStep[] {
  const home = mainEnvironment(request);
  const apply = (app: string): string => `${BUILD} ${home}/${app} | kubectl apply --server-side -f -`;
  return [
    {
      text: {
        en: 'Put the repository where Argo CD reads it.',
        'zh-CN': '把仓库推送到 Argo CD 读取的位置。',
      },
      commands: [
        'git init --initial-branch=main',
        'git add --all && git commit -m "feat: bootstrap"',
        `git remote add origin ${request.repoUrl} && git push -u origin main`,
      ],
    },
    {
      text: {
        en: 'Start the controller that opens sealed secrets.',
        'zh-CN': '启动解密 Secret 的控制器。',
      },
      commands: [apply('sealed-secrets')],
    },
    {
      text: {
        en: `Seal what the stubs (\`*-sealedsecret.yaml\`) ask for and list each under \`resources\`; delete the stub of the repository if it is public.`,
        'zh-CN':
          '按占位文件（`*-sealedsecret.yaml`）的说明加密并列入 `resources`；仓库公开时删除 repository 的占位文件。',
      },
      commands: ['slipway seal --from-cluster --controller sealed-secrets/sealed-secrets --help'],
    },
    {
      text: {
        en: 'Start Argo CD; the second time its own kinds exist. From here on it takes care of itself and of all others.',
        'zh-CN': '启动 Argo CD；第二次执行时它自己的资源类型已存在。此后它会管理自身和其他所有应用。',
      },
      commands: [apply('argo-cd'), apply('argo-cd')],
    },
  ];
}

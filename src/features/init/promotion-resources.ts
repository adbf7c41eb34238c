import { renderTemplate } from '../../repository/templates.ts';
import type { AppResource } from '../../scaffold/app-request.ts';
import { say } from '../../locales/say.ts';
import type { InitRequest } from './init-request.ts';
import type { InitTemplates } from './init-templates.ts';

/** A repository as GitOps Promoter names it; `domain` is empty for the forge that everybody means. */
export type Forge = { forge: 'github' | 'gitlab'; domain: string; owner: string; name: string };

/** The forge, owner and name in the URL of a repository; undefined for a forge that GitOps Promoter needs more of. */
export function forgeOf(repoUrl: string): Forge | undefined {
  const match = /^(?:[a-z]+:\/\/(?:[^@/]+@)?|[\w.-]+@)([\w.-]+)(?::\d+)?[/:](.+?)(?:\.git)?\/?$/i.exec(
    repoUrl,
  );
  const [, host = '', path = ''] = match ?? [];
  const forge = (['github', 'gitlab'] as const).find(name => host.toLowerCase().split('.').includes(name));
  const at = path.lastIndexOf('/');
  if (!forge || at < 1) return undefined;
  return {
    forge,
    domain: host === `${forge}.com` ? '' : host,
    owner: path.slice(0, at),
    name: path.slice(at + 1),
  };
}

/** The branch of what runs in an environment; what waits for it is in the one with `-next` behind. */
export function environmentBranch(environment: string): string {
  return `environment/${environment}`;
}

/** What GitOps Promoter works by, and the stubs of its tokens: nothing is listed before these are sealed and its controller is there. */
export function promotionResources(request: InitRequest, templates: InitTemplates): AppResource[] {
  const forge = request.promotion === 'promoter' ? forgeOf(request.repoUrl) : undefined;
  if (!forge) return [];
  const isGithub = forge.forge === 'github';
  const stub = (name: string, keys: readonly string[], label: string): AppResource => ({
    file: `${name}-sealedsecret.yaml`,
    listed: false,
    content: renderTemplate(templates['argo-cd/promotion-sealedsecret.yaml'], { name, keys, label }),
    why: say('init.stubPromotionToken'),
  });
  const access = /^https?:/.test(request.repoUrl) ? ['username', 'password'] : ['sshPrivateKey'];
  return [
    {
      file: 'promotion.yaml',
      listed: false,
      content: renderTemplate(templates['argo-cd/promotion.yaml'], {
        ...forge,
        isGithub,
        // Argo CD lives in the first one, which is promoted to last.
        branches: request.environments.toReversed().map((environment, index, all) => ({
          branch: environmentBranch(environment),
          isLast: index === all.length - 1,
        })),
      }),
      why: say('init.promotesEnvironments'),
    },
    stub('promoter-token', [isGithub ? 'githubAppPrivateKey' : 'token'], ''),
    stub('repository-write', ['url', ...access], 'repository-write'),
  ];
}

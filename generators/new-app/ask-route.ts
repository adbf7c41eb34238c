import { isClear, rankBackends } from '../../src/scaffold/backend.ts';
import type { RouteBlock } from '../../src/scaffold/chart-routes.ts';
import type { Text } from '../../src/text/language.ts';
import type { AppRoute } from '../../src/scaffold/app-request.ts';
import type { RenderedService } from '../../src/repository/rendered.ts';
import { UserError } from '../../src/errors.ts';
import type { GitopsRepository } from '../../src/repository/read-repository.ts';
import type { Suggestion } from '../asker.ts';
import { askBackend } from './ask-backend.ts';
import { allGiven, type AskContext } from './ask-context.ts';
import { askHosts, requireFreeHosts } from './ask-hosts.ts';
import { APP_QUESTIONS } from './questions.ts';

/** A chart's own route values, of which of the app's charts. */
export type RouteOption = { chart: number; block: RouteBlock };

export type RouteFacts = {
  app: string;
  environment: string;
  services: readonly RenderedService[];
  /** The services are a guess: nothing was rendered. */
  unseen: boolean;
  options: readonly RouteOption[];
};

type Facts = RouteFacts & { gitops: GitopsRepository; labels: readonly string[]; t(text: Text): string };

export type ChosenRoute = { route: AppRoute; hosts: string[]; option: RouteOption | undefined };

const NO_ROUTE: ChosenRoute = { route: { kind: 'none' }, hosts: [], option: undefined };

/** Asks how the app is reached: which kind of route, which host names, which Service. */
export async function askRoute(context: AskContext, known: RouteFacts): Promise<ChosenRoute> {
  const { ask, gitops, t } = context;
  const facts: Facts = { ...known, gitops, t, labels: allGiven(context, 'host') };
  const choice = await ask.choose(APP_QUESTIONS.route, routeChoices(facts), suggestRoute(facts));
  if (choice === undefined || choice === 'none') return NO_ROUTE;
  requirePossible(choice, facts);
  const hosts = await askHosts(context, facts);
  requireFreeHosts(hosts, gitops);
  if (choice === 'own' || choice === 'tls') {
    const backend = await askBackend(context, facts);
    return { route: { kind: choice, hosts, backend }, hosts, option: undefined };
  }
  const option = facts.options.find(candidate => routeValue(candidate) === choice) ?? facts.options[0];
  return { route: { kind: 'chart' }, hosts, option };
}

/** `chart`, or `chart:server.httproute` where charts offer several. */
function routeValue({ block }: RouteOption): string {
  return `chart:${block.path.join('.')}`;
}

function routeChoices(facts: Facts): { value: string; name: string }[] {
  const { t } = facts;
  const passthrough = facts.gitops.conventions.gateway?.value.passthrough;
  return [
    ...facts.options.map(option => ({
      value: routeValue(option),
      name: `${t({ en: 'the chart’s own route values', 'zh-CN': 'chart 自带的路由配置' })}: ${option.block.path.join('.')}`,
    })),
    {
      value: 'own',
      name: t({ en: 'an HTTPRoute beside the chart', 'zh-CN': '在 chart 之外写一个 HTTPRoute' }),
    },
    ...(passthrough === undefined
      ? []
      : [
          {
            value: 'tls',
            name: t({
              en: `TLS passthrough (listener ${passthrough})`,
              'zh-CN': `TLS 透传（listener ${passthrough}）`,
            }),
          },
        ]),
    { value: 'none', name: t({ en: 'not at all', 'zh-CN': '不需要' }) },
  ];
}

function suggestRoute(facts: Facts): Suggestion {
  const { gateway, domains } = facts.gitops.conventions;
  const [option, ...others] = facts.options;
  if (!gateway)
    return {
      value: 'none',
      why: { en: 'the repository shows no gateway', 'zh-CN': '仓库中没有 Gateway' },
      sure: true,
    };
  if (!domains && facts.labels.length === 0)
    return {
      value: 'none',
      why: { en: 'the repository shows no domain', 'zh-CN': '仓库中没有域名' },
      sure: true,
    };
  if (option)
    return {
      value: routeValue(option),
      why: { en: 'the chart has route values of its own', 'zh-CN': 'chart 自带路由配置' },
      sure: others.length === 0,
    };
  const backends = rankBackends(facts.services, facts.app);
  if (backends.length === 0)
    return {
      value: 'none',
      why: { en: 'nothing renders a Service', 'zh-CN': '没有渲染出 Service' },
      sure: true,
    };
  return {
    value: 'own',
    why: { en: 'it renders a Service', 'zh-CN': '渲染出了 Service' },
    sure: isClear(backends) && !facts.unseen,
  };
}

function requirePossible(choice: string, { gitops, options }: Facts): void {
  const kinds = ['own', 'tls', 'none', 'chart', ...options.map(routeValue)];
  if (!kinds.includes(choice))
    throw new UserError('E_VALUE', `--route ${choice} is none of ${kinds.join(', ')}`);
  if (!gitops.conventions.gateway)
    throw new UserError('E_VALUE', `--route ${choice} needs a gateway, and the repository shows none`, {
      hint: 'Set gateway in .slipway/config.yaml, or take --route none.',
    });
  if (choice.startsWith('chart') && options.length === 0)
    throw new UserError('E_VALUE', 'the chart has no route values of its own', {
      hint: 'Take --route own or none.',
    });
}

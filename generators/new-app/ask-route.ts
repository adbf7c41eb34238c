import { isClear, rankBackends } from '../../src/scaffold/backend.ts';
import type { RouteBlock } from '../../src/scaffold/chart-routes.ts';
import type { Text } from '../../src/text/language.ts';
import type { AppRoute, Landing } from '../../src/scaffold/app-request.ts';
import type { RenderedService } from '../../src/repository/rendered.ts';
import { UserError } from '../../src/errors.ts';
import type { GitopsRepository } from '../../src/repository/read-repository.ts';
import { gatewayFor } from '../../src/scaffold/route-file.ts';
import type { Suggestion } from '../asker.ts';
import { askBackend } from './ask-backend.ts';
import { allGiven, type AskContext } from './ask-context.ts';
import { requireFreeHosts } from './require-free-hosts.ts';
import { APP_QUESTIONS } from './questions.ts';
import { display } from '../../src/text/display.ts';
import { say } from '../../src/locales/say.ts';
import { hostNames, type HostNaming } from '../../src/scaffold/hosts.ts';

/** A chart's own route values, of which of the app's charts. */
export type RouteOption = { chart: number; block: RouteBlock };

export type RouteFacts = {
  app: string;
  /** The one that hosts are asked for. */
  environment: string;
  /** What is the app's own. */
  folder: string;
  services: readonly RenderedService[];
  /** The services are a guess: nothing was rendered. */
  unseen: boolean;
  options: readonly RouteOption[];
  /** Where an app comes to stand that something else than kustomize installs. */
  landing?: Landing | undefined;
};

type Facts = RouteFacts & { gitops: GitopsRepository; labels: readonly string[]; t(text: Text): string };

export type ChosenRoute = { route: AppRoute; hosts: string[]; option: RouteOption | undefined };

const NO_ROUTE: ChosenRoute = { route: { kind: 'none' }, hosts: [], option: undefined };

/** Asks how the app is reached: which kind of route, which host names, which Service. */
export async function askRoute(context: AskContext, known: RouteFacts): Promise<ChosenRoute> {
  const { ask, gitops, t } = context;
  const facts: Facts = { ...known, gitops, t, labels: allGiven(context, 'host') };
  const suggestion = suggestRoute(facts);
  // Without a Gateway there is nothing to choose.
  const choice =
    (gitops.conventions.gateway ?? gitops.conventions.tlsGateway)
      ? await ask.choose(APP_QUESTIONS.route, routeChoices(facts), suggestion)
      : (ask.given(APP_QUESTIONS.route) ?? ask.decide(APP_QUESTIONS.route, suggestion.value, suggestion.why));
  requireRouteFor(context, choice, suggestion.why);
  if (choice === undefined || choice === 'none') return NO_ROUTE;
  requirePossible(choice, facts);
  const hosts = await askHosts(context, facts);
  await requireFreeHosts(context, hosts, {
    except: facts.folder,
  });
  if (choice === 'own' || choice === 'tls') {
    const backend = await askBackend(context, {
      ...facts,
      path: facts.folder,
      speaker: choice === 'tls' ? 'client' : 'gateway',
    });
    return { route: { kind: choice, hosts, backend }, hosts, option: undefined };
  }
  const option = facts.options.find(candidate => routeValue(candidate) === choice) ?? facts.options[0];
  return { route: { kind: 'chart' }, hosts, option };
}

/** Hosts, or a Service, that somebody named are for a route: where there is none to be, that is no answer. @throws UserError */
function requireRouteFor({ ask, given }: AskContext, choice: string | undefined, why: Text): void {
  const dropped = choice === 'none' ? ['host', 'service'] : choice?.startsWith('chart') ? ['service'] : [];
  const flag = given.find(({ name, value }) => dropped.includes(name) && value !== '')?.name;
  if (flag === undefined) return;
  const isChosen = ask.answers.some(answer => answer.flag === 'route' && answer.from === 'person');
  throw new UserError(
    isChosen ? 'E_VALUE' : 'E_USAGE',
    isChosen
      ? say('ask.flagsClash', { flag, other: `route ${choice}` })
      : say('newApp.flagNeedsRoute', { flag, route: choice, why }),
    { hint: say('ask.leaveOneOut'), subject: `--${flag}`, flag: isChosen ? 'route' : flag },
  );
}

/** `chart`, or `chart:server.httproute` where charts offer several. */
function routeValue({ block }: RouteOption): string {
  return `chart:${block.path.join('.')}`;
}

function routeChoices(facts: Facts): { value: string; name: string }[] {
  const { t } = facts;
  const passthrough = facts.gitops.conventions.tlsGateway?.value.passthrough;
  return [
    ...facts.options.map(option => ({
      value: routeValue(option),
      name: `${t(say('newApp.chartsOwnRouteValues'))}: ${option.block.path.join('.')}`,
    })),
    ...(hasPlace(facts)
      ? [
          {
            value: 'own',
            name: t(say('newApp.httprouteBesideChart')),
          },
        ]
      : []),
    ...(passthrough === undefined || !hasPlace(facts)
      ? []
      : [
          {
            value: 'tls',
            name: t(say('newApp.tlsPassthroughListener', { passthrough })),
          },
        ]),
    { value: 'none', name: t(say('newApp.notAll')) },
  ];
}

/** A route of its own is a manifest, which has to lie somewhere. */
function hasPlace({ landing }: Facts): boolean {
  return landing === undefined || landing.folder !== undefined;
}

function suggestRoute(facts: Facts): Suggestion {
  const { gateway, domains } = facts.gitops.conventions;
  const [option, ...others] = facts.options;
  if (!gateway)
    return {
      value: 'none',
      why: say('newApp.repositoryShowsNoGateway'),
      sure: true,
    };
  if (!domains && facts.labels.length === 0)
    return {
      value: 'none',
      why: say('newApp.repositoryShowsNoDomain'),
      sure: true,
    };
  if (option)
    return {
      value: routeValue(option),
      why: say('newApp.chartHasRouteValuesOwn'),
      sure: others.length === 0,
    };
  if (!hasPlace(facts)) return { value: 'none', why: say('newApp.noPlaceForRoute'), sure: true };
  const backends = rankBackends(facts.services, facts.app);
  if (backends.length === 0)
    return {
      value: 'none',
      why: say('newApp.nothingRendersService'),
      sure: true,
    };
  return {
    value: 'own',
    why: facts.unseen ? say('newApp.valuesNameService') : say('newApp.rendersService'),
    sure: isClear(backends) && !facts.unseen,
  };
}

function requirePossible(choice: string, facts: Facts): void {
  const { gitops, options } = facts;
  if ((choice === 'own' || choice === 'tls') && !hasPlace(facts))
    throw new UserError('E_VALUE', say('newApp.noPlaceForRoute'), { hint: say('newApp.takeRouteChartNone') });
  const kinds = ['own', 'tls', 'none', 'chart', ...options.map(routeValue)];
  if (!kinds.includes(choice))
    throw new UserError('E_VALUE', say('newApp.routeNone', { choice, kinds: kinds.join(', ') }));
  if (choice !== 'none' && !gatewayFor(choice === 'tls' ? 'tls' : 'own', gitops.conventions))
    throw new UserError('E_VALUE', say('newApp.routeNeedsGatewayRepositoryShows', { choice }), {
      hint: say('newApp.setGatewaySlipwayConfigYaml'),
    });
  if (choice.startsWith('chart') && options.length === 0)
    throw new UserError('E_VALUE', say('newApp.chartHasNoRouteValues'), {
      hint: say('newApp.takeRouteOwnNone'),
    });
}

/**
 * The host names of an app: those given as labels or whole, else those asked for.
 * @throws UserError E_VALUE for one that is none
 */
export async function askHosts(
  context: AskContext,
  { app, environment }: { app: string; environment: string },
): Promise<string[]> {
  const { domains, hostPattern } = context.gitops.conventions;
  const naming: HostNaming = {
    domains: domains?.value ?? [],
    pattern: hostPattern(environment).value,
    wildcards: true,
  };
  const given = allGiven(context, 'host');
  if (given.length > 0) return requireHosts(given, naming);
  const answer = await context.ask.text(
    {
      ...APP_QUESTIONS.host,
      message: hostMessage(app, naming),
      parse: text => (requireHosts(labelsIn(text), naming), text),
    },
    { value: app, why: say('newApp.nameApp'), sure: true },
  );
  return requireHosts(labelsIn(answer ?? ''), naming);
}

/** What an answer means here: a first part stands for a host of each domain. */
function hostMessage(app: string, naming: HostNaming): Text {
  if (naming.domains.length === 0) return say('newApp.wholeHosts');
  const [first = '', ...others] = hostNames([app], naming);
  const more = others.length > 0 ? [`+${others.length}`] : [];
  return say('newApp.hostOrFirstPart', { label: app, hosts: [display(first), ...more].join(' ') });
}

function labelsIn(text: string): string[] {
  return text.split(/[\s,]+/).filter(label => label !== '');
}

function requireHosts(labels: readonly string[], naming: HostNaming): string[] {
  const hosts = hostNames(labels, naming);
  if (hosts.length === 0 && labels.length > 0)
    throw new UserError('E_VALUE', say('newApp.repositoryShowsNoDomainHost'), {
      hint: say('newApp.giveWholeNamesHostApp'),
    });
  return hosts;
}

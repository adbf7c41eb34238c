import type { Gateway } from '../../src/repository/conventions/routes.ts';
import { untranslated, type Text } from '../../src/text/language.ts';
import type { Backend } from '../../src/scaffold/app-request.ts';
import { plainToTls } from '../../src/scaffold/backend.ts';
import {
  gatewayFor,
  renderRoute,
  ROUTE_FILES,
  type RouteKind,
  routeVersion,
} from '../../src/scaffold/route-file.ts';
import type { App } from '../../src/repository/model.ts';
import { UserError } from '../../src/errors.ts';
import type { RenderedApp } from '../../src/render/inspect-app.ts';
import type { AppContext } from '../new-app/generator.ts';
import { askBackend } from '../new-app/ask-backend.ts';
import { askHosts } from '../new-app/ask-route.ts';
import { requireFreeHosts } from '../new-app/require-free-hosts.ts';
import { APP_QUESTIONS } from '../new-app/questions.ts';
import { sightNotes } from '../new-app/sight-notes.ts';
import {
  type AdditionSpec,
  type Answered,
  askExistingApp,
  type NamedFile,
  see,
  settleResource,
} from './addition.ts';
import { ADD_QUESTIONS } from './questions.ts';
import { say } from '../../src/locales/say.ts';

/** `slipway add route`: an HTTPRoute, GRPCRoute or TLSRoute for a Service that the app really renders. */
export const routeAddition: AdditionSpec = {
  word: 'route',
  description: say('add.routeServiceApp'),
  questions: [ADD_QUESTIONS.kind, APP_QUESTIONS.host, APP_QUESTIONS.service, ADD_QUESTIONS.name],
  ask: askRoute,
};

const KINDS = { http: 'own', grpc: 'grpc', tls: 'tls' } as const satisfies Record<string, RouteKind>;

async function askRoute(context: AppContext): Promise<Answered> {
  const { ask, gitops } = context;
  const { conventions } = gitops;
  // What no answer could change is looked at before anything is asked.
  if (!gatewayFor('own', conventions) && !gatewayFor('tls', conventions)) throw noGateway();
  const app = await askExistingApp(context);
  const kind = await askKind(context);
  const gateway = gatewayFor(kind, conventions);
  if (!gateway) throw noGateway();
  const hosts = await askHosts(context, { app: app.name, environment: app.environment });
  const sight = await see(context, app);
  const unseen = sight.unseen !== undefined;
  const facts = { app: app.name, services: sight.services, unseen: unseen || kind !== 'own' };
  const speaker = kind === 'tls' ? 'client' : 'gateway';
  const backend = await askBackend(context, { ...facts, speaker });
  const given = ask.given(ADD_QUESTIONS.name);
  ask.requireAnswers();
  if (!unseen) requireRendered(app, sight, backend);
  const apiVersion = routeVersion(kind, gateway, conventions);
  const resource = settleResource(context, app, {
    names: routeNames(kind, { app: app.name, given, host: hosts[0] ?? app.name }),
    isTaken: name => sight.ofCharts.some(each => isRoute(each, kind) && each.name === name),
    render: name => renderRoute({ kind, name, hosts, backend, apiVersion }, gateway, context.templates),
    why: untranslated(`${hosts.join(', ')} → ${backend.service}:${backend.port}`),
  });
  await requireFreeHosts(context, hosts, { except: resource.path, own: { app, manifests: sight.ofCharts } });
  return {
    app,
    request: { kind: 'resource', resource },
    notes: [
      ...sightNotes(sight),
      ...(kind === 'tls' ? passthroughNote(gateway) : plainToTls(sight.services, backend)),
    ],
    unsealed: [],
    moreAnswers: [],
  };
}

function noGateway(): UserError {
  return new UserError('E_VALUE', say('add.routeNeedsGatewayRepositoryShows'), {
    hint: say('add.setGatewaySlipwayConfigYaml'),
  });
}

async function askKind({ ask, t }: AppContext): Promise<RouteKind> {
  const choices = [
    { value: 'http', name: 'HTTPRoute' },
    { value: 'grpc', name: 'GRPCRoute' },
    { value: 'tls', name: t(say('add.tlsroutePassthrough')) },
  ];
  const why = say('add.usualOne');
  const answer = await ask.choose(ADD_QUESTIONS.kind, choices, { value: 'http', why, sure: true });
  return answer === 'grpc' || answer === 'tls' ? KINDS[answer] : KINDS.http;
}

function passthroughNote({ name, passthrough }: Pick<Gateway, 'name' | 'passthrough'>): Text[] {
  if (passthrough !== undefined) return [];
  return [say('add.gatewayShowsNoListenerPasses', { name })];
}

/** A second route of an app bears the first label of its host; a wildcard is none. */
function routeNames(
  kind: RouteKind,
  { app, given, host }: { app: string; given: string | undefined; host: string },
): NamedFile[] {
  const file = ROUTE_FILES[kind];
  const named = (name: string): NamedFile => ({ name, file: name === app ? file : `${name}-${file}` });
  if (given !== undefined) return [named(given)];
  const label = host.replace(/^\*\./, '').split('.')[0] ?? host;
  return [named(app), named(label === app ? `${app}-2` : label)];
}

function requireRendered({ path }: App, { services }: RenderedApp, { service, port }: Backend): void {
  const known = services.flatMap(({ name, ports }) => ports.map(own => `${name}:${own.port}`));
  if (known.includes(`${service}:${port}`)) return;
  throw new UserError('E_VALUE', say('add.rendersNoServicePort', { path, service, port }), {
    hint: known.length > 0 ? say('add.renders', { known: known.join(', ') }) : say('add.rendersNoServiceAll'),
    subject: path,
  });
}

const ROUTE_KINDS = { own: 'HTTPRoute', grpc: 'GRPCRoute', tls: 'TLSRoute' } as const;

function isRoute({ kind }: { kind: string }, route: RouteKind): boolean {
  return kind === ROUTE_KINDS[route];
}

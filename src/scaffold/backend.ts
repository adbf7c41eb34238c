import { joinTexts, type Text } from '../text/language.ts';
import { type RenderedService, type ServicePort, speaksTls } from '../repository/rendered.ts';
import { say } from '../locales/say.ts';

/** A Service port that a route could lead to, and how likely it is the web one. */
export type BackendCandidate = { service: string; port: number; score: number; why: Text };

const HTTP_NAME = /^(?:https?|web|ui|www|dashboard|server|api)$/;
const SIDE_NAME = /metric|monitor|probe|health|debug|admin|grpc|gossip|memberlist|peer|telemetry|webhook/;
const HTTP_PORTS = new Set([80, 8080, 3000, 8000, 8888, 5000, 9000]);

/** Who speaks to the backend: the Gateway, in plain HTTP, or the client itself, through it. */
export type BackendFor = 'gateway' | 'client';

/**
 * The ports of all Services, the one that most looks like the app's web port first. A Gateway ends TLS: of a plain port and one with
 * TLS it wants the plain one, and a client behind a passthrough listener the other.
 */
export function rankBackends(
  services: readonly RenderedService[],
  app: string,
  speaker: BackendFor = 'gateway',
): BackendCandidate[] {
  const candidates = services
    .filter(({ headless }) => !headless)
    .flatMap(service => service.ports.map(port => judge(service, port, { app, speaker })));
  return candidates.toSorted((a, b) => b.score - a.score);
}

/** Whether the first candidate stands out so that nobody needs to be asked. */
export function isClear(candidates: readonly BackendCandidate[]): boolean {
  const [first, second] = candidates;
  return first !== undefined && first.score >= 2 && first.score > (second?.score ?? Number.NEGATIVE_INFINITY);
}

function judge(
  service: RenderedService,
  port: ServicePort,
  { app, speaker }: { app: string; speaker: BackendFor },
): BackendCandidate {
  const name = port.name ?? '';
  const isTls = speaksTls(port);
  const reasons: [number, boolean, Text][] = [
    [3, HTTP_NAME.test(name), say('scaffold.portNamed', { name })],
    [2, /^https?-/.test(name), say('scaffold.portNamed', { name })],
    [3, port.appProtocol === 'http' && !HTTP_NAME.test(name), say('scaffold.portSpeaksHttp')],
    [3, port.from !== undefined, say('scaffold.valuesSuggestPort', { from: port.from })],
    [2, HTTP_PORTS.has(port.port), say('scaffold.usualHttpPort', { port: port.port })],
    [-2, isTls && speaker === 'gateway', say('scaffold.portSpeaksTls')],
    [2, isTls && speaker === 'client', say('scaffold.portSpeaksTls')],
    [1, service.name === app, say('scaffold.bearsNameApp')],
    [-4, SIDE_NAME.test(name) || SIDE_NAME.test(service.name), say('scaffold.servesSomethingBesideApp')],
  ];
  const holding = reasons.filter(([, holds]) => holds);
  return {
    service: service.name,
    port: port.port,
    score: holding.reduce((sum, [points]) => sum + points, 0),
    why:
      holding.length > 0
        ? joinTexts(
            holding.map(([, , reason]) => reason),
            ', ',
          )
        : ONE_OF_THEM,
  };
}

const ONE_OF_THEM = say('scaffold.serviceApp');

/** What a person should know of a route that the Gateway ends TLS for: a port that expects TLS gets plain HTTP. */
export function plainToTls(
  services: readonly RenderedService[],
  backend: { service: string; port: number },
): Text[] {
  const service = services.find(({ name }) => name === backend.service);
  const port = service?.ports.find(each => each.port === backend.port);
  if (!port || !speaksTls(port)) return [];
  return [say('scaffold.backendNeedsTlsPolicy', { service: backend.service, port: backend.port })];
}

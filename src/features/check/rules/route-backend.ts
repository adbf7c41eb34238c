import type { AppFacts, ObjectFacts } from '../facts/app-facts.ts';
import type { Diagnostic } from '../finding.ts';
import type { AppRule } from '../rule.ts';
import { namespaceOfObject, routesOf } from '../facts/routes.ts';
import { isRecord, recordsAt, stringOf, valueAt } from '../../../data/fields.ts';
import { services, speaksTls, type RenderedService, type ServicePort } from '../../../repository/rendered.ts';
import { say } from '../../../locales/say.ts';

/** Kinds of API groups that bring no Service into being. */
const PASSIVE =
  /^(?:apps|batch|policy|autoscaling|networking\.k8s\.io|rbac\.authorization\.k8s\.io|storage\.k8s\.io|scheduling\.k8s\.io|admissionregistration\.k8s\.io|apiextensions\.k8s\.io|apiregistration\.k8s\.io|coordination\.k8s\.io|gateway\.networking\.k8s\.io|bitnami\.com|cert-manager\.io|external-secrets\.io|objectbucket\.io|snapshot\.storage\.k8s\.io|k8s\.cni\.cncf\.io|builtin|argoproj\.io|cilium\.io)\//;

/** A route whose backend does not exist, or must not be used from where the route is, answers 500. */
export const routeBackend: AppRule = {
  scope: 'app',
  severity: 'error',
  title: say('rules.routesBackendServicePortApp'),
  check: facts => {
    const known = knownServices(facts);
    return routesOf(facts).flatMap(route =>
      backendsOf(route).flatMap(backend => checkBackend(facts, route, { ...backend, known })),
    );
  },
};

type PlacedService = RenderedService & { namespace: string | undefined };

/** Undefined where Services may come from charts that were not rendered, from elsewhere, or from an operator. */
function knownServices(facts: AppFacts): readonly PlacedService[] | undefined {
  if (facts.rendered?.status === 'rendered') {
    const { objects, services: found } = facts.rendered.facts;
    const placeOf = ({ name }: RenderedService): string | undefined =>
      objects.find(each => each.kind === 'Service' && each.name === name)?.namespace;
    return objects.every(isPassive) ? found.map(each => ({ ...each, namespace: placeOf(each) })) : undefined;
  }
  const own = facts.objects.filter(({ listed }) => listed);
  const isWhole =
    !facts.isPart &&
    facts.charts.length === 0 &&
    facts.broken.length === 0 &&
    isBuiltHere(facts) &&
    own.every(isPassive);
  if (!isWhole) return undefined;
  return own.flatMap(object =>
    services([object]).map(each => ({ ...each, namespace: namespaceOfObject(facts, object) })),
  );
}

const BUILT = new Set(['resources', 'bases', 'components', 'generators']);

/** Nothing of the build is fetched, missing, or shared with other apps. */
function isBuiltHere({ kustomizations, folder, kindOf }: AppFacts): boolean {
  return kustomizations.every(({ references }) =>
    references.every(
      ({ steps, path }) =>
        !BUILT.has(String(steps[0])) ||
        (path?.startsWith(`${folder}/`) === true && kindOf(path) !== undefined),
    ),
  );
}

function isPassive({ apiVersion }: { apiVersion: string }): boolean {
  return apiVersion === 'v1' || PASSIVE.test(apiVersion);
}

type Backend = { steps: (string | number)[]; backend: Record<string, unknown> };

/** Where a route sends requests, and where it sends copies of them. */
function backendsOf(route: ObjectFacts): Backend[] {
  return listAt(route.body, ['spec', 'rules']).flatMap(rule => [
    ...mirrorsOf(rule),
    ...listAt(rule.backend, ['backendRefs']).flatMap(found => {
      const backend = { ...found, steps: [...rule.steps, ...found.steps] };
      return [backend, ...mirrorsOf(backend)];
    }),
  ]);
}

function mirrorsOf({ steps, backend: around }: Backend): Backend[] {
  return listAt(around, ['filters']).flatMap(filter => {
    const backend = valueAt(filter.backend, ['requestMirror', 'backendRef']);
    const path = [...steps, ...filter.steps, 'requestMirror', 'backendRef'];
    return isRecord(backend) ? [{ steps: path, backend }] : [];
  });
}

function listAt(value: unknown, path: string[]): Backend[] {
  const list = valueAt(value, path);
  if (!Array.isArray(list)) return [];
  return list.flatMap((backend: unknown, index) =>
    isRecord(backend) ? [{ steps: [...path, index], backend }] : [],
  );
}

type Known = { known: readonly PlacedService[] | undefined };

function checkBackend(
  facts: AppFacts,
  route: ObjectFacts,
  { steps, backend, known }: Backend & Known,
): Diagnostic[] {
  const name = stringOf(backend['name']);
  const own = namespaceOfObject(facts, route);
  const namespace = stringOf(backend['namespace']) ?? own;
  const isService = (backend['kind'] ?? 'Service') === 'Service' && (backend['group'] ?? '') === '';
  if (!isService || name === undefined) return [];
  if (namespace !== undefined && own === undefined) return [];
  if (namespace !== undefined && own !== undefined && namespace !== own)
    return refused(facts, route, { steps, name, namespace, own });
  if (!known) return [];
  const here = known.filter(each => each.namespace === undefined || each.namespace === own);
  const service = here.find(each => each.name === name);
  if (!service) return isOfOthers(facts, own) ? [] : [noService(route.at(...steps, 'name'), name, here)];
  const { port } = backend;
  const found = service.ports.find(each => each.port === port);
  const place = route.at(...steps, 'port');
  if (!found) return [noPort(place, { name, port, ports: service.ports.map(each => each.port) })];
  return isPlainToTls(facts, route, service.name, found) ? [plainToTls(place, name, found)] : [];
}

/** A route that stands in the namespace of another app leads to what that app makes. */
function isOfOthers(
  { root, deployedTo, name, namespaces }: AppFacts,
  namespace: string | undefined,
): boolean {
  const own = root?.namespace ?? deployedTo?.namespace ?? name;
  return namespace !== undefined && namespace !== own && namespaces.includes(namespace);
}

type Foreign = { steps: (string | number)[]; name: string; namespace: string; own: string };

/** What is in another namespace has to let itself be used; a grant may stand where nobody here sees it. */
function refused(
  facts: AppFacts,
  route: ObjectFacts,
  { steps, name, namespace, own }: Foreign,
): Diagnostic[] {
  const isGranted = facts.grants.some(
    grant =>
      grant.namespace === namespace &&
      grant.from.some(each => each.kind === route.kind && each.namespace === own) &&
      grant.to.some(each => each.kind === 'Service' && (each.name === undefined || each.name === name)),
  );
  const isHere = facts.namespaces.includes(namespace);
  if (isGranted) return [];
  return [
    {
      ...route.at(...steps, 'namespace'),
      ...(isHere ? {} : { severity: 'note' as const }),
      message: say('rules.noGrant', { namespace, kind: route.kind, own, name }),
      hint: say('rules.addGrant', { namespace, kind: route.kind, own }),
    },
  ];
}

/** The Gateway ends TLS and speaks plain HTTP to a backend, unless a policy tells it to begin TLS again. */
function isPlainToTls(
  { objects, rendered }: AppFacts,
  route: ObjectFacts,
  service: string,
  port: ServicePort,
): boolean {
  if (!speaksTls(port) || !/^(?:HTTP|GRPC)Route$/.test(route.kind)) return false;
  const policies = objects.filter(({ kind, listed }) => listed && kind === 'BackendTLSPolicy');
  const isOfChart = rendered?.status === 'rendered' && rendered.facts.objects.some(isPolicyOfChart);
  return !isOfChart && !policies.some(({ body }) => targets(body, service, port));
}

function isPolicyOfChart({ kind, chart }: { kind: string; chart: string | undefined }): boolean {
  return kind === 'BackendTLSPolicy' && chart !== undefined;
}

/** A policy may hold for one port of a Service only, by its name. */
function targets(policy: unknown, service: string, { name }: ServicePort): boolean {
  return recordsAt(policy, ['spec', 'targetRefs']).some(
    ref => ref['name'] === service && [undefined, name].includes(stringOf(ref['sectionName'])),
  );
}

function plainToTls(
  place: ReturnType<ObjectFacts['at']>,
  name: string,
  { port, name: portName, appProtocol }: ServicePort,
): Diagnostic {
  const what = appProtocol ?? portName ?? '';
  return {
    ...place,
    severity: 'warning',
    message: say('rules.backendSpeaksTls', { name, port, what: what === '' ? '' : ` (${what})` }),
    hint: say('rules.addBackendTlsPolicy', { name }),
  };
}

function noService(
  place: ReturnType<ObjectFacts['at']>,
  name: string,
  known: readonly RenderedService[],
): Diagnostic {
  const names = known.map(each => each.name).join(', ');
  return {
    ...place,
    message: say('rules.appHasNoService', { name }),
    hint: names === '' ? say('rules.addService') : say('rules.nameOne', { names }),
  };
}

function noPort(
  place: ReturnType<ObjectFacts['at']>,
  { name, port, ports }: { name: string; port: unknown; ports: readonly number[] },
): Diagnostic {
  const written = typeof port === 'number' || typeof port === 'string' ? String(port) : '';
  return {
    ...place,
    message:
      written === ''
        ? say('rules.backendNamesNoPort', { name })
        : say('rules.serviceHasNoPort', { name, written }),
    hint: say('rules.use2', { ports: ports.join(' or '), ports2: ports.join(' 或 ') }),
  };
}

import type { AppFacts, ObjectFacts } from '../facts/app-facts.ts';
import type { Remark } from '../finding.ts';
import type { AppRule } from '../rule.ts';
import { routesOf } from '../facts/routes.ts';
import { isRecord, stringOf, valueAt } from '../../../data/fields.ts';
import { services, type RenderedService } from '../../../repository/rendered.ts';
import { say } from '../../../locales/say.ts';

/** Kinds of API groups that bring no Service into being. */
const PASSIVE =
  /^(?:apps|batch|policy|autoscaling|networking\.k8s\.io|rbac\.authorization\.k8s\.io|storage\.k8s\.io|scheduling\.k8s\.io|admissionregistration\.k8s\.io|apiextensions\.k8s\.io|apiregistration\.k8s\.io|coordination\.k8s\.io|gateway\.networking\.k8s\.io|bitnami\.com|cert-manager\.io|external-secrets\.io|objectbucket\.io|snapshot\.storage\.k8s\.io|k8s\.cni\.cncf\.io|builtin|argoproj\.io|cilium\.io)\//;

/** A route whose backend does not exist answers 500. */
export const routeBackend: AppRule = {
  scope: 'app',
  severity: 'error',
  title: say('rules.routesBackendServicePortApp'),
  check: facts => {
    const known = knownServices(facts);
    return known ? routesOf(facts).flatMap(route => checkRoute(facts, route, known)) : [];
  },
};

/** Undefined where Services may come from charts that were not rendered, from elsewhere, or from an operator. */
function knownServices(facts: AppFacts): readonly RenderedService[] | undefined {
  if (facts.rendered?.status === 'rendered') {
    const { objects, services: found } = facts.rendered.facts;
    return objects.every(isPassive) ? found : undefined;
  }
  const own = facts.objects.filter(({ listed }) => listed);
  const isWhole =
    facts.charts.length === 0 && facts.broken.length === 0 && isBuiltHere(facts) && own.every(isPassive);
  return isWhole ? services(own) : undefined;
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

function checkRoute(facts: AppFacts, route: ObjectFacts, known: readonly RenderedService[]): Remark[] {
  return backendsOf(route).flatMap(({ steps, backend }) =>
    checkBackend(facts, route, { steps, backend, known }),
  );
}

type Backend = { steps: (string | number)[]; backend: Record<string, unknown> };

function backendsOf(route: ObjectFacts): Backend[] {
  const rules = valueAt(route.body, ['spec', 'rules']);
  if (!Array.isArray(rules)) return [];
  return rules.flatMap((rule: unknown, index) => {
    const refs = isRecord(rule) ? rule['backendRefs'] : undefined;
    if (!Array.isArray(refs)) return [];
    return refs.flatMap((backend: unknown, at) =>
      isRecord(backend) ? [{ steps: ['spec', 'rules', index, 'backendRefs', at], backend }] : [],
    );
  });
}

function checkBackend(
  facts: AppFacts,
  route: ObjectFacts,
  { steps, backend, known }: Backend & { known: readonly RenderedService[] },
): Remark[] {
  const name = stringOf(backend['name']);
  const namespace = stringOf(backend['namespace']);
  const isService = (backend['kind'] ?? 'Service') === 'Service' && (backend['group'] ?? '') === '';
  const isOwn = namespace === undefined || namespace === (facts.root?.namespace ?? facts.name);
  if (!isService || !isOwn || name === undefined) return [];
  const service = known.find(each => each.name === name);
  if (!service) return [noService(route.at(...steps, 'name'), name, known)];
  const { port } = backend;
  const ports = service.ports.map(each => each.port);
  if (typeof port === 'number' && ports.includes(port)) return [];
  return [noPort(route.at(...steps, 'port'), { name, port, ports })];
}

function noService(
  place: ReturnType<ObjectFacts['at']>,
  name: string,
  known: readonly RenderedService[],
): Remark {
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
): Remark {
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

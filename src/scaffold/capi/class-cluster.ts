import { recordsAt, stringOf, stringsAt, valueAt } from '../../data/fields.ts';
import { UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { manifestsIn, type Repository } from '../../repository/model.ts';
import { isSuspect, mayHoldSecret } from '../../repository/secret-shapes.ts';
import { renderTemplate } from '../../repository/templates.ts';
import { display } from '../../text/display.ts';
import { readDocuments } from '../../yaml/read.ts';
import { isRecord } from '../../data/fields.ts';
import type { CapiTemplates } from './cluster-app.ts';
import type { FilledTemplate } from './cluster-template.ts';

/** A ClusterClass, as far as the repository has it. */
export type KnownClass = {
  name: string;
  namespace: string | undefined;
  /** The classes of worker pools. */
  workers: readonly string[];
  /** The versions that it allows; empty for all. */
  versions: readonly string[];
  required: readonly string[];
  /** The kind of its infrastructure, such as `AzureClusterTemplate`. */
  infrastructure: string | undefined;
};

/** The ClusterClasses of a repository. */
export function classesOf({ text, isTemplate }: Repository): KnownClass[] {
  const files = [...text.keys()].filter(file => !isTemplate(file));
  return files
    .flatMap(file => manifestsIn(text, file, /ClusterClass/))
    .map(({ name, namespace, body }) => ({
      name,
      namespace,
      workers: recordsAt(body, ['spec', 'workers', 'machineDeployments']).flatMap(
        each => stringOf(each['class']) ?? [],
      ),
      versions: stringsAt(body, ['spec', 'kubernetesVersions']),
      required: recordsAt(body, ['spec', 'variables'])
        .filter(each => each['required'] === true && !hasDefault(each))
        .flatMap(each => stringOf(each['name']) ?? []),
      infrastructure:
        stringOf(valueAt(body, ['spec', 'infrastructure', 'templateRef', 'kind'])) ??
        stringOf(valueAt(body, ['spec', 'infrastructure', 'ref', 'kind'])),
    }));
}

function hasDefault(variable: unknown): boolean {
  const schema = valueAt(variable, ['schema', 'openAPIV3Schema']);
  return isRecord(schema) && 'default' in schema;
}

/** A pool of workers: `md-0=3`, or `md-0:gpu=3` for another class than the usual. */
export type Pool = { name: string; class: string | undefined; replicas: number };

const POOL = /^([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)(?::([A-Za-z0-9][\w.-]{0,62}))?=(\d{1,5})$/;

/** @throws UserError E_VALUE */
export function parsePool(text: string): Pool {
  const [, name, pool, replicas] = POOL.exec(text) ?? [];
  if (name !== undefined && replicas !== undefined) return { name, class: pool, replicas: Number(replicas) };
  throw new UserError('E_VALUE', say('capi.noPool', { text: display(text) }), { hint: say('capi.poolForm') });
}

export type ClassRequest = {
  name: string;
  namespace: string;
  className: string;
  known: KnownClass | undefined;
  version: string;
  controlPlane: number;
  workers: readonly Pool[];
  variables: ReadonlyMap<string, string>;
  identity: { tenantId: string; clientId: string } | undefined;
};

/** The class that the quick start of Cluster API has its pools made of. */
const USUAL_POOL = 'default-worker';

/**
 * A Cluster with a topology, and what its provider is to log in with.
 * @throws UserError E_VALUE for what the class does not have; E_MISSING for what it asks for; E_SECRET for a credential
 */
export function classCluster(request: ClassRequest, templates: CapiTemplates): FilledTemplate {
  const { name, namespace, className, known, version, controlPlane } = request;
  requireFitting(request);
  const cluster = renderTemplate(templates['cluster.yaml'], {
    name,
    className,
    classNamespace: known?.namespace === namespace ? '' : (known?.namespace ?? ''),
    version,
    controlPlane,
    workers: request.workers.map(pool => ({ ...pool, class: pool.class ?? usualPool(known) })),
    variables: [...request.variables].map(([key, value]) => ({ name: key, value: asJson(value, key) })),
  });
  const objects = [{ text: cluster, body: bodyOf(cluster) }];
  if (!request.identity) return { objects, secrets: [] };
  const view = { name, namespace, secret: IDENTITY_SECRET, ...request.identity };
  const identity = renderTemplate(templates['identity.yaml'], view);
  return {
    objects: [...objects, { text: identity, body: bodyOf(identity) }],
    secrets: [{ name: IDENTITY_SECRET, namespace, keys: ['clientSecret'], labels: MOVES }],
  };
}

const IDENTITY_SECRET = 'identity';
/** `clusterctl move` takes along what bears it. */
const MOVES = { 'clusterctl.cluster.x-k8s.io/move': 'true' };

function usualPool(known: KnownClass | undefined): string {
  const [only, ...more] = known?.workers ?? [];
  return only !== undefined && more.length === 0 ? only : USUAL_POOL;
}

function bodyOf(text: string): Record<string, unknown> {
  const [body] = readDocuments(text, 'cluster.yaml');
  return isRecord(body) ? body : {};
}

function requireFitting({ known, className, version, workers, variables }: ClassRequest): void {
  for (const [name, value] of variables)
    if (isSuspect(name, undefined) || mayHoldSecret(`${name}: ${value}`))
      throw new UserError('E_SECRET', say('capi.credentialGiven', { name: display(name) }), {
        hint: say('capi.credentialHint'),
      });
  if (!known) return;
  const lacking = known.required.filter(name => !variables.has(name));
  if (lacking.length > 0)
    throw new UserError(
      'E_MISSING',
      say('capi.variablesMissing', { names: lacking.map(display).join(', ') }),
      {
        hint: say('capi.giveVariables'),
        missing: lacking.map(name => ({ flag: 'var', choices: [`${name}=…`] })),
      },
    );
  if (known.versions.length > 0 && !known.versions.includes(version))
    throw new UserError(
      'E_VALUE',
      say('capi.classWithoutVersion', { className: display(className), version }),
      {
        hint: say('capi.classVersions', { versions: known.versions.map(display).join(', ') }),
      },
    );
  const classes = known.workers;
  const odd = workers.find(pool => !classes.includes(pool.class ?? usualPool(known)));
  if (odd && classes.length > 0)
    throw new UserError(
      'E_VALUE',
      say('capi.classWithoutPool', { className: display(className), pool: odd.class ?? '' }),
      {
        hint: say('capi.classPools', { name: odd.name, pools: classes.map(display).join(', ') }),
      },
    );
}

/** A number, a switch, a list or a map as such; every other text as a text. JSON is YAML that needs no indent. */
function asJson(text: string, name: string): string {
  if (!/^(?:[-+]?\d{1,15}|true|false|[[{][^]*)$/.test(text.trim())) return JSON.stringify(text);
  const [value] = readDocuments(text, `--var ${name}`);
  return JSON.stringify(value ?? text);
}

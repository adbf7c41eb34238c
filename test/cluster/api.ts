import { request } from 'node:https';
import { text } from 'node:stream/consumers';

export type KubeObject = {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string };
};

type Answer = { code: number; message: string; body: unknown };

type Resource = { name: string; kind: string; namespaced: boolean };

/** What the tests ask of an API server. */
export type Api = {
  call(method: string, path: string, body?: unknown, type?: string): Promise<Answer>;
  /** Server-side apply with strict validation, as Argo CD does it; webhooks and APIServices never other than dry: the server would dial out. */
  apply(object: KubeObject, options?: { dry?: boolean; namespace?: string }): Promise<Answer>;
  /** As `Replace=true` and `kubectl replace` send it, dry. */
  replace(object: KubeObject, options?: Placed): Promise<Answer>;
  read(object: KubeObject, options?: Placed): Promise<Answer>;
  remove(object: KubeObject, options?: Placed): Promise<Answer>;
  setStatus(object: KubeObject, status: unknown, options?: Placed): Promise<Answer>;
};

type Placed = { namespace?: string };

const ALWAYS_DRY = /WebhookConfiguration$|^APIService$/;

/** Talks to the API server of a test at a port of loopback, whose certificate nobody has signed. */
export function openApi(port: number): Api {
  const call: Api['call'] = (method, path, body, type = 'application/json') =>
    ask({ port, method, path, body, type });
  const resourceOf = async ({ apiVersion, kind }: KubeObject): Promise<Resource | undefined> => {
    const { code, body } = await call('GET', rootOf(apiVersion));
    const { resources = [] } = (code === 200 ? body : {}) as { resources?: Resource[] };
    return resources.find(each => each.kind === kind && !each.name.includes('/'));
  };
  const placed = async (object: KubeObject, { namespace = 'default' }: Placed): Promise<At | undefined> => {
    const resource = await resourceOf(object);
    if (!resource) return undefined;
    const metadata = resource.namespaced ? { namespace, ...object.metadata } : object.metadata;
    const place = resource.namespaced ? `/namespaces/${metadata.namespace}` : '';
    const path = `${rootOf(object.apiVersion)}${place}/${resource.name}/${encodeURIComponent(metadata.name)}`;
    return { path, body: { ...object, metadata } };
  };
  const at = async (
    object: KubeObject,
    options: Placed = {},
    then: (place: At) => Promise<Answer>,
  ): Promise<Answer> => {
    const place = await placed(object, options);
    const message = `no matches for kind ${object.kind} in ${object.apiVersion}`;
    return place ? then(place) : { code: 404, message, body: undefined };
  };
  return {
    call,
    apply: (object, { dry = false, namespace } = {}) =>
      at(object, namespace === undefined ? {} : { namespace }, ({ path, body }) => {
        const query = new URLSearchParams(APPLYING);
        if (dry || ALWAYS_DRY.test(object.kind)) query.set('dryRun', 'All');
        return call('PATCH', `${path}?${query.toString()}`, body, 'application/apply-patch+yaml');
      }),
    replace: (object, options) =>
      at(object, options, async ({ path, body }) => {
        const live = (await call('GET', path)).body as
          { metadata?: { resourceVersion?: string } } | undefined;
        const { resourceVersion } = live?.metadata ?? {};
        const whole = { ...body, metadata: { ...body.metadata, resourceVersion } };
        return call('PUT', `${path}?dryRun=All&fieldValidation=Strict`, whole);
      }),
    read: (object, options) => at(object, options, ({ path }) => call('GET', path)),
    remove: (object, options) => at(object, options, ({ path }) => call('DELETE', path)),
    setStatus: (object, status, options) =>
      at(object, options, ({ path }) =>
        call('PATCH', `${path}/status`, { status }, 'application/merge-patch+json'),
      ),
  };
}

type At = { path: string; body: KubeObject };

const APPLYING = { fieldManager: 'argocd-controller', force: 'true', fieldValidation: 'Strict' };

function rootOf(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

type Question = { port: number; method: string; path: string; body: unknown; type: string };

function ask({ port, method, path, body, type }: Question): Promise<Answer> {
  const data = body === undefined ? undefined : JSON.stringify(body);
  const headers = { authorization: 'Bearer admin', ...(data === undefined ? {} : { 'content-type': type }) };
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: '127.0.0.1', port, method, path, headers, rejectUnauthorized: false },
      response => {
        text(response).then(answer => resolve(read(response.statusCode ?? 0, answer)), reject);
      },
    );
    asked.on('error', reject);
    asked.end(data);
  });
}

function read(code: number, answer: string): Answer {
  try {
    const body = JSON.parse(answer) as { message?: string };
    return { code, message: body.message ?? '', body };
  } catch {
    return { code, message: answer, body: undefined };
  }
}

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
};

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
  return {
    call,
    async apply(object, { dry = false, namespace = 'default' } = {}) {
      const resource = await resourceOf(object);
      if (!resource)
        return {
          code: 404,
          message: `no matches for kind ${object.kind} in ${object.apiVersion}`,
          body: undefined,
        };
      const own = resource.namespaced ? { namespace, ...object.metadata } : object.metadata;
      const place = resource.namespaced ? `/namespaces/${own.namespace}` : '';
      const name = encodeURIComponent(object.metadata.name);
      const query = new URLSearchParams({
        fieldManager: 'argocd-controller',
        force: 'true',
        fieldValidation: 'Strict',
      });
      if (dry || ALWAYS_DRY.test(object.kind)) query.set('dryRun', 'All');
      const path = `${rootOf(object.apiVersion)}${place}/${resource.name}/${name}?${query.toString()}`;
      return call('PATCH', path, { ...object, metadata: own }, 'application/apply-patch+yaml');
    },
  };
}

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

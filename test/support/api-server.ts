import { parse } from 'yaml';
import { type FixtureServer, type Received, serveHttp } from './http-server.ts';

/** What the server answers to an apply of an object: nothing takes it, a Status refuses it. */
type Answer = {
  code: number;
  reason: string;
  message: string;
  causes?: { field: string; message: string }[];
};

type Applied = { kind: string; metadata: { name: string; namespace?: string } };

export type ApiServer = FixtureServer & {
  /** Every request that would change something, with its query. */
  writes: { path: string; query: URLSearchParams; manager: string | null; body: Applied }[];
};

const KINDS = [
  ['', 'v1', 'Service', 'services'],
  ['', 'v1', 'ConfigMap', 'configmaps'],
  ['', 'v1', 'Namespace', 'namespaces'],
  ['apps', 'v1', 'Deployment', 'deployments'],
] as const;

const json = (value: unknown, code = 200) => ({
  status: code,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

/** A small API server, as far as kubectl asks one: discovery, its OpenAPI, and applies, each of which `answer` judges. */
export async function serveApi(answer: (object: Applied) => Answer | undefined): Promise<ApiServer> {
  const writes: ApiServer['writes'] = [];
  const server = await serveHttp({
    '/version': json({ major: '1', minor: '36', gitVersion: 'v1.36.2' }),
    '/api': json({ kind: 'APIVersions', versions: ['v1'] }),
    '/apis': json({
      kind: 'APIGroupList',
      groups: [
        {
          name: 'apps',
          versions: [{ groupVersion: 'apps/v1', version: 'v1' }],
          preferredVersion: { groupVersion: 'apps/v1', version: 'v1' },
        },
      ],
    }),
    '/api/v1': json(resources('')),
    '/apis/apps/v1': json(resources('apps')),
    '/openapi/v3': json({
      paths: {
        'api/v1': { serverRelativeURL: '/openapi/v3/api/v1' },
        'apis/apps/v1': { serverRelativeURL: '/openapi/v3/apis/apps/v1' },
      },
    }),
    '/openapi/v3/api/v1': json(openapi('')),
    '/openapi/v3/apis/apps/v1': json(openapi('apps')),
    '*': received => {
      if (received.method === 'GET')
        return json(status({ code: 404, reason: 'NotFound', message: 'not found' }), 404);
      return judge(received);
    },
  });
  const judge = ({ path, body }: Received) => {
    const url = new URL(path, 'http://api.test');
    const object = parse(body) as Applied;
    const { pathname, searchParams: query } = url;
    writes.push({ path: pathname, query, manager: query.get('fieldManager'), body: object });
    const refusal = answer(object);
    return refusal ? json(status(refusal), refusal.code) : json(object);
  };
  return Object.assign(server, { writes });
}

function resources(group: string) {
  return {
    kind: 'APIResourceList',
    groupVersion: group === '' ? 'v1' : `${group}/v1`,
    resources: KINDS.filter(([own]) => own === group).map(([, , kind, name]) => ({
      name,
      singularName: '',
      namespaced: kind !== 'Namespace',
      kind,
      verbs: ['create', 'get', 'patch'],
    })),
  };
}

/** kubectl looks here whether a dry run and the validation of fields can be asked for. */
function openapi(group: string) {
  const parameters = ['dryRun', 'fieldManager', 'fieldValidation', 'force'].map(name => ({
    name,
    in: 'query',
    schema: { type: 'string' },
  }));
  const root = group === '' ? '/api/v1' : `/apis/${group}/v1`;
  const paths = KINDS.filter(([own]) => own === group).map(([, version, kind, name]) => [
    `${root}/namespaces/{namespace}/${name}/{name}`,
    { patch: { parameters, 'x-kubernetes-group-version-kind': { group, version, kind } } },
  ]);
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'v1.36.2' },
    paths: Object.fromEntries(paths),
    components: { schemas: Object.fromEntries(KINDS.filter(([own]) => own === group).map(schemaOf)) },
  };
}

function status({ code, reason, message, causes = [] }: Answer) {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    status: 'Failure',
    code,
    reason,
    message,
    details: { causes: causes.map(cause => ({ reason: 'FieldValueInvalid', ...cause })) },
  };
}

/** Enough of a schema to be wrong in: a spec with a number and a list, labels that are texts. */
function schemaOf([group, version, kind]: (typeof KINDS)[number]) {
  const text = { type: 'string' };
  const labels = { type: 'object', additionalProperties: text };
  const port = {
    type: 'object',
    properties: { name: text, port: { type: 'integer', format: 'int32' } },
    required: ['port'],
  };
  const spec = {
    type: 'object',
    properties: {
      replicas: { type: 'integer' },
      ports: { type: 'array', items: { default: {}, allOf: [{ $ref: '#/components/schemas/test.Port' }] } },
    },
  };
  const metadata = { type: 'object', properties: { name: text, namespace: text, labels } };
  return [
    kind === 'Namespace' ? 'test.Port' : `test.${kind}`,
    kind === 'Namespace'
      ? port
      : {
          type: 'object',
          properties: { apiVersion: text, kind: text, metadata, spec, data: labels },
          'x-kubernetes-group-version-kind': [{ group, version, kind }],
        },
  ];
}

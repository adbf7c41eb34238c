import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { memoized } from '../../src/data/memoized.ts';
import { makeFolder } from './repository.ts';
import { findTool } from './tools.js';

/** A Go module with definitions, the files that hold them, and the kinds of objects that they are for. */
type Definitions = { module: string; files: readonly string[]; groups: RegExp };

const CONTROLLERS = ['helm', 'kustomize', 'source', 'image-automation', 'image-reflector', 'notification'];

/** The distribution that holds every definition of Flux, and that of FluxInstance. */
const FLUX: Definitions = {
  module: 'github.com/controlplaneio-fluxcd/flux-operator@v0.59.0',
  files: [
    ...CONTROLLERS.map(name => `config/data/flux/v2.9.5/${name}-controller.yaml`),
    'config/crd/bases/fluxcd.controlplane.io_fluxinstances.yaml',
  ],
  groups: /^apiVersion: *\S+\.(?:fluxcd|controlplane)\.io\//m,
};

const ARGO: Definitions = {
  module: 'github.com/argoproj/argo-cd/v3@v3.6.1',
  files: ['application', 'applicationset', 'appproject'].map(name => `manifests/crds/${name}-crd.yaml`),
  groups: /^apiVersion: *argoproj\.io\//m,
};

const TEKTON: Definitions = {
  module: 'github.com/tektoncd/pipeline@v1.6.0',
  files: ['300-task.yaml', '300-pipelinerun.yaml'].map(name => `config/300-crds/${name}`),
  groups: /^apiVersion: *tekton\.dev\//m,
};

/** Providers have modules of their own, which no proxy need have: HelmChartProxy and identities are not judged. */
const CLUSTER_API: Definitions = {
  module: 'sigs.k8s.io/cluster-api@v1.14.2',
  files: [
    ...['clusters', 'clusterclasses', 'machinedeployments', 'machinepools', 'machinehealthchecks'].map(
      name => `core/config/crd/bases/cluster.x-k8s.io_${name}.yaml`,
    ),
    ...['kubeadmcontrolplanes', 'kubeadmcontrolplanetemplates'].map(
      name => `controlplane/kubeadm/config/crd/bases/controlplane.cluster.x-k8s.io_${name}.yaml`,
    ),
    ...['kubeadmconfigs', 'kubeadmconfigtemplates'].map(
      name => `bootstrap/kubeadm/config/crd/bases/bootstrap.cluster.x-k8s.io_${name}.yaml`,
    ),
  ],
  groups: /^apiVersion: *(?:controlplane\.|bootstrap\.)?cluster\.x-k8s\.io\//m,
};

type Schema = { [key: string]: unknown; properties?: Record<string, Schema> };

type Definition = {
  kind: string;
  spec: {
    group: string;
    names: { kind: string };
    versions: { name: string; schema?: { openAPIV3Schema: Schema } }[];
  };
};

/** Where Go has the module: it fetches one that asks for a newer Go, complains, and does not say where it is. */
function folderOf({ module, files }: Definitions): string | undefined {
  const go = (...args: string[]): string => spawnSync('go', args, { encoding: 'utf8' }).stdout ?? '';
  const [, zip] = /"Zip": "([^"]+)"/.exec(go('mod', 'download', '-json', module)) ?? [];
  const unpacked = path.join(go('env', 'GOMODCACHE').trim(), module);
  if (existsSync(unpacked)) return unpacked;
  const folder = makeFolder();
  const { status } = spawnSync('unzip', [
    '-q',
    zip ?? '',
    ...files.map(file => `${module}/${file}`),
    '-d',
    folder,
  ]);
  return status === 0 ? path.join(folder, module) : undefined;
}

/** What judges the objects that some definitions are for. */
export type Judge = {
  /** CI must be able to. */
  can: boolean;
  /** What is wrong with them in some texts, by kubeconform; and how many it looked at. */
  judge(texts: readonly string[]): { valid: number; wrong: string[] };
};

/** By the definitions of Flux. */
export function openFluxJudge(): Judge {
  return openJudge(FLUX);
}

/** By those of Argo CD. */
export function openArgoJudge(): Judge {
  return openJudge(ARGO);
}

/** By those of Cluster API. */
export function openCapiJudge(): Judge {
  return openJudge(CLUSTER_API);
}

/** By those of Tekton. */
export function openTektonJudge(): Judge {
  return openJudge(TEKTON);
}

function openJudge(definitions: Definitions): Judge {
  const module = folderOf(definitions);
  const isHere = findTool('kubeconform') !== undefined && module !== undefined;
  const schemas = memoized(() => writeSchemas(definitions, module ?? ''));
  return {
    can: isHere || process.env['CI'] === 'true',
    judge: texts => judged(schemas(), definitions.groups, texts),
  };
}

/** A folder with the schemas as kubeconform reads them. */
function writeSchemas({ files }: Definitions, module: string): string {
  const folder = makeFolder();
  for (const file of files)
    for (const document of parseAllDocuments(readFileSync(path.join(module, file), 'utf8')))
      writeDefinition(folder, document.toJS() as Definition);
  return folder;
}

function writeDefinition(folder: string, { kind, spec }: Definition): void {
  if (kind !== 'CustomResourceDefinition') return;
  mkdirSync(path.join(folder, spec.group), { recursive: true });
  for (const { name, schema } of spec.versions) {
    if (!schema) continue;
    const { properties } = schema.openAPIV3Schema;
    const own = { ...schema.openAPIV3Schema, properties: { ...properties, metadata: { type: 'object' } } };
    const file = path.join(folder, spec.group, `${spec.names.kind.toLowerCase()}_${name}.json`);
    writeFileSync(file, JSON.stringify(closed(own)));
  }
}

/** A field that nobody knows is a mistake here. */
function closed(schema: Schema): Schema {
  const inner = Object.entries(schema).map(([key, value]): [string, unknown] => {
    if (key === 'properties') return [key, mapped(value as Record<string, Schema>)];
    return [key, key === 'items' || key === 'additionalProperties' ? closedOne(value) : value];
  });
  const isOpen =
    schema.properties === undefined ||
    schema['additionalProperties'] !== undefined ||
    schema['x-kubernetes-preserve-unknown-fields'] === true;
  return { ...Object.fromEntries(inner), ...(isOpen ? {} : { additionalProperties: false }) };
}

function mapped(properties: Record<string, Schema>): Record<string, Schema> {
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, closed(schema)]));
}

function closedOne(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? closed(value as Schema) : value;
}

function judged(schemas: string, groups: RegExp, texts: readonly string[]): ReturnType<Judge['judge']> {
  const folder = makeFolder();
  const documents = texts.flatMap(text => text.split(/^---.*$/m)).filter(text => groups.test(text));
  for (const [index, text] of documents.entries()) writeFileSync(path.join(folder, `${index}.yaml`), text);
  const location = `${schemas}/{{.Group}}/{{.ResourceKind}}_{{.ResourceAPIVersion}}.json`;
  const { stdout } = spawnSync(
    findTool('kubeconform') ?? '',
    ['-strict', '-output', 'json', '-verbose', '-schema-location', location, folder],
    { encoding: 'utf8' },
  );
  const { resources = [] } = JSON.parse(stdout) as {
    resources?: { status: string; kind: string; name: string; msg: string }[];
  };
  const wrong = resources.filter(({ status }) => status !== 'statusValid');
  return {
    valid: resources.length - wrong.length,
    wrong: wrong.map(({ kind, name, msg }) => `${kind} ${name}: ${msg}`),
  };
}

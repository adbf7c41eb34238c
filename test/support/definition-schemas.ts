import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { makeFolder } from './repository.ts';
import { findTool } from './tools.js';

/** Definitions in modules of Go, by the files that hold them. */
type Definitions = { module: string; files: readonly string[] };

const CONTROLLERS = ['helm', 'kustomize', 'source', 'image-automation', 'image-reflector', 'notification'];

/** Every definition of Flux, and that of FluxInstance. */
export const FLUX: Definitions = {
  module: 'github.com/controlplaneio-fluxcd/flux-operator@v0.59.0',
  files: [
    ...CONTROLLERS.map(name => `config/data/flux/v2.9.5/${name}-controller.yaml`),
    'config/crd/bases/fluxcd.controlplane.io_fluxinstances.yaml',
  ],
};

export const TEKTON: Definitions = {
  module: 'github.com/tektoncd/pipeline@v1.6.0',
  files: ['300-task.yaml', '300-pipelinerun.yaml'].map(name => `config/300-crds/${name}`),
};

export const ARGO_CD: Definitions = {
  module: 'github.com/argoproj/argo-cd/v3@v3.6.1',
  files: ['manifests/crds/applicationset-crd.yaml'],
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
function moduleFolder(module: string): string | undefined {
  const go = (...args: string[]): string => spawnSync('go', args, { encoding: 'utf8' }).stdout ?? '';
  const [, zip] = /"Zip": "([^"]+)"/.exec(go('mod', 'download', '-json', module)) ?? [];
  const unpacked = path.join(go('env', 'GOMODCACHE').trim(), module);
  if (existsSync(unpacked)) return unpacked;
  const folder = makeFolder();
  const { status } = spawnSync('unzip', ['-q', zip ?? '', `${module}/config/*`, '-d', folder]);
  return status === 0 ? path.join(folder, module) : undefined;
}

/** A folder with schemas as kubeconform reads them; undefined where it or the module cannot be had, which is no excuse in CI. */
export function definitionSchemas({ module, files }: Definitions): string | undefined {
  const from = findTool('kubeconform') && moduleFolder(module);
  if (from === undefined && process.env['CI'] !== 'true') return undefined;
  const folder = makeFolder();
  for (const file of files)
    for (const document of parseAllDocuments(readFileSync(path.join(from ?? '', file), 'utf8')))
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

/** What is wrong with the objects of some groups in texts, by kubeconform; and how many it looked at. */
export function judgeObjects(
  schemas: string,
  texts: readonly string[],
  groups: RegExp,
): { valid: number; wrong: string[] } {
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

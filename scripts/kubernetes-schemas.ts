import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { parseAllDocuments } from 'yaml';
import { schemaFiles } from '../src/render/schemas/openapi-schemas.ts';

/** The three newest minors when this was last run; each a release of them. */
const RELEASES = ['v1.35.5', 'v1.36.4', 'v1.37.2'];
const FOLDER = 'schemas/kubernetes';

/** Where the definitions of what an `init` sets up stand in the module of each, and those of Flux. */
export const DEFINITIONS: readonly [module: string, folder: string][] = [
  ['sigs.k8s.io/gateway-api@v1.6.1', 'config/crd/experimental'],
  ['github.com/argoproj/argo-cd/v3@v3.5.7', 'manifests/crds'],
  ['github.com/cert-manager/cert-manager@v1.21.2', 'deploy/crds'],
  ['github.com/bitnami-labs/sealed-secrets@v0.40.0', 'helm/sealed-secrets/crds'],
  ['github.com/fluxcd/kustomize-controller@v1.9.6', 'config/crd/bases'],
  ['github.com/fluxcd/helm-controller@v1.6.2', 'config/crd/bases'],
  ['github.com/fluxcd/source-controller@v1.9.6', 'config/crd/bases'],
];

/**
 * `npm run schemas`: makes the schemas of Kubernetes' own kinds from the OpenAPI documents in its Go module, and those of the
 * kinds that an `init` sets up from their definitions. Needs Go, and the module proxy once.
 */
export function main(): number {
  for (const release of RELEASES)
    write(/^v\d+\.\d+/.exec(release)?.[0] ?? release, filesOf(release), release);
  write('definitions', filesOfDefinitions(), DEFINITIONS.map(([module]) => module).join(', '));
  return 0;
}

function write(name: string, files: ReadonlyMap<string, string>, of: string): void {
  const json = JSON.stringify(Object.fromEntries(files));
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 };
  const file = path.join(FOLDER, `${name}.json.br`);
  const bytes = brotliCompressSync(json, { params });
  writeFileSync(file, bytes);
  process.stdout.write(`${file}: ${files.size} files of ${of}, ${json.length} → ${bytes.length} bytes\n`);
}

/** In one order, so that the same release gives the same bytes. */
function filesOf(release: string): Map<string, string> {
  const folder = path.join(moduleFolder(`k8s.io/kubernetes@${release}`), 'api/openapi-spec/v3');
  const all = new Map<string, string>();
  for (const file of readdirSync(folder).toSorted()) {
    const [, group = '', version] = /^apis?__(?:(.+)__)?(v[a-z0-9]+)_openapi\.json$/.exec(file) ?? [];
    if (version === undefined) continue;
    const document: unknown = JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
    for (const [name, text] of schemaFiles({ group, version, document })) all.set(name, text);
  }
  return all;
}

function moduleFolder(module: string): string {
  const json = execFileSync('go', ['mod', 'download', '-json', module], {
    cwd: '/',
    encoding: 'utf8',
    env: { ...process.env, GOFLAGS: '-mod=mod' },
  });
  return (JSON.parse(json) as { Dir: string }).Dir;
}

type Definition = {
  kind?: string;
  spec: {
    group: string;
    names: { kind: string };
    versions: { name: string; served: boolean; schema?: { openAPIV3Schema?: object } }[];
  };
};

/** Each group version as the API server would publish it. */
function filesOfDefinitions(): Map<string, string> {
  const documents = new Map<string, { group: string; version: string; schemas: Record<string, object> }>();
  for (const { spec } of definitions())
    for (const { name: version, schema } of spec.versions) {
      const { group, names } = spec;
      const known = documents.get(`${group}/${version}`) ?? { group, version, schemas: {} };
      known.schemas[names.kind] = {
        ...schema?.openAPIV3Schema,
        'x-kubernetes-group-version-kind': [{ group, version, kind: names.kind }],
      };
      documents.set(`${group}/${version}`, known);
    }
  const files = [...documents.values()].flatMap(({ group, version, schemas }) => [
    ...schemaFiles({ group, version, document: { components: { schemas } } }),
  ]);
  return new Map(files);
}

function definitions(): Definition[] {
  return DEFINITIONS.flatMap(([module, folder]) => {
    const home = path.join(moduleFolder(module), folder);
    const files = readdirSync(home).filter(file => file.endsWith('.yaml'));
    return files.toSorted().flatMap(file => {
      const documents = parseAllDocuments(readFileSync(path.join(home, file), 'utf8'));
      return [documents].flat().flatMap(document => {
        const definition = document.toJS() as Definition | null;
        return definition?.kind === 'CustomResourceDefinition' ? [definition] : [];
      });
    });
  });
}

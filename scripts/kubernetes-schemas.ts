import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { schemaFiles } from '../src/render/schemas/openapi-schemas.ts';

/** The three newest minors when this was last run; each a release of them. */
const RELEASES = ['v1.35.5', 'v1.36.4', 'v1.37.2'];
const FOLDER = 'schemas/kubernetes';

/** `npm run schemas`: makes the schemas of Kubernetes' own kinds from the OpenAPI documents in its Go module. Needs Go, and the module proxy once. */
export function main(): number {
  for (const release of RELEASES) {
    const files = filesOf(release);
    const json = JSON.stringify(Object.fromEntries(files));
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 };
    const name = path.join(FOLDER, `${/^v\d+\.\d+/.exec(release)?.[0]}.json.br`);
    const bytes = brotliCompressSync(json, { params });
    writeFileSync(name, bytes);
    process.stdout.write(`${name}: ${files.size} files of ${release}, ${bytes.length} bytes\n`);
  }
  return 0;
}

/** In one order, so that the same release gives the same bytes. */
function filesOf(release: string): Map<string, string> {
  const args = ['mod', 'download', '-json', `k8s.io/kubernetes@${release}`];
  const json = execFileSync('go', args, {
    cwd: '/',
    encoding: 'utf8',
    env: { ...process.env, GOFLAGS: '-mod=mod' },
  });
  const folder = path.join((JSON.parse(json) as { Dir: string }).Dir, 'api/openapi-spec/v3');
  const all = new Map<string, string>();
  for (const file of readdirSync(folder).toSorted()) {
    const [, group = '', version] = /^apis?__(?:(.+)__)?(v[a-z0-9]+)_openapi\.json$/.exec(file) ?? [];
    if (version === undefined) continue;
    const document: unknown = JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
    for (const [name, text] of schemaFiles({ group, version, document })) all.set(name, text);
  }
  return all;
}

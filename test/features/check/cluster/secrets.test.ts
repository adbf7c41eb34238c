import path from 'node:path';
import { chmodSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { AppPlace } from '../../../../src/features/check/facts/app-place.ts';
import type { ClusterVerdict } from '../../../../src/features/check/facts/rendered-facts.ts';
import { judgeApp } from '../../../../src/features/check/cluster/run-dry-runs.ts';
import { check, checkHome } from '../../../support/check-repository.ts';
import { canRender } from '../../../support/kustomize.ts';
import { makeFolder, makeRepository, writeFiles } from '../../../support/repository.ts';

const VALUES = ['hunter2', 'a: hunter3 b', 'ZXLine one of it\nand hunter4 in two', 'hunt'];
const [plain = '', odd = '', lines = '', short = ''] = VALUES;
const SECRET = `apiVersion: v1
kind: Secret
metadata: {name: web, namespace: web}
stringData: {password: ${JSON.stringify(plain)}, other: ${JSON.stringify(odd)}, pin: ${JSON.stringify(short)}}
data: {lines: ${Buffer.from(lines).toString('base64')}}
`;
const MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: web}\n';
const LEAKS = /hunt|ZXLine|WlhMaW5l|aHVudGVy/;

const SAID = [
  'The Secret "web" is invalid: data[other]: Invalid value: "a: hunter3 b": must be shorter',
  'The Secret "web" is invalid: type: Unsupported value: "hunter2": supported values: "Opaque"',
  'The Secret "web" is invalid: hunter2: Invalid value: "x": no',
  'The Secret "web" is invalid: metadata.annotations[hunter2]: Invalid value: "x": no',
  'Error from server: admission webhook "v" denied the request: password "hunter2" is too weak',
  'Error from server: admission webhook "v" denied the request: password of hun… is too weak',
  'Error from server (InternalError): failed calling webhook "v.example": cannot decode hunter2',
  'Error from server (BadRequest): Secret in version "v1" cannot be handled as a Secret: bigger context ...|"password":"hunter2"|...',
  "error: ValidatingAdmissionPolicy 'hunter2' denied request: aHVudGVyMg== is weak",
  'Error from server (Forbidden): secrets "web" is forbidden: User "hunter2" cannot create',
  'Error from server (NotFound): namespaces "hunter2" not found',
  'error: no matches for kind "hunter2" in version "v1"',
  `Warning: the value ${odd} is old\nError from server: ${lines}`,
  'and hunter4 in two',
];

/** A kubectl that refuses everything, in these words. */
function kubectl(said: string): Record<string, string> {
  const folder = makeFolder();
  writeFiles(folder, {
    said,
    version: '{"gitVersion":"v1.36.2"}',
    kubectl: `#!/bin/sh
case "$*" in
  *"config view"*) printf 'c\\nhttps://c.example' ;;
  *"--raw"*) cat "$(dirname "$0")/version" ;;
  *) cat > /dev/null; cat "$(dirname "$0")/said" >&2; exit 1 ;;
esac
`,
  });
  chmodSync(path.join(folder, 'kubectl'), 0o755);
  return { SLIPWAY_KUBECTL: path.join(folder, 'kubectl') };
}

async function verdictOn(output: string, said: string): Promise<ClusterVerdict> {
  const server = { context: 'c', server: 'https://c.example', version: 'v1.36.2' };
  const env = { ...process.env, ...kubectl(said) };
  const { signal } = new AbortController();
  const app = { name: 'web', folder: 'apps/web' } as unknown as AppPlace;
  const { verdict, isOfSecrets } = await judgeApp({ env, signal, server }, app, output);
  expect(isOfSecrets).toBe(output.includes('kind: Secret'));
  return verdict;
}

describe('S02 what a server says of a Secret', () => {
  test.each(SAID)('%j', async said => {
    expect(JSON.stringify(await verdictOn(SECRET, said)).replaceAll('hun…', 'hunt')).not.toMatch(LEAKS);
  });

  test('of another object, which may hold the same value', async () => {
    for (const said of SAID.filter(text => !text.includes('hun…')))
      expect(JSON.stringify(await verdictOn(`${MAP}---\n${SECRET}`, said))).not.toMatch(LEAKS);
  });

  test('of a list that holds one', async () => {
    const list = `apiVersion: v1\nkind: List\nitems:\n${[MAP, SECRET].map(text => `- ${text.trimEnd().replaceAll('\n', '\n  ')}\n`).join('')}`;
    const said = 'Error from server: admission webhook "v" denied the request: password of hun… is weak';
    const { refused } = await verdictOn(list, said);
    // Each item has an answer of its own, so that nothing of it is about another.
    expect(refused.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['ConfigMap settings', 'Secret web']);
    expect(JSON.stringify(refused[1])).not.toContain('hun…');
  });

  test('the field and the kind of the problem are told; of what is no Secret all is', async () => {
    const { refused } = await verdictOn(SECRET, SAID[0] ?? '');
    expect(refused).toMatchObject([
      { path: ['data', 'other'], reason: { en: 'data[other]: Invalid value (the value is not shown)' } },
    ]);
    const other = await verdictOn(
      MAP,
      'The ConfigMap "settings" is invalid: data[x y]: Invalid value: "x y": no',
    );
    expect(other.refused).toMatchObject([{ reason: 'data[x y]: Invalid value: "x y": no' }]);
  });
});

test.runIf(canRender)('S02 nothing of it is printed or kept', async () => {
  const root = makeRepository({
    'apps/web/kustomization.yaml': 'resources: [all.yaml]\n',
    'apps/web/all.yaml': SECRET,
  });
  const home = checkHome();
  const env = { ...home, ...kubectl(SAID[0] ?? '') };
  const run = await check(root, ['--cluster'], env);
  expect(run.findings.map(({ code }) => code)).toContain('cluster-refused');
  expect(`${run.stdout}${run.stderr}`).not.toMatch(/hunter3/);
  const cache = home['SLIPWAY_CACHE_DIR'] ?? '';
  const kept = readdirSync(cache, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  expect(kept.length).toBeGreaterThan(0);
  for (const { parentPath, name } of kept)
    expect([parentPath.endsWith('cluster'), readFileSync(path.join(parentPath, name), 'utf8')]).toEqual([
      false,
      expect.not.stringContaining('hunter3'),
    ]);
});

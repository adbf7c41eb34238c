import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findTool, prepareTools } from '../support/tools.js';
import type { Api, KubeObject } from './api.ts';
import { buildApps, generateRepositories, objectsIn } from './generated.ts';
import { buildPrograms, crdFolders, KUBERNETES } from './programs.ts';
import { type RunningCluster, startCluster } from './start.ts';
import { ALONE, BEYOND, judgeOneFault, type Row, type Verdict, writeOneFault } from './verdicts.ts';

const say = (line: string): void => console.log(line);

/** `npm run test:cluster`: a real API server judges what slipway writes, and what slipway says of faults. Returns 1 where they differ. */
export async function main(): Promise<number> {
  const began = Date.now();
  execFileSync(process.execPath, ['build.js'], { stdio: 'inherit' });
  const absent = await prepareTools(say, ['helm', 'kustomize', 'kubeconform', 'kubectl']);
  if (absent.length > 0) throw new Error(`missing: ${absent.join(', ')}`);
  const programs = await buildPrograms(path.resolve('.tools'), say);
  const home = mkdtempSync(path.join(tmpdir(), 'slipway-verdicts-'));
  const built = Date.now();
  const cluster = await startCluster(programs);
  try {
    say(
      `kube-apiserver ${KUBERNETES} is ready after ${seconds(built)} s (programs: ${((built - began) / 1000).toFixed(0)} s)`,
    );
    const bad = [...(await applyDefinitions(cluster.api)), ...(await applyGenerated(cluster.api, home))];
    const rows = await judgeTable(cluster, home);
    const wrong = report(rows);
    for (const line of bad) say(`REFUSED  ${line}`);
    say(`${bad.length + wrong} not as they should be; ${seconds(began)} s in all`);
    return bad.length + wrong > 0 ? 1 : 0;
  } finally {
    await cluster.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

function seconds(since: number): string {
  return ((Date.now() - since) / 1000).toFixed(0);
}

async function applyDefinitions(api: Api): Promise<string[]> {
  const folders = await crdFolders();
  const objects = folders.flatMap(folder =>
    readdirSync(folder)
      .filter(file => file.endsWith('.yaml') && file !== 'kustomization.yaml')
      .flatMap(file => objectsIn(readFileSync(path.join(folder, file), 'utf8'))),
  );
  const refused = await applyAll(api, objects, 'default');
  say(
    `${objects.length} CRDs and policies of Gateway API, Argo CD, cert-manager, sealed-secrets and Flux: ${refused.length} refused`,
  );
  return refused;
}

async function applyGenerated(api: Api, home: string): Promise<string[]> {
  const refused: string[] = [];
  for (const root of generateRepositories(home)) {
    const apps = buildApps(root);
    for (const { namespace } of apps) await api.apply(namespaceCalled(namespace));
    for (const { app, namespace, objects } of apps)
      refused.push(...(await applyAll(api, objects, namespace)).map(line => `${app} ${line}`));
    const count = apps.reduce((sum, { objects }) => sum + objects.length, 0);
    say(
      `${path.basename(root)}: ${apps.length} apps, ${count} objects that slipway wrote: ${refused.length} refused`,
    );
  }
  return refused;
}

function namespaceCalled(name: string): KubeObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}

/** Really applied, so that one can lean on another. */
async function applyAll(api: Api, objects: readonly KubeObject[], namespace: string): Promise<string[]> {
  const refused: string[] = [];
  for (const object of objects) {
    const { code, message } = await api.apply(object, { namespace });
    if (code >= 300) refused.push(`${object.kind} ${object.metadata.name}: ${code} ${message.slice(0, 300)}`);
  }
  return refused;
}

function judgeTable({ api, kubeconfig }: RunningCluster, home: string): Promise<Row[]> {
  const root = path.join(home, 'one-fault');
  writeOneFault(root);
  const env = {
    ...process.env,
    // Where kubeconform is.
    PATH: `${path.resolve('.tools/bin')}${path.delimiter}${process.env['PATH'] ?? ''}`,
    KUBECONFIG: kubeconfig,
    SLIPWAY_KUBECTL: findTool('kubectl'),
    SLIPWAY_CACHE_DIR: path.join(home, 'cache'),
  };
  return judgeOneFault(api, root, env);
}

/** Prints what differs from the server, and gives how much of that nobody has given a reason for. */
function report(rows: readonly Row[]): number {
  const refused = rows.filter(({ server }) => server === 'refuses').length;
  const off = (row: Row, said: Verdict): boolean => row.server !== said && !(row.app in BEYOND);
  const alone = rows.filter(row => off(row, row.alone));
  const asked = rows.filter(row => off(row, row.asked));
  say(
    `${rows.length} one-fault apps, the server refuses ${refused}: ${alone.length} misjudged without a cluster, ${asked.length} with it`,
  );
  for (const [app, why] of Object.entries(BEYOND)) say(`  ${app.padEnd(26)} refused all the same: ${why}`);
  for (const row of rows.filter(each => alone.includes(each) || asked.includes(each)))
    say(
      `  ${row.app.padEnd(26)} server ${row.server}, alone ${row.alone}, asked ${row.asked}: ${ALONE[row.app] ?? `NO REASON [${row.codes}] ${row.message.slice(0, 160)}`}`,
    );
  return asked.length + alone.filter(({ app }) => !(app in ALONE)).length;
}

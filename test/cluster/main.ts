import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findTool, prepareTools } from '../support/tools.js';
import type { Api, KubeObject } from './api.ts';
import { buildFolders, type Built, objectsIn } from './generated.ts';
import { buildPrograms, definitionFiles, KUBERNETES } from './programs.ts';
import { generateRepositories, TOOLS_ENV } from './repositories.ts';
import { CHANGES } from './changes.ts';
import { judgeChanges } from './judge-changes.ts';
import { judgeRepositories } from './set-repositories.ts';
import { judgeSets } from './sets.ts';
import { type RunningCluster, startCluster } from './start.ts';
import { ALONE, BEYOND, judgeOneFault, type Row, type Verdict, writeOneFault } from './verdicts.ts';

const say = (line: string): void => console.log(line);

const PARTS = ['sets', 'generated', 'changes', 'alone', 'apps'] as const;
type Part = (typeof PARTS)[number];

/**
 * `npm run test:cluster <folder>…`: what Argo CD makes of the ApplicationSets of repositories that lie on this machine, against what
 * slipway says. Else a real API server judges what slipway writes, and what slipway says of faults. Returns 1 where they
 * differ. @param chosen some of the parts, else all
 */
export async function main(chosen: readonly string[] = []): Promise<number> {
  const folders = chosen.filter(each => each.includes('/'));
  if (folders.length > 0) return judgeFolders(folders);
  const began = Date.now();
  execFileSync(process.execPath, ['build.js'], { stdio: 'inherit' });
  const absent = await prepareTools(say, ['helm', 'kustomize', 'kubeconform', 'kubectl', 'appset']);
  if (absent.length > 0) throw new Error(`missing: ${absent.join(', ')}`);
  const programs = await buildPrograms(path.resolve('.tools'), say);
  const home = mkdtempSync(path.join(tmpdir(), 'slipway-verdicts-'));
  const built = Date.now();
  const cluster = await startCluster(programs);
  try {
    const ready = ((Date.now() - built) / 1000).toFixed(0);
    say(`kube-apiserver ${KUBERNETES} is ready after ${ready} s (programs: ${seconds(began, built)} s)`);
    const parts = PARTS.filter(part => (chosen.length === 0 ? part !== 'alone' : chosen.includes(part)));
    const wrong = await applyDefinitions(cluster.api);
    for (const part of parts) {
      const since = Date.now();
      wrong.push(...(await JUDGING[part](cluster, home)));
      say(`  (${part}: ${seconds(since)} s)`);
    }
    for (const line of wrong) say(`WRONG  ${line}`);
    say(`${wrong.length} not as they should be; ${seconds(built)} s, ${seconds(began)} s with the programs`);
    return wrong.length > 0 ? 1 : 0;
  } finally {
    await cluster.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

async function judgeFolders(folders: readonly string[]): Promise<number> {
  const absent = await prepareTools(say, ['appset']);
  if (absent.length > 0) throw new Error(`missing: ${absent.join(', ')}`);
  const home = mkdtempSync(path.join(tmpdir(), 'slipway-sets-'));
  try {
    const wrong = judgeRepositories(folders, home, say);
    for (const line of wrong) say(`WRONG  ${line}`);
    return wrong.length > 0 ? 1 : 0;
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** Each gives a line for what is not as it should be. */
const JUDGING: Readonly<Record<Part, (cluster: RunningCluster, home: string) => Promise<string[]>>> = {
  sets: (_, home) => Promise.resolve(judgeSets(home, say)),
  generated: ({ api }, home) => applyGenerated(api, home),
  changes: async ({ api }) => {
    const wrong = await judgeChanges(api);
    say(`${CHANGES.length} changes of fields: ${wrong.length} judged otherwise than the API server does`);
    return wrong;
  },
  // The quick half of what follows.
  alone: async (cluster, home) => report(await judgeTable(cluster, home, false)),
  apps: async (cluster, home) => report(await judgeTable(cluster, home, true)),
};

function seconds(since: number, until = Date.now()): string {
  return ((until - since) / 1000).toFixed(0);
}

async function applyDefinitions(api: Api): Promise<string[]> {
  const files = await definitionFiles();
  const objects = files.flatMap(file => objectsIn(readFileSync(file, 'utf8')));
  const refused = await applyAll(api, objects, 'default');
  say(`${objects.length} CRDs and policies of what slipway writes objects for: ${refused.length} refused`);
  return refused;
}

async function applyGenerated(api: Api, home: string): Promise<string[]> {
  const refused: string[] = [];
  for (const { root, rendered } of await generateRepositories(home))
    for (const [what, apps] of [
      ['that slipway wrote', buildFolders(root)],
      ['that slipway renders of it', rendered],
    ] as const) {
      const lines = await applyApps(api, apps);
      for (const line of lines) refused.push(`${path.basename(root)}/${line}`);
      const count = apps.reduce((sum, { objects }) => sum + objects.length, 0);
      say(`${path.basename(root)}: ${count} objects ${what}: ${lines.length} refused`);
    }
  return refused;
}

async function applyApps(api: Api, apps: readonly Built[]): Promise<string[]> {
  const namespaces = apps.flatMap(({ namespace, objects }) => [
    namespace,
    ...objects.flatMap(({ metadata }) => metadata.namespace ?? []),
  ]);
  for (const name of new Set(namespaces)) await api.apply(namespaceCalled(name));
  const refused: string[] = [];
  for (const { app, namespace, objects } of apps)
    for (const line of await applyAll(api, objects, namespace)) refused.push(`${app} ${line}`);
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

function judgeTable({ api, kubeconfig }: RunningCluster, home: string, asks: boolean): Promise<Row[]> {
  const root = path.join(home, 'one-fault');
  writeOneFault(root);
  const env = {
    ...TOOLS_ENV,
    KUBECONFIG: kubeconfig,
    SLIPWAY_KUBECTL: findTool('kubectl'),
    SLIPWAY_CACHE_DIR: path.join(home, 'cache'),
  };
  return judgeOneFault(api, root, { env, asks });
}

/** Prints what differs from the server, and gives what of that nobody has given a reason for. */
function report(rows: readonly Row[]): string[] {
  const refused = rows.filter(({ server }) => server === 'refuses').length;
  const off = (row: Row, said: Verdict | undefined): boolean =>
    said !== undefined && row.server !== said && !(row.app in BEYOND);
  const alone = rows.filter(row => off(row, row.alone));
  const asked = rows.filter(row => off(row, row.asked));
  say(
    `${rows.length} one-fault apps, the server refuses ${refused}: ${alone.length} misjudged without a cluster, ${asked.length} with it`,
  );
  for (const [app, why] of Object.entries(BEYOND)) say(`  ${app.padEnd(26)} refused all the same: ${why}`);
  for (const row of rows.filter(each => alone.includes(each) || asked.includes(each)))
    say(
      `  ${row.app.padEnd(26)} server ${row.server}, alone ${row.alone}, asked ${row.asked ?? 'nobody'}: ${ALONE[row.app] ?? `NO REASON [${row.codes}] ${row.message.slice(0, 160)}`}`,
    );
  const unexplained = alone.filter(row => !(row.app in ALONE) && !asked.includes(row));
  return [...asked, ...unexplained].map(({ app }) => app);
}

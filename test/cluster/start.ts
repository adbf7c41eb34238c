import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type Api, openApi } from './api.ts';
import type { Programs } from './programs.ts';

/** A running cluster without nodes: an API server and its store, on loopback. */
export type RunningCluster = { api: Api; kubeconfig: string; stop(): Promise<void> };

const READY_MS = 120_000;

/**
 * Starts etcd and kube-apiserver on free ports. Both end with `stop`, and with this process, whatever ends it.
 * @throws with the end of the log where the API server does not become ready
 */
export async function startCluster(programs: Programs): Promise<RunningCluster> {
  const home = mkdtempSync(path.join(tmpdir(), 'slipway-cluster-'));
  const children: ChildProcess[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(children.toReversed().map(end));
    rmSync(home, { recursive: true, force: true });
  };
  try {
    const [store, peer, port] = [await freePort(), await freePort(), await freePort()];
    writeKeys(home);
    children.push(spawnLogged(programs.etcd, etcdArgs(home, store, peer), home));
    children.push(spawnLogged(programs.apiServer, apiArgs(home, store, port), home));
    const api = openApi(port);
    await ready(api, home);
    return { api, kubeconfig: writeKubeconfig(home, port), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function etcdArgs(home: string, store: number, peer: number): string[] {
  const [client, between] = [`http://127.0.0.1:${store}`, `http://127.0.0.1:${peer}`];
  return [
    `--data-dir=${path.join(home, 'etcd')}`,
    '--unsafe-no-fsync',
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${between}`,
    `--initial-advertise-peer-urls=${between}`,
    `--initial-cluster=default=${between}`,
  ];
}

function apiArgs(home: string, store: number, port: number): string[] {
  const keys = ['key-file=sa.pub', 'signing-key-file=sa.key'].map(
    each => `--service-account-${each.replace('=', `=${home}/`)}`,
  );
  return [
    `--etcd-servers=http://127.0.0.1:${store}`,
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    `--secure-port=${port}`,
    `--cert-dir=${path.join(home, 'certificates')}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    ...keys,
    '--service-cluster-ip-range=10.96.0.0/16',
    '--authorization-mode=RBAC',
    `--token-auth-file=${path.join(home, 'tokens.csv')}`,
    '--allow-privileged=true',
    // Nobody makes service accounts here, and nobody is to be reached.
    '--disable-admission-plugins=ServiceAccount',
    '--endpoint-reconciler-type=none',
  ];
}

function writeKeys(home: string): void {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  writeFileSync(path.join(home, 'sa.pub'), publicKey);
  writeFileSync(path.join(home, 'sa.key'), privateKey, { mode: 0o600 });
  writeFileSync(path.join(home, 'tokens.csv'), 'admin,admin,admin,"system:masters"\nguest,guest,guest\n');
}

function writeKubeconfig(home: string, port: number): string {
  const file = path.join(home, 'kubeconfig');
  const cluster = { server: `https://127.0.0.1:${port}`, 'insecure-skip-tls-verify': true };
  const users = ['admin', 'guest'];
  writeFileSync(
    file,
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'real', cluster }],
      users: users.map(name => ({ name, user: { token: name } })),
      contexts: users.map(user => ({ name: user, context: { cluster: 'real', user } })),
      'current-context': 'admin',
    }),
  );
  return file;
}

/**
 * Runs a program until its input ends: that of a process that is gone has ended, whatever ended it. Nothing is to be kept, and an API
 * server whose store has gone before it would wait for it.
 */
const WHILE_OPEN = '"$0" "$@" </dev/null & cat >/dev/null; kill -9 $!; wait $!';

function spawnLogged(program: string, args: string[], home: string): ChildProcess {
  const log = openSync(path.join(home, `${path.basename(program)}.log`), 'a');
  return spawn('sh', ['-c', WHILE_OPEN, program, ...args], { stdio: ['pipe', log, log], cwd: home });
}

async function ready(api: Api, home: string): Promise<void> {
  const latest = Date.now() + READY_MS;
  while (Date.now() < latest) {
    const code = await api.call('GET', '/readyz').then(
      answer => answer.code,
      () => 0,
    );
    if (code === 200) return;
    await setTimeout(200);
  }
  const log = readFileSync(path.join(home, 'kube-apiserver.log'), 'utf8');
  throw new Error(`kube-apiserver is not ready: …${log.slice(-2000)}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const closed = new Promise(resolve => child.once('close', resolve));
  child.stdin?.end();
  await closed;
}

/** kube-apiserver takes no port 0. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0));
    });
  });
}

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { execFileSync } from 'node:child_process';
import { findTool } from '../support/tools.js';
import type { Api } from './api.ts';
import { objectsIn } from './generated.ts';
import { slipway } from './repositories.ts';
import { ALL_APPS } from './sibling-services.ts';

export type Verdict = 'refuses' | 'takes';

/** What the API server takes and slipway refuses all the same, each with why. */
export const BEYOND: Readonly<Record<string, string>> = {
  'route-other-port': 'no Service of the app has that port: nothing would answer',
  'route-host-address': 'Gateway API wants a name, and no listener takes an address',
  'cert-name-long': 'cert-manager’s own webhook refuses it, and no certificate has room for it',
  'gw-host-address': 'Gateway API wants a name, and no request is for an address',
  'sealed-plain': 'no controller can open what nobody has encrypted',
  'sealed-old-form': 'no controller opens the form of 2018',
};

/** What only a cluster can tell, each with why. */
export const ALONE: Readonly<Record<string, string>> = {
  'kind-nobody-serves': 'its CRD may be in the cluster already',
  'kind-mistyped': 'kubeconform lets a kind without a schema pass',
};

/** The Gateway that the routes name. */
const GATEWAY = `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: envoy-gateway}
spec:
  gatewayClassName: envoy-gateway
  listeners:
    - {name: http, protocol: HTTP, port: 80, allowedRoutes: {namespaces: {from: All}}}
    - {name: tls, protocol: TLS, port: 8443, tls: {mode: Passthrough}, allowedRoutes: {namespaces: {from: All}}}
`;

export type Row = {
  app: string;
  server: Verdict;
  message: string;
  /** What `check --render` says without a cluster, and what with one. */
  alone: Verdict;
  asked: Verdict | undefined;
  codes: string;
};

/** The one-fault apps as a repository. */
export function writeOneFault(root: string): void {
  for (const [app, text] of Object.entries({ ...ALL_APPS, 'envoy-gateway': GATEWAY })) {
    const folder = path.join(root, 'production', app);
    mkdirSync(folder, { recursive: true });
    const namespace = `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${app}\n`;
    writeFileSync(path.join(folder, 'namespace.yaml'), namespace);
    writeFileSync(path.join(folder, 'all.yaml'), text);
    const head = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n';
    writeFileSync(
      path.join(folder, 'kustomization.yaml'),
      `${head}namespace: ${app}\nresources:\n  - namespace.yaml\n  - all.yaml\n`,
    );
  }
}

/**
 * Each app before the API server itself, and what slipway says of it: alone, with the schemas that ship with it, and where
 * it is to, with the server asked.
 */
export async function judgeOneFault(
  api: Api,
  root: string,
  { env, asks }: { env: NodeJS.ProcessEnv; asks: boolean },
): Promise<Row[]> {
  const servers = new Map<string, { verdict: Verdict; message: string }>();
  for (const app of Object.keys(ALL_APPS)) servers.set(app, await judgeByServer(api, root, app));
  const checked = async (...flags: string[]): Promise<Map<string, Set<string>>> =>
    refusals(await slipway(['check', ...flags, '--json'], { cwd: root, env }));
  const alone = await checked('--render', '--offline');
  const asked = asks ? await checked('--cluster') : undefined;
  const said = (found: Map<string, Set<string>>, app: string): Verdict =>
    found.has(app) ? 'refuses' : 'takes';
  return [...servers].map(([app, { verdict, message }]) => ({
    app,
    server: verdict,
    message,
    alone: said(alone, app),
    asked: asked && said(asked, app),
    codes: [...(alone.get(app) ?? []), '|', ...(asked?.get(app) ?? [])].join(' '),
  }));
}

async function judgeByServer(
  api: Api,
  root: string,
  app: string,
): Promise<{ verdict: Verdict; message: string }> {
  await api.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: app } });
  const built = build(root, app);
  if (built === undefined) return { verdict: 'refuses', message: 'kustomize does not build it' };
  for (const object of objectsIn(built).filter(({ kind }) => kind !== 'Namespace')) {
    const { code, message } = await api.apply(object, { dry: true, namespace: app });
    if (code >= 300) return { verdict: 'refuses', message: `${code} ${message}` };
  }
  return { verdict: 'takes', message: '' };
}

function build(root: string, app: string): string | undefined {
  try {
    return execFileSync(findTool('kustomize') ?? 'kustomize', ['build', `production/${app}`], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 1 << 26,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    return undefined;
  }
}

type Finding = { code: string; severity: string; file: string };

/** The codes of errors by app. */
function refusals(json: string): Map<string, Set<string>> {
  const { findings } = JSON.parse(json) as { findings: Finding[] };
  const found = new Map<string, Set<string>>();
  for (const { code, severity, file } of findings) {
    const app = file.split('/')[1] ?? '';
    if (severity === 'error') found.set(app, new Set([...(found.get(app) ?? []), code]));
  }
  return found;
}

import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Session } from './context.ts';
import { DEMO_REPOSITORY, makeDemoRepository, serveDemoCharts } from '../scaffold/demo.ts';

/** A run on the demo: its repository as the current folder, its charts served from this process. */
export type Demo = {
  session: Session;
  connectTo: ReadonlyMap<string, { host: string; port: number }>;
  close(): Promise<void>;
};

/** The demo in a temporary folder, or in the one named. */
export async function openDemo(session: Session, folder: string | undefined): Promise<Demo> {
  const root = await demoFolder(folder);
  await makeDemoRepository(root, session.signal);
  const server = await serveDemoCharts();
  const { hostname } = new URL(DEMO_REPOSITORY);
  return {
    session: { ...session, cwd: root },
    connectTo: new Map([[`${hostname}:80`, { host: '127.0.0.1', port: server.port }]]),
    close: () => server.close(),
  };
}

async function demoFolder(folder: string | undefined): Promise<string> {
  if (folder === undefined) return mkdtemp(path.join(tmpdir(), 'slipway-demo-'));
  const root = path.resolve(folder);
  await mkdir(root, { recursive: true });
  return root;
}

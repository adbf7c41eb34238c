import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeFolders } from '../system/files/make-folders.ts';
import { DEMO_REPOSITORY, makeDemoRepository, serveDemoCharts } from '../scaffold/open-demo.ts';

/** The demo under way: its repository, and its charts served from this process. */
export type Demo = {
  root: string;
  connectTo: ReadonlyMap<string, { host: string; port: number }>;
  close(): Promise<void>;
};

/**
 * The demo in a temporary folder, or in the one named.
 * @throws UserError E_EXISTS for a folder with something else in it
 */
export async function openDemo(
  { cwd, signal }: { cwd: string; signal: AbortSignal },
  folder: string | undefined,
): Promise<Demo> {
  const root = await demoFolder(cwd, folder);
  await makeDemoRepository(root, signal);
  return serveDemo(root);
}

/** The charts of the demo that made a repository, served again. */
export async function serveDemo(root: string): Promise<Demo> {
  const server = await serveDemoCharts();
  const { hostname } = new URL(DEMO_REPOSITORY);
  return {
    root,
    connectTo: new Map([[`${hostname}:80`, { host: '127.0.0.1', port: server.port }]]),
    close: () => server.close(),
  };
}

async function demoFolder(cwd: string, folder: string | undefined): Promise<string> {
  if (folder === undefined) return mkdtemp(path.join(tmpdir(), 'slipway-demo-'));
  const root = path.resolve(cwd, folder);
  await makeFolders(root);
  return root;
}

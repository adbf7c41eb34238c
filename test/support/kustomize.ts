import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { parseManifests, type Manifest } from '../../src/repository/manifest.ts';
import { images, type RenderedImage } from '../../src/repository/rendered.ts';
import { findTool } from './tools.js';

export const canRender = findTool('helm') !== undefined && findTool('kustomize') !== undefined;

// Without a route to anywhere where the kernel allows it; a proxy that refuses does the same for HTTP elsewhere.
const CUT_OFF = spawnSync('unshare', ['--net', 'true']).status === 0 ? ['unshare', '--net'] : [];
const NO_PROXY_ANSWERS = 'http://127.0.0.1:9';

/** Builds an app with real kustomize and helm, cut off from the network. */
export function renderOffline(root: string, app: string): Manifest[] {
  const kustomize = findTool('kustomize') ?? '';
  const args = [
    'build',
    '--enable-helm',
    '--helm-command',
    findTool('helm') ?? '',
    '--load-restrictor',
    'LoadRestrictionsNone',
    path.join(root, app),
  ];
  const [program = '', ...rest] = [...CUT_OFF, kustomize, ...args];
  const result = spawnSync(program, rest, {
    encoding: 'utf8',
    maxBuffer: 64 << 20,
    env: {
      PATH: process.env['PATH'],
      HOME: root,
      HTTP_PROXY: NO_PROXY_ANSWERS,
      HTTPS_PROXY: NO_PROXY_ANSWERS,
    },
  });
  if (result.status !== 0) throw new Error(`kustomize build ${app} failed:\n${result.stderr}`);
  return parseManifests(parseAllDocuments(result.stdout).map(document => document.toJS() as unknown));
}

export function renderedImages(manifests: readonly Manifest[]): string[] {
  return images(manifests).map(({ image }: RenderedImage) => image);
}

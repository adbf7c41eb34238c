import { spawnSync } from 'node:child_process';
import { onTestFinished } from 'vitest';
import { createRenderer, type Renderer, type RendererOptions } from '../../src/system/renderer/renderer.ts';
import { findTool } from '../support/tools.js';
import { makeFolder, writeFiles } from '../support/repository.ts';
import type { Files } from './charts.ts';

export const PROGRAM = process.env['SLIPWAY_RENDERER'] ?? findTool('slipway-renderer') ?? '';
export const hasRenderer = PROGRAM !== '';
export const canCompare =
  hasRenderer && findTool('helm') !== undefined && findTool('kustomize') !== undefined;

/** A renderer of this test alone. */
export function openRenderer(options: Partial<RendererOptions> = {}): Renderer {
  const renderer = createRenderer({ program: PROGRAM, signal: new AbortController().signal, ...options });
  onTestFinished(() => renderer.close());
  return renderer;
}

export function bytesOf(files: Files): Map<string, Uint8Array> {
  return new Map(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)]));
}

export type CommandLine = { stdout: string; stderr: string; code: number | null };

const KUBE_VERSION = 'v1.36.0';

/** So that a test need not wait for the usual ones. */
export const quickLimits = { timeLimitMs: 2000, memoryMiB: 512 };

/** What the command-line tools make of it, on the disk and without a network. The helm that the tests have claims Kubernetes 1.20. */
export function kustomizeBuild(files: Files, folder: string): CommandLine {
  const root = makeFolder();
  writeFiles(root, files);
  const flags = [
    '--enable-helm',
    '--load-restrictor',
    'LoadRestrictionsNone',
    '--helm-kube-version',
    KUBE_VERSION,
  ];
  return run(
    findTool('kustomize') ?? '',
    ['build', ...flags, '--helm-command', findTool('helm') ?? '', folder],
    root,
  );
}

export function helmTemplate(
  files: Files,
  { release, namespace }: { release: string; namespace: string },
): CommandLine {
  const root = makeFolder();
  writeFiles(root, files);
  const flags = [
    '--namespace',
    namespace,
    '--include-crds',
    '--kube-version',
    KUBE_VERSION,
    '--values',
    'v.yaml',
  ];
  return run(findTool('helm') ?? '', ['template', release, 'chart', ...flags], root);
}

function run(command: string, args: string[], cwd: string): CommandLine {
  const env = { HOME: cwd, PATH: '', HTTPS_PROXY: 'http://127.0.0.1:9', HTTP_PROXY: 'http://127.0.0.1:9' };
  const { stdout, stderr, status } = spawnSync(command, args, {
    cwd,
    env,
    encoding: 'utf8',
    maxBuffer: 256 << 20,
  });
  return { stdout, stderr, code: status };
}

import { createHash } from 'node:crypto';
import { isRecord } from '../data/fields.ts';
import { parseJson } from '../data/json.ts';
import { type Manifest, parseManifests } from '../repository/manifest.ts';
import { sha256Of } from '../data/digest.ts';
import type { CacheFiles } from '../system/cache/cache-files.ts';
import { readRemoteDocuments } from '../yaml/remote-yaml.ts';
import type { EngineOutput } from './engine.ts';

/** What is remembered of a rendering. Values of Secrets are digests with this user's key: they tell a change, and nothing else. */
export type KeptRendering = {
  manifests: Manifest[];
  /** Schemas of charts that were not used whole, each with what it refers to. */
  cut: readonly string[];
  /** What was not done as in a cluster. */
  warnings: readonly string[];
};

type Fresh = EngineOutput & { cut: readonly string[] };

/** Renders what is not known yet. */
export type Kept = { once(key: string, render: () => Promise<Fresh>): Promise<KeptRendering> };

const MAX_BYTES = 64 << 20;

/** Renderings by what they are made of, on disk; within a run each is made once. */
export function openKept(cache: CacheFiles): Kept {
  const running = new Map<string, Promise<KeptRendering>>();
  const find = async (key: string, render: () => Promise<Fresh>): Promise<KeptRendering> => {
    const known = await read(cache, key);
    if (known) return known;
    const fresh = remembered(await render(), cache);
    await cache.write(nameOf(key), JSON.stringify(fresh));
    return fresh;
  };
  return {
    async once(key, render) {
      const own = running.get(key) ?? find(key, render);
      running.set(key, own);
      return own.finally(() => running.delete(key));
    },
  };
}

/** Renderings that are made anew each time, in the form of those that are remembered: to see what differs by itself. */
export function openAnew(cache: Pick<CacheFiles, 'digest'>): Kept {
  return { once: async (_key, render) => remembered(await render(), cache) };
}

function remembered({ output, cut, warnings }: Fresh, { digest }: Pick<CacheFiles, 'digest'>): KeptRendering {
  const manifests = parseManifests(readRemoteDocuments(output, 'what was rendered'));
  return { manifests: manifests.map(manifest => withoutSecrets(manifest, digest)), cut, warnings };
}

/** A digest over names and over files with their places. */
export function renderingKey(
  names: readonly string[],
  files: ReadonlyMap<string, Uint8Array> = new Map(),
): string {
  const hash = createHash('sha256').update(JSON.stringify([FORM, ...names]));
  for (const [file, content] of [...files].toSorted(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(`\n${JSON.stringify(file)} ${sha256Of(content)}`);
  return hash.digest('hex');
}

/** Counts up with the form of what is kept. */
const FORM = 2;

async function read(cache: CacheFiles, key: string): Promise<KeptRendering | undefined> {
  const text = (await cache.read(nameOf(key), MAX_BYTES))?.toString('utf8') ?? '';
  return parseJson(text) as KeptRendering | undefined;
}

function nameOf(key: string): string {
  return `render/objects/${key}.json`;
}

function withoutSecrets(manifest: Manifest, digest: CacheFiles['digest']): Manifest {
  if (manifest.kind !== 'Secret') return manifest;
  const body = { ...manifest.body };
  for (const field of ['data', 'stringData'] as const) {
    const values = body[field];
    if (isRecord(values))
      body[field] = Object.fromEntries(
        Object.entries(values).map(([key, value]) => [
          key,
          digestFor(field, digest(JSON.stringify(value) ?? '')),
        ]),
      );
  }
  return { ...manifest, body };
}

/** Whoever judges the object finds base64 where it has to be. */
function digestFor(field: 'data' | 'stringData', digest: string): string {
  return field === 'data' ? Buffer.from(digest).toString('base64') : digest;
}

import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { sha256Of } from '../../../data/digest.ts';
import { textMap } from '../../../data/fields.ts';
import { parseJson } from '../../../data/json.ts';
import { SCHEMA_PATTERN } from '../../../render/schemas/openapi-schemas.ts';
import { makeFolders } from '../../../system/files/make-folders.ts';
import { packagePath } from '../../../system/files/templates.ts';

/** The minors whose schemas ship with slipway, the newest last. */
const BUNDLED = ['v1.35', 'v1.36', 'v1.37'];
const MAX_BYTES = 4 << 20;

/** What an `init` sets up, whatever the cluster's version is. */
const DEFINITIONS = 'definitions';

/**
 * Where kubeconform finds the schemas of Kubernetes' own kinds, and of those that an `init` sets up: those that ship with slipway,
 * unpacked into the cache once.
 * @param version of the cluster; undefined where nobody says it: then the newest, which knows most fields
 * @returns undefined for a version that none of them is of, and where nothing can be kept
 */
export async function openBundledSchemas(
  version: string | undefined,
  cache: string | undefined,
): Promise<string | undefined> {
  const minor = version === undefined ? BUNDLED.at(-1) : /^v\d+\.\d+/.exec(version)?.[0];
  if (cache === undefined || minor === undefined || !BUNDLED.includes(minor)) return undefined;
  try {
    const packed = await Promise.all(
      [minor, DEFINITIONS].map(name => readFile(packagePath(`schemas/kubernetes/${name}.json.br`))),
    );
    const folder = path.join(cache, 'kubernetes', `${minor}-${sha256Of(Buffer.concat(packed)).slice(0, 16)}`);
    if (!existsSync(folder)) await unpack(packed, folder);
    return path.join(folder, SCHEMA_PATTERN);
  } catch {
    // As where there are none: a cache is a convenience.
    return undefined;
  }
}

/** Beside its place and then moved there, so that no run sees half of it. */
async function unpack(packed: readonly Buffer[], folder: string): Promise<void> {
  const files = packed.flatMap(bytes => {
    const json = brotliDecompressSync(bytes, { maxOutputLength: MAX_BYTES }).toString('utf8');
    return Object.entries(textMap(parseJson(json)));
  });
  const temporary = `${folder}.${randomUUID()}.tmp`;
  try {
    for (const [name, text] of files) {
      await makeFolders(path.dirname(path.join(temporary, name)), 0o700);
      await writeFile(path.join(temporary, name), text, { mode: 0o600 });
    }
    await rename(temporary, folder);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    // Another run was first.
    if (!existsSync(folder)) throw error;
  }
}

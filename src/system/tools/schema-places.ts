import { realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { sha256Of } from '../../data/digest.ts';
import { scanFiles } from '../files/file-states.ts';

type Env = Record<string, string | undefined>;

/** Where kubeconform looks for schemas, in its own form: SLIPWAY_KUBECONFORM_SCHEMAS, else its own address. */
export function schemaPlaces(env: Env): string[] {
  return (env['SLIPWAY_KUBECONFORM_SCHEMAS'] ?? 'default').split(',');
}

/** Whether no schema has to be fetched. Kubeconform takes what begins with `http` for an address, and `default` is one. */
export function hasLocalSchemas(env: Env): boolean {
  return schemaPlaces(env).every(isLocal);
}

function isLocal(place: string): boolean {
  return place !== 'default' && !/^https?:/i.test(place);
}

const MOST_FILES = 20_000;

/**
 * Tells one state of the schema files on this machine from another: what is read below each place, by name, size and
 * times. Undefined where that cannot be told, since a place holds too many files to look at.
 */
export async function schemaState(env: Env): Promise<string | undefined> {
  const seen = new Map<string, string>();
  for (const place of schemaPlaces(env).filter(isLocal))
    if (!(await look(fixedPart(place), seen))) return undefined;
  return sha256Of(JSON.stringify([...seen]));
}

/** The folder that a place names before its first variable; a place without one is a folder. */
function fixedPart(place: string): string {
  const [fixed = ''] = place.split('{{');
  return fixed === place ? place : path.dirname(`${fixed}x`);
}

/** Adds what is at an address and below, through links too, each once. Gives whether all of it was seen. */
async function look(address: string, seen: Map<string, string>): Promise<boolean> {
  const real = realOf(address);
  if (real === undefined) seen.set(address, '');
  if (real === undefined || seen.has(real)) return true;
  const stats = statSync(real, { throwIfNoEntry: false });
  seen.set(real, stats ? `${stats.ino} ${stats.size} ${stats.mtimeMs} ${stats.ctimeMs}` : '');
  if (!stats?.isDirectory()) return true;
  const { files } = await scanFiles(real, { enter: () => true, most: MOST_FILES });
  for (const [file, kind] of files.words) {
    if (kind !== 'link') seen.set(path.join(real, file), JSON.stringify(files.states.get(file)));
    else if (!(await look(path.join(real, file), seen))) return false;
    if (seen.size > MOST_FILES) return false;
  }
  return true;
}

function realOf(address: string): string | undefined {
  try {
    return realpathSync(address);
  } catch {
    return undefined;
  }
}

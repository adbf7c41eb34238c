import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { execFileSync } from 'node:child_process';

/** A value that must stay where it is, in every form in which it could slip out. */
export type Canary = { value: string; forms: string[] };

/** Unlike anything else, so that finding a part of it means finding it. */
export function makeCanary(name: string): Canary {
  const value = `canary-${name}-"ä/\\ ${createHash('sha256').update(name).digest('hex').slice(0, 24)}`;
  const bytes = Buffer.from(value);
  const hashes = ['sha256', 'sha1', 'md5', 'sha512'].flatMap(algorithm => [
    createHash(algorithm).update(bytes).digest('hex'),
    createHash(algorithm).update(bytes).digest('base64'),
  ]);
  const forms = [
    value,
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value),
    bytes.toString('hex'),
    ...[0, 1, 2].map(shift => innerBase64(bytes, shift)),
    value.slice(-24),
    ...hashes,
  ];
  return { value, forms };
}

/** The part of its base64 that is the same whatever stands before and behind it. */
function innerBase64(bytes: Buffer, shift: number): string {
  return Buffer.concat([Buffer.alloc(shift), bytes])
    .toString('base64')
    .slice(4, -6);
}

/** The forms of the canaries that a text contains. */
export function leaksIn(text: string, canaries: readonly Canary[]): string[] {
  return canaries.flatMap(({ forms }) => forms.filter(form => text.includes(form)));
}

/** Files below a folder that contain a canary; git's packed content is looked into as well. */
export function leakingFiles(folder: string, canaries: readonly Canary[]): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name =>
    statSync(path.join(folder, name)).isFile(),
  );
  const found = files.filter(
    name => leaksIn(readFileSync(path.join(folder, name), 'utf8'), canaries).length > 0,
  );
  return [...found, ...leakingObjects(folder, canaries)];
}

function leakingObjects(folder: string, canaries: readonly Canary[]): string[] {
  const isRepository = readdirSync(folder).includes('.git');
  if (!isRepository) return [];
  const objects = execFileSync('git', ['cat-file', '--batch', '--batch-all-objects'], {
    cwd: folder,
    maxBuffer: 64 << 20,
  });
  return leaksIn(objects.toString('utf8'), canaries).map(form => `git object with ${form}`);
}

/** Looks at the arguments and the environment of every process, again and again, until it is stopped. */
export function watchProcesses(canaries: readonly Canary[]): { stop(): { looks: number; leaks: string[] } } {
  const leaks = new Set<string>();
  let looks = 0;
  const look = (): void => {
    looks++;
    for (const pid of readdirSync('/proc').filter(name => /^\d+$/.test(name) && name !== String(process.pid)))
      for (const file of ['cmdline', 'environ'])
        for (const form of leaksIn(readIfAlive(`/proc/${pid}/${file}`), canaries))
          leaks.add(`${file}: ${form}`);
  };
  const timer = setInterval(look, 5);
  return {
    stop: () => {
      clearInterval(timer);
      return { looks, leaks: [...leaks] };
    },
  };
}

/** A process may end while one looks, or belong to somebody else. */
function readIfAlive(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error) return '';
    throw error;
  }
}

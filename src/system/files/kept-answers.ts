import { randomBytes } from 'node:crypto';
import { lstatSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { sha256Of } from '../../data/digest.ts';
import { systemCode, UserError } from '../../errors.ts';
import { type Machine, stateFolder } from './machine.ts';
import { makeFoldersSync } from './make-folders.ts';
import { isPrivate } from './private-file.ts';
import { readRegularFile } from './regular-file.ts';

/** A text that a run leaves for a later run of the same kind, in the state folder of this user. */
export type KeptText = {
  /** Undefined if there is none, it is too old, or somebody else may have written it. */
  read(): string | undefined;
  /** Where nothing can be kept, nothing is. */
  write(text: string): void;
  remove(): void;
};

const MAX_BYTES = 256 << 10;
const KEPT_FOR_MS = 7 * 24 * 3_600_000;

/** What runs on `about` (a repository and what is done with it) keep. */
export function openKeptAnswers(machine: Machine, about: readonly string[], now = Date.now()): KeptText {
  const state = stateFolder(machine);
  const folder = path.join(state ?? '', 'slipway', 'answers');
  const file = path.join(folder, `${sha256Of(JSON.stringify(about))}.json`);
  const quietly = <Value>(work: () => Value): Value | undefined =>
    state === undefined ? undefined : unlessImpossible(work);
  return {
    read: () =>
      quietly(() => {
        const text = readRegularFile(file, file, MAX_BYTES)?.toString('utf8');
        return text !== undefined && isPrivate(file) && !isOld(file, now) ? text : undefined;
      }),
    write: text =>
      quietly(() => {
        makeFoldersSync(folder, 0o700);
        for (const name of readdirSync(folder)) removeOld(path.join(folder, name), now);
        const temporary = `${file}.${randomBytes(8).toString('hex')}`;
        writeFileSync(temporary, text, { flag: 'wx', mode: 0o600 });
        renameSync(temporary, file);
      }),
    remove: () => quietly(() => rmSync(file, { force: true })),
  };
}

function isOld(file: string, now: number): boolean {
  return now - lstatSync(file).mtimeMs > KEPT_FOR_MS;
}

function removeOld(file: string, now: number): void {
  if (isOld(file, now)) rmSync(file, { force: true });
}

/** What is kept is a convenience: no run fails for it. */
function unlessImpossible<Value>(work: () => Value): Value | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof UserError || systemCode(error) !== undefined) return undefined;
    throw error;
  }
}

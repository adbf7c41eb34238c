import { lstat } from 'node:fs/promises';
import { field, isDataMap } from '../data/fields.ts';
import { toJson } from '../data/json.ts';
import { UserError } from '../errors.ts';
import { say } from '../locales/say.ts';
import { isTracked } from '../sealing/open-plain-secrets.ts';
import { ifExists } from '../system/files/file-error.ts';
import { readNamedFile, requireNamedPlace, writeNamedFile } from '../system/files/named-files.ts';
import { display } from '../text/display.ts';
import { parsePlanJson } from './saved-plan.ts';

/**
 * Writes the file of `--plan` anew, or over an earlier plan: anything else that bears the name was never meant.
 * @throws UserError E_EXISTS for a file that git tracks, and for one that holds no plan; as `writeNamedFile` does
 */
export async function writePlanFile(file: string, plan: object, signal: AbortSignal): Promise<void> {
  await requireNamedPlace(file);
  const found = await ifExists(file, () => lstat(file));
  if (found && (await isTracked(file, signal))) throw taken(say('cli.planTracked', { file: display(file) }));
  // `mktemp` leaves an empty file.
  if (found && found.size > 0) await requirePlan(file);
  await writeNamedFile(file, `${toJson(plan, 2)}\n`);
}

async function requirePlan(file: string): Promise<void> {
  const text = say('cli.planPlaceTaken', { file: display(file) });
  try {
    const data = parsePlanJson(await readNamedFile(file), display(file));
    const isPlan = ['moves', 'apps'].some(key => Array.isArray(field(data, key)));
    if (isPlan && isDataMap(field(data, 'inputs'))) return;
  } catch (cause) {
    throw cause instanceof UserError ? taken(text, cause) : cause;
  }
  throw taken(text);
}

function taken(text: ReturnType<typeof say>, cause?: unknown): UserError {
  return new UserError('E_EXISTS', text, { hint: say('cli.namePlanElsewhere'), flag: 'plan', cause });
}

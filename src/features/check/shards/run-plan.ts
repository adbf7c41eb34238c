import path from 'node:path';
import type { Session } from '../../../cli/context.ts';
import { readMatrix, shardMatrix } from '../../../cli/shard.ts';
import { writePlanFile } from '../../../cli/write-plan.ts';
import { toJson } from '../../../data/json.ts';
import { EXIT, type ExitCode, UserError } from '../../../errors.ts';
import { say } from '../../../locales/say.ts';
import { readInputFile } from '../../../system/files/input-file.ts';
import { someTrackedChange } from '../../../system/git/disk-changes.ts';
import { display } from '../../../text/display.ts';
import { findAcross } from '../check-repository.ts';
import type { CheckInput } from '../flags.ts';
import { type CheckPlace, openCheck } from '../open-check.ts';
import { openPlace } from '../open-place.ts';
import { type CheckPlan, makeCheckPlan, parseCheckPlan, sealedPlan } from './check-plan.ts';

/** --matrix: prints what a CI matrix takes, and with --plan writes down what its jobs need to know of each other. */
export async function planShards(session: Session, input: CheckInput): Promise<ExitCode> {
  const { plan: file } = input.values;
  if (file !== undefined) {
    const plan = await planOf(session, await openPlace(session, 'read'));
    await writePlanFile(path.resolve(session.cwd, file), sealedPlan(plan), session.signal);
  }
  session.terminal.data(toJson(shardMatrix(readMatrix(input) ?? 1)));
  return EXIT.done;
}

async function planOf({ version, signal }: Session, place: CheckPlace): Promise<CheckPlan> {
  const opened = await openCheck(place, { paths: [], staged: false, since: undefined });
  const { head } = opened;
  const changed = head === undefined ? undefined : await someTrackedChange(place.repository, head, signal);
  if (head === undefined || changed !== undefined)
    throw new UserError(
      'E_GIT_STATE',
      head === undefined
        ? say('shard.planNeedsGit')
        : say('shard.planNeedsCommit', { changed: display(changed ?? '') }),
      { hint: say('shard.commitFirst') },
    );
  const rendered = { rendered: new Map(), tools: undefined, news: undefined };
  const across = await findAcross({ ...opened, ...rendered, signal }, () => true);
  const { summarized, charts, templates } = opened;
  const about = { slipway: version, inputs: { HEAD: head }, across, charts, templates };
  return makeCheckPlan(summarized.summary, about);
}

/** The plan of a fleet of ten thousand apps has some megabytes. */
const MAX_BYTES = 32 << 20;

/** The plan of --apply. @throws UserError E_VALUE, E_CHANGED */
export async function readCheckPlan({ cwd, version }: Session, file: string): Promise<CheckPlan> {
  const name = display(file);
  const bytes = await readInputFile({ path: path.resolve(cwd, file), name, maxBytes: MAX_BYTES });
  return parseCheckPlan(bytes.toString('utf8'), name, version);
}

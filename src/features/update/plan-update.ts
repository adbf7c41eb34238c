import { isDeepStrictEqual } from 'node:util';
import { givenAnswers } from '../../../generators/new/ask.ts';
import type { ChangeSet } from '../../change-set.ts';
import type { GivenFlag } from '../../cli/flags.ts';
import { ownFailure, UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { createDrafts, type Drafts } from '../../repository/drafts.ts';
import {
  askedAnswers,
  type GeneratorPlace,
  parseAnswer,
  type TeamAnswers,
} from '../../repository/generators/answers.ts';
import type { TeamGenerator } from '../../repository/generators/definition.ts';
import { readGenerator, type GeneratorSource } from '../../repository/generators/read.ts';
import { type GeneratedRun, parseGenerated, renderGenerated } from '../../repository/generators/record.ts';
import { makeTree, type MadeTree } from '../../repository/generators/render.ts';
import { answerAll } from '../../repository/generators/test-cases.ts';
import { type Updated, updateRun } from '../../repository/generators/update.ts';
import type { GivenAnswers } from '../../values/merge-answered.ts';

/** What generators made for one folder, and where that is kept. */
export type Recorded = { app: string; record: string; text: string };

export type UpdateStatus = 'updated' | 'unchanged' | 'needs-decision' | 'failed';

/** What an update does to one app. */
export type AppUpdate = Updated & {
  app: string;
  generators: string[];
  status: UpdateStatus;
  changes: ChangeSet;
  failure: UserError | undefined;
};

export type UpdatePlace = GeneratorPlace & {
  files: GeneratorSource;
  /** `--set`, and answers to decisions. */
  set: readonly GivenFlag[];
  given: readonly GivenAnswers[];
  /** What the changes are for, for people. */
  why(generator: TeamGenerator): string;
  recordWhy: string;
};

/**
 * Plans one app: every run that is recorded of it, one after the other. What it comes to is put into `drafts` only where all of
 * it is decided. A failure is the app's own.
 */
export async function planUpdate(place: UpdatePlace, drafts: Drafts, recorded: Recorded): Promise<AppUpdate> {
  const { app, record, text } = recorded;
  const none: Updated = { decisions: [], usedAnswers: [], gone: [] };
  const about: Pick<AppUpdate, 'app' | 'generators' | 'changes'> = {
    app,
    generators: [],
    changes: { changes: [] },
  };
  try {
    const runs = parseGenerated(text, record);
    about.generators = [...new Set(runs.map(({ generator }) => generator))];
    const trial = createDrafts({ read: async file => bytesOf(await drafts.read(file)) });
    const updated = await updateRuns(place, trial, { app, record, runs });
    if (updated.decisions.length > 0)
      return { ...about, ...updated, status: 'needs-decision', failure: undefined };
    const changes = trial.changes();
    await carryOver(changes, drafts);
    const status = changes.changes.length > 0 ? 'updated' : 'unchanged';
    return { ...about, ...updated, status, changes, failure: undefined };
  } catch (error) {
    return { ...about, ...none, status: 'failed', failure: ownFailure(error) };
  }
}

function bytesOf(text: string | undefined): Buffer | undefined {
  return text === undefined ? undefined : Buffer.from(text);
}

async function carryOver({ changes }: ChangeSet, drafts: Drafts): Promise<void> {
  for (const change of changes) {
    if (change.kind === 'folder') continue;
    const { path, why } = change;
    if (change.action === 'delete') await drafts.remove({ path, why });
    else await drafts.write({ path, why, text: Buffer.from(change.content).toString('utf8') });
  }
}

async function updateRuns(
  place: UpdatePlace,
  drafts: Drafts,
  { app, record, runs }: { app: string; record: string; runs: readonly GeneratedRun[] },
): Promise<Updated> {
  const all: Updated = { decisions: [], usedAnswers: [], gone: [] };
  const now: GeneratedRun[] = [];
  const left = await Promise.all(runs.map(run => isLeft(drafts, run)));
  if (!left.includes(true)) throw nothingLeft(app);
  for (const [index, run] of runs.entries()) {
    if (left[index] !== true) {
      all.gone = [...all.gone, ...Object.keys(run.files)];
      now.push(run);
      continue;
    }
    const generator = await readGenerator(place.files, run.generator);
    const answers = await answersNow(place, generator, run);
    const made = makeTree(generator, answers, place);
    if (place.set.length === 0) requireSamePlace(app, run, made);
    const files = Object.fromEntries(made.files);
    const asked = askedAnswers(generator, answers);
    const fresh = { ...run, digest: generator.digest, answers: asked, files, changes: made.changes };
    const { given, conventions } = place;
    const updating = { drafts, style: conventions.style, why: place.why(generator), app, given };
    const { decisions, usedAnswers, gone } = await updateRun(updating, run, fresh);
    all.decisions = [...all.decisions, ...decisions];
    all.usedAnswers = [...all.usedAnswers, ...usedAnswers];
    all.gone = [...all.gone, ...gone];
    now.push(fresh);
  }
  if (!isDeepStrictEqual(plain(now), plain(runs)))
    await drafts.write({ path: record, text: renderGenerated(now), why: place.recordWhy });
  return all;
}

/** Maps that were read have no prototype. */
function plain(runs: readonly GeneratedRun[]): unknown {
  return JSON.parse(JSON.stringify(runs));
}

/** What people took away as a whole stays away; an app of which nothing is left went elsewhere. */
async function isLeft(drafts: Drafts, { files }: GeneratedRun): Promise<boolean> {
  const paths = Object.keys(files);
  for (const path of paths) if ((await drafts.read(path)) !== undefined) return true;
  return paths.length === 0;
}

function nothingLeft(app: string): UserError {
  return new UserError('E_GENERATOR', say('update.nothingLeft', { app }), {
    hint: say('update.nothingLeftHint'),
    subject: app,
  });
}

/** Of an app that moved the answers may lead back: what they make would be an app again where none is any more. */
function requireSamePlace(app: string, { files }: GeneratedRun, made: MadeTree): void {
  const paths = Object.keys(files);
  const holds = (folder: string, inner: string): boolean => `${inner}/`.startsWith(`${folder}/`);
  const isNear = made.app === '.' || holds(app, made.app) || holds(made.app, app);
  if (isNear || paths.length === 0 || paths.some(file => made.files.has(file))) return;
  throw new UserError('E_GENERATOR', say('update.madeElsewhere', { app, made: made.app }), {
    hint: say('update.nothingLeftHint'),
    subject: app,
  });
}

/** What was answered then, as far as it is still asked for, and what is given now. */
async function answersNow(
  place: UpdatePlace,
  generator: TeamGenerator,
  run: GeneratedRun,
): Promise<TeamAnswers> {
  const isAsked = (name: string): boolean => generator.questions.some(question => question.name === name);
  const known = Object.entries(run.answers).filter(([name]) => isAsked(name));
  const set = givenAnswers(generator, place.set).map(({ name, value }) => {
    const question = generator.questions.find(each => each.name === name);
    return [name, question ? parseAnswer(question, value, place) : value] as const;
  });
  try {
    return await answerAll(generator, Object.fromEntries([...known, ...set]), place);
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== 'E_VALUE' || error.subject === undefined) throw error;
    throw new UserError('E_VALUE', error.texts.message, {
      hint: say('generators.giveSet', { name: error.subject }),
      subject: error.subject,
    });
  }
}

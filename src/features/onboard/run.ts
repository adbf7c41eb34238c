import { renderConcepts } from './concepts.ts';
import { parseProgress, type Progress, renderProgress, stepAfter } from './progress.ts';
import { STEP_IDS, type StepId, type TourStep, tourSteps } from './steps.ts';
import { EXIT, UserError } from '../../errors.ts';
import type { OnboardInput } from './flags.ts';
import type { Prompts } from '../../output/prompts.ts';
import { readTour, writeTour } from '../../system/files/tour-folder.ts';
import { runLine } from '../../system/tools/process.ts';
import type { Session } from '../../cli/context.ts';
import { DEMO_REPOSITORY } from '../../scaffold/open-demo.ts';
import { checkStep, type Verdict } from './check-step.ts';
import type { Tour } from './tour.ts';
import { readRepository } from '../../repository/read-repository.ts';
import { type OpenedTour, openTour } from './open.ts';
import { openPrompts } from '../../cli/open-prompts.ts';
import { jsonDocument } from '../../cli/run-end.ts';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { TOUR_CHART, valuesFile } from './tour-plan.ts';
import { putValues } from '../../yaml/edit.ts';
import { say } from '../../locales/say.ts';

/** onboard: the tour, step by step, from where it was left. */
export async function runOnboard(session: Session, input: OnboardInput): Promise<number> {
  if (!session.terminal.interactive && !session.yes)
    throw new UserError('E_USAGE', say('onboard.tourNeedsTerminal'), {
      hint: say('onboard.runOneYesHavePlayed'),
    });
  const opened = await openTour(session, input);
  const prompts = session.yes ? undefined : await openPrompts(session);
  try {
    const ended = await walk(session, opened, prompts);
    showEnd(session, opened, ended);
    return EXIT.done;
  } finally {
    await opened.close();
  }
}

/** True at the end of the tour, false if it was left before. */
async function walk(session: Session, opened: OpenedTour, prompts: Prompts | undefined): Promise<boolean> {
  let progress = await readProgress(opened);
  while (progress.step !== 'end') {
    const { step: id } = progress;
    if (!progress.prepared) await prepareStep(opened.tour, id);
    progress = await keep(opened, { ...progress, prepared: true });
    const step = tourSteps(opened.tour.place, DEMO_REPOSITORY).find(other => other.id === id);
    if (!step) throw new Error(`no step ${id}`);
    await show(session, opened.tour, step);
    const done = prompts
      ? await doIt(session, opened, { step, prompts })
      : await playIt(session, opened, step);
    if (!done) return false;
    session.terminal.say(session.terminal.style(`✓ ${session.t(step.title)}`, 'green'));
    progress = await keep(opened, { ...progress, step: stepAfter(id), prepared: false });
  }
  return true;
}

async function readProgress({ tour }: OpenedTour): Promise<Progress> {
  const progress = parseProgress((await readTour(tour.folder)) ?? '');
  if (!progress) throw new Error('the tour has no progress');
  return progress;
}

async function keep({ tour }: OpenedTour, progress: Progress): Promise<Progress> {
  await writeTour(tour.folder, renderProgress(progress));
  return progress;
}

async function show({ terminal, t }: Session, { files }: Tour, step: TourStep): Promise<void> {
  const number = `${STEP_IDS.indexOf(step.id) + 1}/${STEP_IDS.length}`;
  terminal.say(`\n${terminal.style(`${number}  ${t(step.title)}`, 'bold')}\n`);
  if (step.id === 'concepts') {
    const { repository, conventions } = await readRepository(files);
    terminal.say(t(renderConcepts(repository, conventions)));
  }
  terminal.say(t(step.task));
}

/** --yes: does what the step asks, and judges it as a person's work would be. */
async function playIt(session: Session, { tour, env }: OpenedTour, step: TourStep): Promise<boolean> {
  const { signal, terminal } = session;
  for (const line of step.solution) {
    terminal.say(terminal.style(`$ ${line}`, 'cyan'));
    await runLine({ line, cwd: tour.files.root, env, interactive: false, signal });
  }
  const verdict = await checkStep(tour, step.id);
  if (verdict.done) return true;
  throw new UserError('E_TOUR', say('onboard.stepTourDoesNotWork', { id: step.id, word: verdict.word }), {
    hint: say('onboard.slipwayDoctorTellsWhetherTool'),
    subject: step.id,
  });
}

type Walk = { step: TourStep; prompts: Prompts };

/** A person's lines until the step is done; false if they leave. */
async function doIt(session: Session, opened: OpenedTour, { step, prompts }: Walk): Promise<boolean> {
  const { terminal, t, signal } = session;
  const { tour, env } = opened;
  terminal.say(terminal.style(t(WORDS), 'dim'));
  for (;;) {
    const line = (await prompts.input({ message: `${tour.files.root} $`, validate: () => true })).trim();
    if (line === 'quit' || line === 'exit') return false;
    if (line === 'hint') {
      terminal.say(step.solution.length > 0 ? step.solution.join('\n') : t(step.task));
      continue;
    }
    if (line !== '') await runLine({ line, cwd: tour.files.root, env, interactive: true, signal });
    const verdict = await checkStep(tour, step.id);
    if (verdict.done && (line === '' || step.id !== 'concepts')) return true;
    sayWord(session, verdict);
  }
}

const WORDS = say('onboard.typeCommandsHereTheyRun');

function sayWord({ terminal, t }: Session, verdict: Verdict): void {
  if (!verdict.done) terminal.say(terminal.style(`✗ ${t(verdict.word)}`, 'yellow'));
}

function showEnd(session: Session, { tour }: OpenedTour, ended: boolean): void {
  const { terminal, json, t } = session;
  const steps: readonly StepId[] = STEP_IDS;
  if (json) {
    terminal.result(jsonDocument(1, { folder: tour.folder, steps, ended }));
    return;
  }
  terminal.result(
    ended
      ? t(say('onboard.tourCopyStaysSlipwayOnboard', { root: tour.files.root }))
      : t(say('onboard.leftSlipwayOnboardGoesFrom')),
  );
}

/** Puts into the copy what a step begins with. */
async function prepareStep(tour: Tour, step: StepId): Promise<void> {
  await PREPARATIONS[step]?.(tour);
}

const PREPARATIONS: Partial<Record<StepId, (tour: Tour) => Promise<void>>> = {
  check: breakRules,
  seal: tour => commitAll(tour, `fix(${tour.place.app}): the rules hold again`),
  upgrade: customise,
};

/** What came before is committed, then somebody's hasty change: a chart entry without its CRDs, in a wrong namespace. */
async function breakRules(tour: Tour): Promise<void> {
  const { app, path: folder } = tour.place;
  await commitAll(tour, `feat(${app}): a guest book`);
  await edit(tour, `${folder}/kustomization.yaml`, text =>
    text
      .replace(/^ +includeCRDs: true\n/m, '')
      .replace(new RegExp(`^( +namespace:) ${app}$`, 'm'), '$1 default'),
  );
  await commitAll(tour, `chore(${app}): tidy up`);
}

/** What the team changed since: one value that upstream leaves alone, one that it changes too. */
async function customise(tour: Tour): Promise<void> {
  const { app } = tour.place;
  const changes = [
    { path: ['replicaCount'], value: 3 },
    { path: ['image', 'tag'], value: '1.28' },
  ];
  const file = valuesFile(tour.place, TOUR_CHART.from);
  await commitAll(tour, `feat(${app}): a password`);
  await edit(tour, file, text => putValues(text, file, changes));
  await commitAll(tour, `feat(${app}): three replicas, nginx 1.28`);
}

async function commitAll({ git }: Tour, message: string): Promise<void> {
  await git(['add', '--all']);
  await git(['commit', '--quiet', '--message', message]);
}

async function edit({ files }: Tour, file: string, change: (text: string) => string): Promise<void> {
  const before = await files.read(file);
  if (before === undefined)
    throw new UserError('E_CHANGED', say('onboard.tourMisses', { file }), {
      hint: say('onboard.bringBackGitBeginAnew'),
      subject: file,
    });
  await writeFile(path.join(files.root, file), change(before.toString('utf8')));
}

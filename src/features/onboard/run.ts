import { renderConcepts } from './concepts.ts';
import { parseProgress, type Progress, renderProgress, stepAfter } from './progress.ts';
import { STEP_IDS, type StepId, type TourStep, tourSteps } from './steps.ts';
import { EXIT, UserError } from '../../errors.ts';
import type { OnboardInput } from './flags.ts';
import { type LineReader, openLineReader } from '../../output/open-line-reader.ts';
import { isFolder } from '../../system/files/find-repository.ts';
import { readOwnFile } from '../../system/files/own-file.ts';
import { commandLine, slipwayLine } from '../../cli/command-line.ts';
import { readTour, writeTour } from '../../system/files/tour-folder.ts';
import { runLine } from '../../system/tools/process.ts';
import type { Session } from '../../cli/context.ts';
import { DEMO_REPOSITORY } from '../../scaffold/open-demo.ts';
import { checkStep, type Verdict } from './check-step.ts';
import type { Tour } from './tour.ts';
import { readRepository } from '../../repository/read-repository.ts';
import { type OpenedTour, openTour } from './open.ts';
import { TOUR_VARIABLE } from '../../cli/open-network.ts';
import { sameAgain } from '../../cli/repeat-line.ts';
import { jsonDocument } from '../../cli/run-end.ts';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { TOUR_CHART, valuesFile } from './tour-plan.ts';
import { putValues } from '../../yaml/edit.ts';
import { nearest } from '../../text/nearest.ts';
import { say } from '../../locales/say.ts';

/** onboard: the tour, step by step, from where it was left. */
export async function runOnboard(session: Session, input: OnboardInput): Promise<number> {
  if (!session.terminal.interactive && !session.yes)
    throw new UserError('E_USAGE', say('onboard.tourNeedsTerminal'), {
      hint: say('onboard.runOneYesHavePlayed'),
    });
  if (session.env[TOUR_VARIABLE] === '1')
    throw new UserError('E_USAGE', say('onboard.tourUnderWay'), { hint: say('onboard.leaveTourFirst') });
  const opened = await openTour(session, input);
  const { signal } = session;
  const lines = session.yes
    ? undefined
    : openLineReader({ input: process.stdin, output: process.stderr, words: Object.keys(OWN_WORDS), signal });
  try {
    const ended = await walk(session, opened, lines);
    showEnd(session, opened, { ended, input });
    return EXIT.done;
  } finally {
    lines?.close();
    await opened.close();
  }
}

/** True at the end of the tour, false if it was left before. */
async function walk(session: Session, opened: OpenedTour, lines: LineReader | undefined): Promise<boolean> {
  let progress = await readProgress(opened);
  while (progress.step !== 'end') {
    const { step: id } = progress;
    if (!progress.prepared) await prepareStep(opened.tour, id);
    progress = await keep(opened, { ...progress, prepared: true });
    const step = tourSteps(opened.tour.place, DEMO_REPOSITORY).find(other => other.id === id);
    if (!step) throw new Error(`no step ${id}`);
    await show(session, opened.tour, step);
    const done = lines ? await doIt(session, opened, { step, lines }) : await playIt(session, opened, step);
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
    terminal.say(`${t(renderConcepts(repository, conventions))}\n`);
  }
  terminal.say(t(step.task));
}

/** --yes: does what the step asks, and judges it as a person's work would be. */
async function playIt(session: Session, { tour, env }: OpenedTour, step: TourStep): Promise<boolean> {
  const { signal, terminal } = session;
  const folderFile = path.join(tour.folder, FOLDER_FILE);
  for (const line of step.solution) {
    terminal.say([{ command: line, indent: '$ ', format: 'cyan' }]);
    await runLine({ line, cwd: tour.files.root, env, interactive: false, folderFile, signal });
  }
  const verdict = await checkStep(tour, step.id);
  if (verdict.done) return true;
  throw new UserError('E_TOUR', say('onboard.stepTourDoesNotWork', { id: step.id, word: verdict.word }), {
    hint: say('onboard.slipwayDoctorTellsWhetherTool'),
    subject: step.id,
  });
}

type Walk = { step: TourStep; lines: LineReader };

/** A person's lines until the step is done; false if they leave. Where they stand is kept from line to line. */
async function doIt(session: Session, opened: OpenedTour, { step, lines }: Walk): Promise<boolean> {
  const { tour } = opened;
  const { root } = tour.files;
  session.terminal.say(session.terminal.style(session.t(WORDS), 'dim'));
  let folder = root;
  let last = await checkStep(tour, step.id);
  for (;;) {
    const line = await readLine(lines, { root, folder });
    if (line === undefined || LEAVING.has(line)) return false;
    const own = OWN_WORDS[line];
    if (own) {
      own(session, step, folder === root ? [] : [commandLine(['cd', root])]);
      continue;
    }
    if (line !== '') folder = await runPersonsLine(session, opened, { line, folder, lines });
    const verdict = await checkStep(tour, step.id);
    if (verdict.done && (line === '' || step.id !== 'concepts')) return true;
    // Looking around is nothing to comment on; a line that changed how things stand is.
    if (line === '' || wordOf(verdict) !== wordOf(last)) sayWord(session, verdict);
    last = verdict;
  }
}

/** Lines that end in a backslash go on in the next one, as in a shell. */
async function readLine(
  lines: LineReader,
  { root, folder }: { root: string; folder: string },
): Promise<string | undefined> {
  const inside = path.relative(path.dirname(root), folder);
  const place = inside.startsWith('..') ? folder : inside;
  let text = await lines.read(`${place} $ `, folder);
  while (text?.endsWith('\\')) text = text.slice(0, -1) + ((await lines.read('> ', folder)) ?? '');
  return text?.trim();
}

type PersonsLine = { line: string; folder: string; lines: LineReader };

/** @returns the folder that it ended in */
async function runPersonsLine(
  { signal, terminal, t }: Session,
  { tour, env }: OpenedTour,
  { line, folder, lines }: PersonsLine,
): Promise<string> {
  const folderFile = path.join(tour.folder, FOLDER_FILE);
  const run = { line, cwd: folder, env, interactive: true, folderFile, signal };
  const code = await lines.lend(() => runLine(run));
  const meant = code === NO_SUCH_COMMAND ? nearest(line, [...Object.keys(OWN_WORDS), ...LEAVING]) : undefined;
  if (meant !== undefined) terminal.say(t(say('cli.didYouMeanWord', { near: meant })));
  const ended = readOwnFile(folderFile, MAX_PATH_BYTES)?.trim() ?? '';
  return (await isFolder(ended)) ? ended : tour.files.root;
}

/** What a shell answers where it finds no program of that name. */
const NO_SUCH_COMMAND = 127;
const FOLDER_FILE = 'folder';
const MAX_PATH_BYTES = 8192;

const LEAVING = new Set(['quit', 'exit']);

/** What the tour itself understands; `way` leads to where the lines of a solution are meant. */
type OwnWord = (session: Session, step: TourStep, way: string[]) => void;

const OWN_WORDS: Record<string, OwnWord | undefined> = Object.assign(Object.create(null), {
  hint: ({ terminal, t }, { solution, task }, way) => {
    const lines = [...way, ...solution].map(command => ({ command, indent: '' }));
    terminal.say(solution.length > 0 ? lines : t(task));
  },
  help: ({ terminal, t }, { task }) => terminal.say(`${t(WORDS)}\n\n${t(task)}`),
} satisfies Record<string, OwnWord>);

const WORDS = say('onboard.typeCommandsHereTheyRun');

function wordOf(verdict: Verdict): string {
  return verdict.done ? '' : verdict.word.en;
}

function sayWord({ terminal, t }: Session, verdict: Verdict): void {
  if (!verdict.done) terminal.say(terminal.style(`✗ ${t(verdict.word)}`, 'yellow'));
}

type Ended = { ended: boolean; input: OnboardInput };

function showEnd(session: Session, { tour }: OpenedTour, { ended, input }: Ended): void {
  const { terminal, json, t } = session;
  const steps: readonly StepId[] = STEP_IDS;
  const folder = input.positionals.length > 0 ? [tour.folder] : [];
  const line = slipwayLine(session, ['onboard', ...folder, ...(ended ? ['--restart'] : [])]);
  if (json) {
    const end = { command: sameAgain(session, 'onboard', input), next: [{ line }] };
    terminal.data(jsonDocument(1, { folder: tour.folder, steps, ended }, end));
    return;
  }
  const text = ended
    ? say('onboard.tourCopyStaysSlipwayOnboard', { root: tour.files.root })
    : say('onboard.leftSlipwayOnboardGoesFrom');
  terminal.result([t(text), { command: line }]);
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

/** What came before is committed, then somebody's hasty change: a resource listed twice, a chart in a wrong namespace. */
async function breakRules(tour: Tour): Promise<void> {
  const { app, path: folder } = tour.place;
  await commitAll(tour, `feat(${app}): a guest book`);
  await edit(tour, `${folder}/kustomization.yaml`, text =>
    text
      .replace(/^ *- +\S*namespace\.yaml *$/m, entry => `${entry}\n${entry}`)
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

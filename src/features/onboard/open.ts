import { X509Certificate } from 'node:crypto';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CONFIGURATION_FILE, parseConfiguration } from '../../repository/configuration.ts';
import type { Language } from '../../text/language.ts';
import { makeTourCertificate } from './tour-certificate.ts';
import { placeIn } from './tour-plan.ts';
import { parseProgress, renderProgress } from './progress.ts';
import { STEP_IDS, TOUR_FILES } from './steps.ts';
import { putValues } from '../../yaml/edit.ts';
import { UserError } from '../../errors.ts';
import type { OnboardInput } from './flags.ts';
import { openRepositoryFiles } from '../../system/files/files.ts';
import { thisMachine } from '../../system/files/machine.ts';
import { runProgram } from '../../system/tools/process.ts';
import { packagePath } from '../../system/files/templates.ts';
import {
  clearTour,
  copyFiles,
  isInTour,
  readTour,
  tourHome,
  writeTour,
} from '../../system/files/tour-folder.ts';
import { writeShim } from '../../system/tools/tour-shell.ts';
import type { Session } from '../../cli/context.ts';
import { commitAll, DEMO_REPOSITORY, makeDemoRepository, serveDemoCharts } from '../../scaffold/open-demo.ts';
import type { StepResult, Tour } from './tour.ts';
import { hasApps } from '../../repository/has-apps.ts';
import { readRepository } from '../../repository/read-repository.ts';
import { TOUR_VARIABLE } from '../../cli/open-network.ts';
import { findRoot } from '../../cli/open-repository.ts';
import { say } from '../../locales/say.ts';

/** A tour under way, and the environment in which a person's lines run. */
export type OpenedTour = {
  tour: Tour;
  env: Record<string, string | undefined>;
  close(): Promise<void>;
};

/** The tour that was left, or a new one in a fresh copy. */
export async function openTour(session: Session, input: OnboardInput): Promise<OpenedTour> {
  const [named] = input.positionals;
  const folder = named === undefined ? tourHome(thisMachine(session.env)) : path.resolve(session.cwd, named);
  const kept = parseProgress((await readTour(folder)) ?? '');
  const isOver = kept?.step === 'end';
  if (!kept || isOver || input.switches.has('restart')) await begin(session, input, folder);
  const root = path.join(folder, 'repository');
  const files = openRepositoryFiles(root);
  const { conventions } = await readRepository(files);
  await writeShim(path.join(folder, 'bin'), packagePath('bin/slipway.js'));
  const server = await serveDemoCharts();
  const env = lineEnv(session, folder, server.port);
  const run = runner(session, root, env);
  return {
    env,
    tour: {
      folder,
      files,
      place: placeIn(conventions),
      has: name => isInTour(folder, name),
      slipway: args => run(process.execPath, [packagePath('bin/slipway.js'), ...args]),
      git: args => run('git', args),
    },
    close: () => server.close(),
  };
}

/** A copy of the repository around the current folder, else of the demo; the original is only read. */
async function begin(session: Session, input: OnboardInput, folder: string): Promise<void> {
  const source = input.switches.has('demo') ? undefined : await findSource(session);
  if (source !== undefined && path.resolve(folder).startsWith(`${source}${path.sep}`))
    throw new UserError('E_EXISTS', say('onboard.liesInsideRepositoryWouldCopy', { folder }), {
      hint: say('onboard.nameFolderOutside'),
      subject: folder,
    });
  await clearTour(folder);
  const root = path.join(folder, 'repository');
  await mkdir(root);
  if (source === undefined) await makeDemoRepository(root, session.signal);
  else await copyFiles(source, root);
  const pem = makeTourCertificate(new Date());
  await adaptConfiguration(root, session.language, pem);
  await commitAll(root, 'The copy', session.signal);
  await writeFile(path.join(folder, TOUR_FILES.certificate), pem);
  await copyFile(
    packagePath(`templates/onboard/${TOUR_FILES.answers}`),
    path.join(folder, TOUR_FILES.answers),
  );
  await writeTour(folder, renderProgress({ step: STEP_IDS[0], prepared: false, source }));
}

/** A repository without apps, such as that of slipway itself, has nothing to show. */
async function findSource(session: Session): Promise<string | undefined> {
  const root = await findRoot(session);
  return root !== undefined && (await hasApps(openRepositoryFiles(root))) ? root : undefined;
}

/** Where the original is configured for its cluster and its team, the copy is for the tour: its certificate, its language. */
async function adaptConfiguration(root: string, language: Language, pem: string): Promise<void> {
  const text = (await openRepositoryFiles(root).read(CONFIGURATION_FILE))?.toString('utf8') ?? '';
  const configuration = parseConfiguration(text);
  const pin = { path: ['sealing', 'fingerprint'], value: new X509Certificate(pem).fingerprint256 };
  const changes = [
    ...(configuration.sealing?.fingerprint === undefined ? [] : [pin]),
    ...(configuration.language === undefined ? [] : [{ path: ['language'], value: language }]),
  ];
  if (changes.length === 0) return;
  await writeFile(path.join(root, CONFIGURATION_FILE), putValues(text, CONFIGURATION_FILE, changes));
}

/** `slipway` is this program, its charts are served from this process, and its words are in the tour's language. */
function lineEnv(
  { env, language }: Session,
  folder: string,
  port: number,
): Record<string, string | undefined> {
  const { hostname } = new URL(DEMO_REPOSITORY);
  return {
    ...env,
    PATH: [path.join(folder, 'bin'), env['PATH'] ?? ''].join(path.delimiter),
    SLIPWAY_CONNECT_TO: `${hostname}:80:127.0.0.1:${port}`,
    [TOUR_VARIABLE]: '1',
    SLIPWAY_LANG: language,
  };
}

type Run = (command: string, args: readonly string[]) => Promise<StepResult>;

function runner({ signal }: Session, cwd: string, env: Record<string, string | undefined>): Run {
  return async (command, args) => {
    const limits = { timeoutMs: 120_000, maxBytes: 16 << 20 };
    const { code, stdout } = await runProgram({ command, args, kind: 'person', cwd, env, signal, ...limits });
    return { code, stdout: stdout.toString('utf8') };
  };
}

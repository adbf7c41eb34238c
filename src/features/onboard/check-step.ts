import path from 'node:path';
import { parseManifests } from '../../repository/manifest.ts';
import { isRecord, recordsAt, stringOf, valueAt } from '../../data/fields.ts';
import type { Text } from '../../text/language.ts';
import { errorSentence } from '../../cli/error-sentence.ts';
import { resourceFile, sealedFile, TOUR_CHART, TOUR_SECRET, valuesFile } from './tour-plan.ts';
import { type StepId, TOUR_FILES } from './steps.ts';
import type { App } from '../../repository/model.ts';
import { readDocuments, requireYaml } from '../../yaml/read.ts';
import { UserError } from '../../errors.ts';
import { readRepository } from '../../repository/read-repository.ts';
import type { Tour } from './tour.ts';
import { say } from '../../locales/say.ts';

/** Whether a step is done; if not, the word that helps on. */
export type Verdict = { done: true } | { done: false; word: Text };

/** Looks at the copy, and nowhere else. What a person's file gets wrong is a word too. */
export async function checkStep(tour: Tour, step: StepId): Promise<Verdict> {
  try {
    const word = await JUDGES[step](tour);
    return word === undefined ? { done: true } : { done: false, word };
  } catch (error) {
    if (!(error instanceof UserError) || error.code === 'E_CANCELLED') throw error;
    return { done: false, word: errorSentence(error) };
  }
}

type Judge = (tour: Tour) => Promise<Text | undefined>;

const JUDGES: Record<StepId, Judge> = {
  concepts: async () => undefined,
  add: judgeApp,
  check: judgeRules,
  seal: judgeSecret,
  upgrade: judgeUpgrade,
  report: judgeReport,
  commit: judgeCommit,
};

async function judgeApp(tour: Tour): Promise<Text | undefined> {
  const { path: folder } = tour.place;
  const app = await findApp(tour);
  if (!app) return say('onboard.thereNoAppYet', { folder });
  const { name, from } = TOUR_CHART;
  const chart = app.kustomization.charts.find(entry => entry.name === name);
  if (!chart) return say('onboard.thereButNotMadeChart', { folder, name });
  if (chart.version !== from)
    return say('onboard.pinsTakeVersionSoThere', { name, version: chart.version ?? '', from, folder });
  return missing(tour, [valuesFile(tour.place, from)]);
}

async function judgeRules(tour: Tour): Promise<Text | undefined> {
  const { stdout } = await tour.slipway(['check', tour.place.path, '--json']);
  const document = requireYaml(stdout, 'slipway check --json').documents[0];
  const findings = recordsAt(document, ['findings']).filter(({ severity }) => severity !== 'note');
  const [first] = findings;
  if (!isRecord(document) || !('findings' in document))
    return say('onboard.slipwayCheckCouldNotRun', { stdout });
  if (!first) return undefined;
  const place = `${stringOf(first['file'])}:${String(first['line'])}`;
  const said = `${place}: ${stringOf(first['message'])} → ${stringOf(first['hint'])}`;
  return say('onboard.findingsLeftFirst', {
    count: findings.length,
    said,
    place,
    first: stringOf(first['code']),
    path: tour.place.path,
  });
}

async function judgeSecret(tour: Tour): Promise<Text | undefined> {
  const { place, files } = tour;
  const file = sealedFile(place);
  const plain = await findPlaintext(tour);
  if (plain !== undefined) return say('onboard.holdsSecretPlaintextDeleteMust', { plain });
  const text = await files.read(file);
  if (text === undefined) return say('onboard.thereNoYet', { file });
  const [sealed] = parseManifests(readDocuments(text.toString('utf8'), file));
  const { name, key } = TOUR_SECRET;
  if (sealed?.kind !== 'SealedSecret' || sealed.name !== name)
    return say('onboard.noSealedsecretNamed', { file, name });
  const value = stringOf(valueAt(sealed.body, ['spec', 'encryptedData', key])) ?? '';
  // 256 bytes of RSA and a few more, in base64.
  if (!/^[A-Za-z0-9+/]{340,}={0,2}$/.test(value))
    return say('onboard.valueNotSealedSlipwaySeal', { key, file });
  return judgeListed(tour, file);
}

async function judgeListed(tour: Tour, file: string): Promise<Text | undefined> {
  const relative = path.posix.relative(tour.place.path, file);
  const listed =
    (await findApp(tour))?.kustomization.resources.map(entry => path.posix.normalize(entry)) ?? [];
  if (listed.includes(relative)) return undefined;
  return say('onboard.notListedUnderResourcesKustomization', { relative, path: tour.place.path });
}

/** A Secret with values anywhere in the app's folder, listed or not. */
async function findPlaintext({ files, place }: Tour): Promise<string | undefined> {
  const { repository } = await readRepository(files);
  const inApp = [...repository.text].filter(([file]) => file.startsWith(`${place.path}/`));
  return inApp.find(
    ([, text]) => /^kind: *Secret *$/m.test(text) && /^ *(?:stringData|data):/m.test(text),
  )?.[0];
}

async function judgeUpgrade(tour: Tour): Promise<Text | undefined> {
  const { name, from, to } = TOUR_CHART;
  const chart = (await findApp(tour))?.kustomization.charts.find(entry => entry.name === name);
  if (chart?.version !== to)
    return say('onboard.stillSlipwayUpgradeWritesNothing', {
      name,
      version: chart?.version ?? '?',
      path: tour.place.path,
    });
  const values = await readValues(tour, to);
  if (values === undefined) return missing(tour, [valuesFile(tour.place, to)]);
  if (valueAt(values, ['replicaCount']) !== 3)
    return say('onboard.threeReplicasLostUpgradeSlipway', { place: valuesFile(tour.place, to) });
  if ((await tour.files.read(valuesFile(tour.place, from))) !== undefined)
    return say('onboard.oldValuesFileStillThere', { place: valuesFile(tour.place, from) });
  if (!(await tour.has(TOUR_FILES.report)))
    return say('onboard.thereNoUndoUpgradeGit', { report: TOUR_FILES.report });
  return undefined;
}

async function readValues({ files, place }: Tour, version: string): Promise<unknown> {
  const file = valuesFile(place, version);
  const text = await files.read(file);
  return text && requireYaml(text.toString('utf8'), file).documents[0];
}

async function judgeReport(tour: Tour): Promise<Text | undefined> {
  if (!(await tour.has(TOUR_FILES.report)))
    return say('onboard.missing', { file: `../${TOUR_FILES.report}` });
  if (!tour.place.routed) return undefined;
  const file = resourceFile(tour.place, 'httproute.yaml');
  const text = await tour.files.read(file);
  const [route] = text === undefined ? [] : parseManifests(readDocuments(text.toString('utf8'), file));
  const ports = recordsAt(route?.body, ['spec', 'rules']).flatMap(rule =>
    recordsAt(rule, ['backendRefs']).map(({ port }) => port),
  );
  if (ports.length > 0 && ports.every(port => port === 8080)) return undefined;
  const led = JSON.stringify(ports[0]) ?? '?';
  return say('onboard.stillLeadsPortReportSays', { file, led });
}

async function judgeCommit({ git, place }: Tour): Promise<Text | undefined> {
  const status = await git(['status', '--porcelain']);
  const open = status.stdout
    .trim()
    .split('\n')
    .filter(line => line !== '');
  if (open.length > 0) return say('onboard.changesNotCommittedFirst', { count: open.length, open: open[0] });
  const subject = (await git(['log', '-1', '--format=%s'])).stdout.trim();
  if (/^(?:feat|fix)\(tour-book\): \S/.test(subject) && !subject.includes('three replicas')) return undefined;
  return say('onboard.lastMessageGiveFormFeat', { subject, app: place.app });
}

async function findApp({ files, place }: Tour): Promise<App | undefined> {
  const { repository } = await readRepository(files);
  const problem = repository.problems.find(({ subject }) => subject?.startsWith(`${place.path}/`));
  if (problem) throw problem;
  return repository.apps.find(app => app.path === place.path);
}

async function missing({ files }: Tour, wanted: readonly string[]): Promise<Text | undefined> {
  const there = await files.readMany(wanted);
  const file = wanted.find(name => !there.has(name));
  return file === undefined ? undefined : say('onboard.missing', { file });
}

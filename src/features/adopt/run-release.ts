import path from 'node:path';
import { appGenerator } from '../../../generators/new-app/generator.ts';
import { openApp } from '../../../generators/new-app/open-app.ts';
import { type Change, type ChangeSet, replacesWork } from '../../change-set.ts';
import { readValues } from '../../charts/chart-values.ts';
import { clusterLookups } from '../../charts/cluster-lookups.ts';
import type { PinnedChart } from '../../charts/pinned-chart.ts';
import { buildBeforeWriting } from '../../cli/build-before-writing.ts';
import type { Session } from '../../cli/context.ts';
import { writeChanges } from '../../cli/write-changes.ts';
import { isDataMap } from '../../data/fields.ts';
import { UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { KUSTOMIZATION_FILES } from '../../repository/kustomization.ts';
import { folderOf } from '../../scaffold/app-request.ts';
import { readInputFile, readStandardInput } from '../../system/files/input-file.ts';
import { decodeUtf8 } from '../../text/utf8.ts';
import { completeValues } from '../../values/copies.ts';
import { helmValues } from '../../yaml/helm-values.ts';
import type { AdoptInput } from './flags.ts';
import { requireSame } from './plan-adopt.ts';

/** Makes an app of a release that runs, from the values that it was given; resolves to the exit of the run. */
export async function runAdoptRelease(given: Session, input: AdoptInput): Promise<number> {
  const release = requireFlags(input);
  const values = await readReleaseValues(given, input.values.values ?? '');
  const opening = { generator: appGenerator.name, flags: flagsOf(input, release) };
  const { context, lookups } = await openApp({ session: given, input }, opening);
  const { session, renderers, files } = lookups;
  try {
    const answers = await appGenerator.ask(context);
    const { request } = answers;
    const [pinned] = request.source.kind === 'charts' ? request.source.charts : [];
    if (!pinned) throw new Error('a release without a chart');
    const adopted = withValues(pinned, values);
    const source = { kind: 'charts' as const, charts: [adopted.chart] };
    const changes = await appGenerator.plan(context, { ...answers, request: { ...request, source } });
    requireNew(changes, folderOf(request));
    const { compareTemplates } = await import('../../render/same-render.ts');
    const verdict = await compareTemplates(renderers, {
      release,
      namespace: input.values.namespace ?? request.name,
      chart: { files: adopted.files },
      before: values.text,
      after: adopted.text,
    });
    const folders = changes.changes.filter(isBuilt).map(change => path.posix.dirname(change.path));
    const apps = folders.map(folder => ({ before: folder, after: folder }));
    await buildBeforeWriting(lookups, { changes, apps });
    for (const note of answers.notes) context.note(note);
    const isSame = verdict.status !== 'differs';
    const how = { root: files.root, uncommitted: 'save' as const };
    if (isSame) await writeChanges(session, changes, how);
    const valuesFile = changes.changes.find(isCopyOf(adopted.text))?.path ?? folderOf(request);
    const { name, version } = pinned;
    const lookedUp = clusterLookups({ files: adopted.files });
    const charts = [{ name, version, valuesFile, folded: [values.name], stays: [], lookups: lookedUp }];
    const app = { name: request.name, path: request.landing?.home ?? folderOf(request) };
    const written = isSame && !session.dryRun && changes.changes.length > 0;
    const { showAdopted } = await import('./view.ts');
    return showAdopted(lookups, input, { plans: [{ app, charts, changes, verdict }], isSame, written });
  } finally {
    await lookups.close();
  }
}

/** @throws UserError E_MISSING: what runs is known to whoever asks alone; E_VALUE for a namespace that would be another one */
function requireFlags({ values, positionals }: AdoptInput): string {
  const wanted = ['values', 'chart', 'version'] as const;
  const missing = wanted.flatMap(flag => (values[flag] === undefined ? [{ flag }] : []));
  const { release = '', namespace } = values;
  if (missing.length > 0)
    throw new UserError(
      'E_MISSING',
      say('adopt.releaseNeeds', { flags: missing.map(({ flag }) => `--${flag}`).join(', ') }),
      {
        hint: say('adopt.getValues', { release }),
        missing,
      },
    );
  const name = positionals[0] ?? namespace ?? release;
  if (namespace === undefined || namespace === name) return release;
  throw new UserError('E_VALUE', say('adopt.namespaceIsName', { name, namespace }), {
    hint: say('adopt.nameAppAsNamespace', { namespace }),
    flag: 'namespace',
  });
}

function flagsOf({ values, positionals }: AdoptInput, release: string) {
  const { chart = '', version = '', repo, env, namespace } = values;
  return [
    { name: 'name', value: positionals[0] ?? namespace ?? release },
    { name: 'chart', value: chart },
    { name: 'version', value: version },
    { name: 'release', value: release },
    { name: 'route', value: 'none' },
    { name: 'secret', value: '' },
    ...(repo === undefined ? [] : [{ name: 'repo', value: repo }]),
    ...(env === undefined ? [] : [{ name: 'env', value: env }]),
  ];
}

const MAX_BYTES = 4 << 20;
/** What `helm get values` says above them without `-o yaml`. */
const HEADING = /^USER-SUPPLIED VALUES:\r?\n/;

type ReleaseValues = { name: string; text: string };

/** @throws UserError E_VALUE, E_LIMIT, E_ENCODING, E_YAML_* for values that are no map */
async function readReleaseValues({ cwd }: Session, file: string): Promise<ReleaseValues> {
  const name = file === '-' ? 'stdin' : file;
  const bytes =
    file === '-'
      ? await readStandardInput(process.stdin, '--values', MAX_BYTES)
      : await readInputFile({ path: path.resolve(cwd, file), name, maxBytes: MAX_BYTES });
  const text = decodeUtf8(bytes, name).replace(HEADING, '');
  // Of a release without values Helm prints null.
  return { name, text: helmValues(text, name) === null ? '' : text };
}

type AdoptedRelease = { chart: PinnedChart; text: string; files: ReadonlyMap<string, Buffer> };

function withValues(chart: PinnedChart, values: ReleaseValues): AdoptedRelease {
  const content = Buffer.from(chart.defaults ?? chart.values);
  const defaults = { name: `values.yaml of ${chart.name} ${chart.version}`, text: content.toString('utf8') };
  const text = completeValues(defaults, [values]);
  requireSame({ name: chart.name, file: values.name }, defaults, { layers: [values], text });
  const own = readValues(values.text, chart.name);
  const files = new Map([...chart.files].map(([file, bytes]) => [file, Buffer.from(bytes)]));
  const overrides = isDataMap(own) ? own : {};
  return { chart: { ...chart, values: Buffer.from(text), defaults: content, overrides }, text, files };
}

function isBuilt(change: Change): boolean {
  return (
    change.kind === 'file' && KUSTOMIZATION_FILES.some(name => name === path.posix.basename(change.path))
  );
}

function isCopyOf(text: string): (change: Change) => boolean {
  return change =>
    change.kind === 'file' &&
    change.action !== 'delete' &&
    Buffer.from(change.content).toString('utf8') === text;
}

/** @throws UserError E_APP_EXISTS: what is there already is adopted by its name */
function requireNew({ changes }: ChangeSet, folder: string): void {
  const count = changes.filter(replacesWork).length;
  if (count === 0) return;
  throw new UserError('E_APP_EXISTS', say('newApp.thereAlreadyFilesWouldChange', { folder, count }), {
    hint: say('adopt.adoptByName', { app: folder }),
    subject: folder,
  });
}

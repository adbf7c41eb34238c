import { asList, isRecord, recordsAt, stringOf, stringsAt, valueAt } from '../data/fields.ts';
import { say } from '../locales/say.ts';
import type { Text } from '../text/language.ts';
import { folderAt, type PlacedManifest } from './deployments.ts';
import { deployingIn, type Repository } from './model.ts';
import { asWritten, deployedSources, type MadeApplication, openAt, PATCH } from './sets/made.ts';
import type { Sets } from './sets/set-repository.ts';

/** An Application that will exist: one that is written, or one that a set makes. */
export type ListedApplication = {
  name: string;
  /** The namespace of Argo CD that it stands in; undefined where nobody writes it. */
  instance: string | undefined;
  namespace: string | undefined;
  cluster: string | undefined;
  /** The folder, or the chart, that it deploys. */
  path: string | undefined;
  /** The folder of this repository that it deploys as it stands: from there alone, with nothing told to a tool. */
  folder: string | undefined;
  /** The file that it, or its set, stands in, and the set. */
  from: string;
  set: string | undefined;
  /** Whether what it made is deleted with it. */
  deletes: boolean;
};

/** A set of which something cannot be told here, or that Argo CD refuses. */
type UntoldSet = { set: string; file: string; why: Text };

/** A set of which all is told. */
export type ListedSet = {
  set: string;
  file: string;
  /** The document in the file, where it is known. */
  document: number | undefined;
  instance: string | undefined;
  /** Whether its controller deletes Applications that it does not make any more. */
  deletes: boolean;
  /** Whether what its Applications made stays where they go. */
  keeps: boolean;
  /** How many of its Applications ask to be synced by themselves. */
  automated: number;
  /** Whether its controller syncs them step by step. */
  hasSteps: boolean;
  /** Those that no step takes. */
  unrolled: string[];
};

export type Applications = {
  applications: ListedApplication[];
  unknown: UntoldSet[];
  sets: ListedSet[];
};

const OWN_SERVER = /^https:\/\/kubernetes\.default\.svc\/?$/;
const DELETING = 'resources-finalizer.argocd.argoproj.io';

/** The Applications of a repository. */
export function appsIn({ text, isTemplate, sets }: Repository): Applications {
  const deploying = [...text.keys()].flatMap((file): PlacedManifest[] =>
    isTemplate(file) ? [] : deployingIn(text, file),
  );
  return applicationsOf(deploying, sets);
}

/** Those of what deploys, in the order of the files. */
export function applicationsOf(deploying: readonly PlacedManifest[], sets: Sets): Applications {
  const found: Applications = { applications: [], unknown: [], sets: [] };
  for (const { file, manifest } of deploying) {
    const { kind, name, body, document } = manifest;
    if (kind === 'Application') {
      const origin = { from: file, set: undefined, deletes: isDeleting(body) };
      const own = listed(asWritten(body), origin, sets);
      if ('name' in own) found.applications.push(own);
    } else if (kind === 'ApplicationSet') addSet(found, { file, name, body, document }, sets);
  }
  return found;
}

type Set = Pick<ListedSet, 'file' | 'document'> & { name: string; body: Readonly<Record<string, unknown>> };

function addSet(found: Applications, own: Set, sets: Sets): void {
  const { file, name, body } = own;
  const { applications, refused, open } = sets.expand(body);
  const untold = new Map<string, Text>();
  if (refused !== undefined) untold.set(refused, say('apps.refused', { why: refused }));
  for (const why of open) untold.set(why, say('apps.notTold', { why }));
  const keeps = valueAt(body, ['spec', 'syncPolicy', 'preserveResourcesOnDeletion']) === true;
  for (const made of applications) {
    const hasOwn = asList(valueAt(made.body, ['metadata', 'finalizers'])).length > 0;
    const deletes = hasOwn ? isDeleting(made.body) : !keeps;
    const each = listed(made, { from: file, set: name, deletes }, sets);
    if ('name' in each) found.applications.push(each);
    // What its generator hides was said already.
    else if (open.length === 0) untold.set(each.why, say('apps.notTold', { why: each.why }));
  }
  for (const why of untold.values()) found.unknown.push({ set: name, file, why });
  if (untold.size === 0) found.sets.push(listedSet(own, applications));
}

/** As its controller sees it: these two policies forbid it to delete. */
const KEEPING = new Set<unknown>(['create-only', 'create-update']);

function listedSet({ file, name, body, document }: Set, made: readonly MadeApplication[]): ListedSet {
  const spec = body['spec'];
  return {
    set: name,
    file,
    document,
    instance: stringOf(valueAt(body, ['metadata', 'namespace'])),
    deletes: !KEEPING.has(valueAt(spec, ['syncPolicy', 'applicationsSync'])),
    keeps: valueAt(spec, ['syncPolicy', 'preserveResourcesOnDeletion']) === true,
    automated: made.filter(isAutomated).length,
    hasSteps: stepsOf(spec).length > 0,
    unrolled: unrolledIn(spec, made),
  };
}

function isAutomated({ body }: MadeApplication): boolean {
  const automated = valueAt(body, ['spec', 'syncPolicy', 'automated']);
  return isRecord(automated) && automated['enabled'] !== false;
}

function stepsOf(spec: unknown): Record<string, unknown>[] {
  const isRolling = valueAt(spec, ['strategy', 'type']) === 'RollingSync';
  return isRolling ? recordsAt(spec, ['strategy', 'rollingSync', 'steps']) : [];
}

/** A step takes what has all of its labels. */
function unrolledIn(spec: unknown, made: readonly MadeApplication[]): string[] {
  const steps = stepsOf(spec);
  if (steps.length === 0) return [];
  return made.flatMap(each => {
    const isOpen = [...each.open.keys()].some(path => path.startsWith('metadata.labels') || path === PATCH);
    const isTaken = isOpen || steps.some(step => takesStep(step, each));
    return isTaken ? [] : [stringOf(valueAt(each.body, ['metadata', 'name'])) ?? ''];
  });
}

function takesStep(step: Readonly<Record<string, unknown>>, { body }: MadeApplication): boolean {
  const labels = valueAt(body, ['metadata', 'labels']);
  return recordsAt(step, ['matchExpressions']).every(({ key, operator, values }) => {
    const own = valueAt(labels, [stringOf(key) ?? '']);
    const isAmong = asList(values).includes(own);
    return own === undefined ? operator !== 'In' : operator === (isAmong ? 'In' : 'NotIn');
  });
}

function isDeleting(body: unknown): boolean {
  return stringsAt(body, ['metadata', 'finalizers']).some(each => each.startsWith(DELETING));
}

type Origin = Pick<ListedApplication, 'from' | 'set' | 'deletes'>;

function listed(made: MadeApplication, origin: Origin, sets: Sets): ListedApplication | { why: string } {
  const told = (...steps: string[]): string | undefined =>
    openAt(made, steps.join('.')) === undefined
      ? stringOf(valueAt(made.body, steps)) || undefined
      : undefined;
  const name = told('metadata', 'name');
  const paths = ['spec.source.path', 'spec.sourceHydrator.drySource.path'];
  const open = ['metadata.name', 'spec.destination.server', 'spec.destination.name', ...paths]
    .flatMap(path => openAt(made, path) ?? [])
    .at(0);
  if (name === undefined || open !== undefined) return { why: open ?? 'metadata.name' };
  const server = told('spec', 'destination', 'server');
  const isOwn = server !== undefined && OWN_SERVER.test(server);
  return {
    name,
    instance: stringOf(valueAt(made.body, ['metadata', 'namespace'])),
    namespace: told('spec', 'destination', 'namespace'),
    cluster: isOwn ? 'in-cluster' : (told('spec', 'destination', 'name') ?? server),
    path: pathOf(made),
    folder: plainFolder(made, sets),
    ...origin,
  };
}

/** Of several sources the first that has a folder counts. */
function pathOf({ body }: MadeApplication): string | undefined {
  const sources = deployedSources(body)
    .map(({ source }) => source)
    .filter(isRecord);
  const texts = (key: string): string[] => sources.flatMap(source => stringOf(source[key]) || []);
  return texts('path')[0] ?? texts('chart')[0];
}

function plainFolder({ body }: MadeApplication, { isOwn }: Sets): string | undefined {
  const [only, ...others] = deployedSources(body);
  const { source } = only ?? {};
  if (!isRecord(source) || others.length > 0 || !isOwn(stringOf(source['repoURL']) ?? '')) return undefined;
  const isTold = ['chart', 'ref', 'helm', 'kustomize', 'plugin', 'directory'].some(key => key in source);
  return isTold ? undefined : folderAt(stringOf(source['path']));
}

import { asList, isRecord, stringOf, stringsAt, valueAt } from '../data/fields.ts';
import { say } from '../locales/say.ts';
import type { Text } from '../text/language.ts';
import type { PlacedManifest } from './deployments.ts';
import { asWritten, deployedSources, type MadeApplication, openAt } from './sets/made.ts';
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
  /** The file that it, or its set, stands in, and the set. */
  from: string;
  set: string | undefined;
  /** Whether what it made is deleted with it. */
  deletes: boolean;
};

/** A set of which something cannot be told here, or that Argo CD refuses. */
type UntoldSet = { set: string; file: string; why: Text };

export type Applications = { applications: ListedApplication[]; unknown: UntoldSet[] };

const OWN_SERVER = /^https:\/\/kubernetes\.default\.svc\/?$/;
const DELETING = 'resources-finalizer.argocd.argoproj.io';

/** The Applications of a repository, in the order of their files. */
export function applicationsOf(deploying: readonly PlacedManifest[], sets: Sets): Applications {
  const found: Applications = { applications: [], unknown: [] };
  for (const { file, manifest } of deploying) {
    const { kind, name, body } = manifest;
    if (kind === 'Application') {
      const own = listed(asWritten(body), { from: file, set: undefined, deletes: isDeleting(body) });
      if ('name' in own) found.applications.push(own);
    } else if (kind === 'ApplicationSet') addSet(found, { file, name, body }, sets);
  }
  return found;
}

type Set = { file: string; name: string; body: Readonly<Record<string, unknown>> };

function addSet(found: Applications, { file, name, body }: Set, sets: Sets): void {
  const { applications, refused, open } = sets.expand(body);
  const untold = new Map<string, Text>();
  if (refused !== undefined) untold.set(refused, say('apps.refused', { why: refused }));
  for (const why of open) untold.set(why, say('apps.notTold', { why }));
  const keeps = valueAt(body, ['spec', 'syncPolicy', 'preserveResourcesOnDeletion']) === true;
  for (const made of applications) {
    const hasOwn = asList(valueAt(made.body, ['metadata', 'finalizers'])).length > 0;
    const deletes = hasOwn ? isDeleting(made.body) : !keeps;
    const own = listed(made, { from: file, set: name, deletes });
    if ('name' in own) found.applications.push(own);
    // What its generator hides was said already.
    else if (open.length === 0) untold.set(own.why, say('apps.notTold', { why: own.why }));
  }
  for (const why of untold.values()) found.unknown.push({ set: name, file, why });
}

function isDeleting(body: unknown): boolean {
  return stringsAt(body, ['metadata', 'finalizers']).some(each => each.startsWith(DELETING));
}

type Origin = Pick<ListedApplication, 'from' | 'set' | 'deletes'>;

function listed(made: MadeApplication, origin: Origin): ListedApplication | { why: string } {
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

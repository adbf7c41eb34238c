import { isDataMap, isRecord, stringOf } from '../data/fields.ts';
import { UserError } from '../errors.ts';
import { say } from '../locales/say.ts';
import { display } from '../text/display.ts';
import type { Text } from '../text/language.ts';
import { segmentProblem } from '../text/file-name.ts';
import { nearest } from '../text/nearest.ts';
import { readLocated } from '../yaml/read.ts';
import { CLUSTER_TYPE_LABEL, isClusterFile, isOwnServer } from './sets/clusters.ts';

/** Who deploys to a cluster: itself, the hub, the control cluster of its group, an agent of another one, or its own Flux. */
type ControlledBy = { kind: 'self' | 'hub' | 'flux' } | { kind: 'group' | 'agent'; cluster: string };

/** What `clusters/<name>.yaml` says of a cluster: facts, never a credential. */
export type DeclaredCluster = {
  file: string;
  name: string;
  group: string | undefined;
  labels: Readonly<Record<string, string>>;
  controlledBy: ControlledBy;
  /** Where Argo CD finds it; by its own name unless the file says otherwise. */
  destination: { server: string } | { name: string };
};

/** The clusters that files declare, by name, and what is wrong with the files of others. */
export type DeclaredClusters = {
  clusters: readonly DeclaredCluster[];
  problems: readonly UserError[];
  /** What keeps nobody from going on: masters that are not here or go round in a circle, and files that are no YAML. */
  stray: readonly UserError[];
};

/** The first line of such a file: editors complete and check what it holds by the schema. */
export const CLUSTER_SCHEMA_LINE = '# yaml-language-server: $schema=../.slipway/cluster.schema.json';

const KEYS = ['name', 'group', 'labels', 'controlledBy', 'destination'];

/** The clusters that the files below `clusters/` declare; other people's files there, and objects, are none. */
export function clustersIn(text: ReadonlyMap<string, string>): DeclaredClusters {
  const byName = new Map<string, DeclaredCluster>();
  const byPlace = new Map<string, DeclaredCluster>();
  const problems: UserError[] = [];
  const broken: UserError[] = [];
  for (const [file, content] of [...text].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    if (!isClusterFile(file)) continue;
    if (!isOurs(content)) {
      const problem = unreadable(content, file);
      if (problem) broken.push(problem);
      continue;
    }
    try {
      const facts = readCluster(content, file);
      const twin = byName.get(facts.name);
      if (twin) throw refused(file, say('repository.clusterTwice', { name: facts.name, file: twin.file }));
      const same = byPlace.get(reachedAt(facts));
      if (same) throw refused(file, say('repository.clusterSame', { file: same.file }));
      byPlace.set(reachedAt(facts), facts);
      byName.set(facts.name, facts);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.push(error);
    }
  }
  const clusters = [...byName.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return { clusters, problems, stray: [...broken, ...masterlessIn(byName, text)] };
}

/** Where a cluster is, in one way of writing it: each that masters itself may call itself by the address of whoever asks. */
export function reachedAt({ name, destination, controlledBy }: DeclaredCluster): string {
  const isOfItself = controlledBy.kind === 'self' || controlledBy.kind === 'flux';
  if ('name' in destination) return isOfItself ? name : destination.name;
  return isOfItself && isOwnServer(destination.server)
    ? name
    : new URL(destination.server).href.replace(/\/$/, '');
}

/** A master may be declared, or have but a folder of its own; the hub of agents needs neither. */
function masterlessIn(
  byName: ReadonlyMap<string, DeclaredCluster>,
  text: ReadonlyMap<string, string>,
): UserError[] {
  const folders = new Set([...text.keys()].flatMap(file => /^clusters\/([^/]+)\//.exec(file)?.[1] ?? []));
  return [...byName.values()].flatMap(({ name, file, controlledBy }) => {
    if (!('cluster' in controlledBy)) return [];
    const { kind, cluster } = controlledBy;
    if (goesRound(byName, name)) return [refused(file, say('repository.clusterMasterRound', { cluster }))];
    const isHere = byName.has(cluster) || folders.has(cluster) || (kind === 'agent' && cluster === 'hub');
    return isHere ? [] : [refused(file, say('repository.clusterMasterAbsent', { cluster }))];
  });
}

/** Nobody's masters have so many masters above them. */
const MOST_MASTERS = 64;

function goesRound(byName: ReadonlyMap<string, DeclaredCluster>, name: string): boolean {
  const seen = new Set<string>();
  for (let each: string | undefined = name; each !== undefined && seen.size < MOST_MASTERS;) {
    if (seen.has(each)) return false;
    seen.add(each);
    const by: ControlledBy | undefined = byName.get(each)?.controlledBy;
    each = by !== undefined && 'cluster' in by ? by.cluster : undefined;
    if (each === name) return true;
  }
  return false;
}

/**
 * The same for those who cannot go on with half of them.
 * @throws UserError E_CONFIG for the first file that is wrong, or declares a name that another one has
 */
export function requireClusters(text: ReadonlyMap<string, string>): readonly DeclaredCluster[] {
  const { clusters, problems } = clustersIn(text);
  const [first] = problems;
  if (first) throw first;
  return clusters;
}

/** Who masters a cluster is what makes a file one of these; its schema says so too. */
function isOurs(content: string): boolean {
  return (
    /^(?:controlledBy|"controlledBy"|'controlledBy')[ \t]*:/m.test(content) ||
    content.startsWith(CLUSTER_SCHEMA_LINE)
  );
}

/** Reads one file. @throws UserError E_CONFIG with what is wrong */
export function readCluster(content: string, file: string): DeclaredCluster {
  const problem = unreadable(content, file);
  if (problem) throw problem;
  const read = readLocated(content);
  const [body, ...more] = read.status === 'read' ? read.yaml.documents : [];
  if (!isRecord(body) || more.length > 0) throw refused(file, say('repository.clusterOneMap'));
  const wrong = unknownKey(body);
  if (wrong) throw refused(file, wrong);
  const name = requireClusterName(body['name'], 'name', file);
  return {
    file,
    name,
    group: body['group'] === undefined ? undefined : requireClusterName(body['group'], 'group', file),
    labels: labelsOf(body['labels'], file),
    controlledBy: readControlledBy(body['controlledBy'], file),
    destination: destinationOf(body['destination'], { file, name }),
  };
}

/** What is no YAML, or too much of it, no set can take either; of templates nobody knows. */
function unreadable(content: string, file: string): UserError | undefined {
  if (content.includes('{{') && !isOurs(content)) return undefined;
  const read = readLocated(content);
  const problem = read.status === 'unreadable' ? read.problem : read.yaml.dataProblem;
  return problem && refused(`${file}:${problem.line}:${problem.column}`, problem.reason);
}

/** More than the known keys may be there, for templates of sets; a misspelt one may not. */
function unknownKey(body: Readonly<Record<string, unknown>>): Text | undefined {
  for (const key of Object.keys(body)) {
    const near = KEYS.includes(key)
      ? undefined
      : nearest(
          key,
          KEYS.filter(known => !(known in body)),
        );
    if (near !== undefined) return say('repository.clusterKey', { key: display(key), near });
  }
  return undefined;
}

const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** It becomes a file, a folder and a part of Applications' names. */
function requireClusterName(value: unknown, key: string, file: string): string {
  if (typeof value === 'string' && LABEL.test(value) && segmentProblem(value) === undefined) return value;
  throw refused(file, say('repository.clusterName', { key }));
}

function readControlledBy(value: unknown, file: string): ControlledBy {
  const master = controlledByOf(value);
  if (master) return master;
  throw refused(file, say('repository.clusterControlledBy'));
}

/** Who masters a cluster, as a file or a flag says it. @returns undefined for what is none */
export function controlledByOf(value: unknown): ControlledBy | undefined {
  const [kind = '', cluster, ...more] = typeof value === 'string' ? value.split(':') : [];
  if (cluster === undefined && (kind === 'self' || kind === 'hub' || kind === 'flux')) return { kind };
  const isOfAnother = kind === 'group' || kind === 'agent';
  if (isOfAnother && cluster !== undefined && LABEL.test(cluster) && more.length === 0)
    return { kind, cluster };
  return undefined;
}

const LABEL_VALUE = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;
const LABEL_KEY = /^(?:[a-z0-9][-a-z0-9.]{0,252}\/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

/** Whether a key is one that a cluster's label may have: that by which Argo CD knows clusters is its own. */
export function isClusterLabel(key: string): boolean {
  return LABEL_KEY.test(key) && key !== CLUSTER_TYPE_LABEL;
}

function labelsOf(value: unknown, file: string): Record<string, string> {
  if (value === undefined) return {};
  if (!isDataMap(value)) throw refused(file, say('repository.clusterLabels'));
  const wrong = Object.entries(value).find(
    ([key, text]) => !isClusterLabel(key) || typeof text !== 'string' || !LABEL_VALUE.test(text),
  );
  if (wrong) throw refused(file, say('repository.clusterLabel', { key: display(wrong[0]) }));
  return Object.fromEntries(Object.entries(value).map(([key, text]) => [key, String(text)]));
}

function destinationOf(
  value: unknown,
  { file, name }: Pick<DeclaredCluster, 'file' | 'name'>,
): DeclaredCluster['destination'] {
  if (value === undefined) return { name };
  const keys = isRecord(value) ? Object.keys(value) : [];
  const [key = ''] = keys;
  const text = isRecord(value) ? stringOf(value[key]) : undefined;
  if (keys.length !== 1 || !['server', 'name'].includes(key) || text === undefined)
    throw refused(file, say('repository.clusterDestination'));
  if (key === 'name') return { name: requireClusterName(text, 'destination.name', file) };
  if (!isServer(text)) throw refused(file, say('repository.clusterServer'));
  return { server: text };
}

/** An https address and nothing else: no login or token, which everybody who can read the repository would have, and no way up. */
export function isServer(text: string): boolean {
  if (text.length > 2048 || !/^https:\/\/[^\s\\@?#]+$/.test(text) || !URL.canParse(text)) return false;
  return !/\/(?:\.|%2[eE]){1,2}(?:\/|$)/.test(text);
}

function refused(subject: string, problem: Text): UserError {
  return new UserError('E_CONFIG', say('text.aboutSubject', { subject: display(subject), problem }), {
    hint: say('repository.clusterHint'),
    subject: display(subject),
  });
}

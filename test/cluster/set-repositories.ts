import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { asList, isRecord, stringOf, valueAt } from '../../src/data/fields.ts';
import { knownClusters } from '../../src/repository/sets/clusters.ts';
import type { SetRepository } from '../../src/repository/sets/elements.ts';
import { setRepositoryOf } from '../../src/repository/sets/set-repository.ts';
import { readLocated } from '../../src/yaml/read.ts';
import { type Answer, answerOf, comparable } from '../support/expanded-sets.ts';
import { findTool } from '../support/tools.js';

/** A set as it stands in a file. */
type Placed = { place: string; body: Readonly<Record<string, unknown>> };

/**
 * The ApplicationSets of repositories that lie on this machine, as their last commit has them: Argo CD's own code against ours, with
 * every address taken for the repository itself, and two clusters that have what their selectors look for. Gives a line for each set that is told, and told otherwise.
 */
export function judgeRepositories(
  folders: readonly string[],
  home: string,
  say: (line: string) => void,
): string[] {
  return folders.flatMap(folder => {
    const root = checkedOut(folder, home);
    const text = textsOf(root);
    const sets = setsIn(text);
    const clusters = writeClusters(root, sets);
    const repository = repositoryOf(text, sets, clusters);
    const answers = sets.map(set => judgeOne(set, { root, home, repository }));
    const count = (verdict: string): number => answers.filter(each => each.verdict === verdict).length;
    say(
      `${folder}: ${sets.length} ApplicationSets, ${count('agree')} agree, ${count('open')} cannot be told, ${count('differ')} differ`,
    );
    return answers.flatMap(({ verdict, line }) => (verdict === 'differ' ? [`${folder} ${line}`] : []));
  });
}

function checkedOut(folder: string, home: string): string {
  const root = mkdtempSync(path.join(home, 'sets-of-'));
  const archive = execFileSync('git', ['-C', folder, 'archive', 'HEAD'], { maxBuffer: 1 << 30 });
  execFileSync('tar', ['-x', '-C', root], { input: archive });
  for (const args of [
    ['init', '-q'],
    ['add', '-A', '-f'],
  ])
    execFileSync('git', args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  return root;
}

function textsOf(root: string): Map<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => path.relative(root, path.join(entry.parentPath, entry.name)))
    .filter(file => !file.startsWith('.git/'))
    .toSorted();
  const isRead = (file: string): boolean => /\.(?:ya?ml|json)$/.test(file);
  return new Map(files.map(file => [file, isRead(file) ? readFileSync(path.join(root, file), 'utf8') : '']));
}

function documentsOf(text: string): readonly unknown[] | undefined {
  const read = readLocated(text);
  return read.status === 'read' && !read.yaml.dataProblem ? read.yaml.documents : undefined;
}

/** Patches of sets are none, nor is what the API server refuses for the want of a project. */
function setsIn(text: ReadonlyMap<string, string>): Placed[] {
  return [...text].flatMap(([file, content]) => {
    const documents = content.includes('ApplicationSet') ? (documentsOf(content) ?? []) : [];
    return documents.flatMap((body, index) => {
      const isSet = isRecord(body) && body['kind'] === 'ApplicationSet';
      const project = stringOf(valueAt(body, ['spec', 'template', 'spec', 'project'])) ?? '';
      return isSet && project !== '' ? [{ place: `${file}#${index}`, body }] : [];
    });
  });
}

/** The oracle knows the clusters of this file: two that every selector takes. */
function writeClusters(root: string, sets: readonly Placed[]): unknown[] {
  const wanted = Object.fromEntries(sets.flatMap(({ body }) => labelsWanted(body)));
  const labels = { ...namedIn(sets, 'labels'), ...wanted };
  const secrets = ['one', 'two'].map(name => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name,
      labels: { ...labels, 'argocd.argoproj.io/secret-type': 'cluster' },
      annotations: namedIn(sets, 'annotations'),
    },
    stringData: { name, server: `https://${name}.example.org` },
  }));
  mkdirSync(path.join(root, 'secrets'), { recursive: true });
  const text = secrets.map(secret => JSON.stringify(secret)).join('\n---\n');
  writeFileSync(path.join(root, 'secrets', 'clusters.yaml'), text);
  return secrets;
}

/** The fields of clusters' metadata that templates write out, each with a text. */
function namedIn(sets: readonly Placed[], kind: 'labels' | 'annotations'): Record<string, string> {
  const named = JSON.stringify(sets).matchAll(new RegExp(`metadata\\.${kind}\\.([A-Za-z0-9_./-]+)`, 'g'));
  return Object.fromEntries(Array.from(named, ([, key = '']) => [key, 'any']));
}

/** What selectors of clusters look for, however deep they are nested. */
function labelsWanted(value: unknown): [string, string][] {
  if (Array.isArray(value)) return value.flatMap(labelsWanted);
  if (!isRecord(value)) return [];
  const wanted = valueAt(value, ['clusters', 'selector', 'matchLabels']);
  const chosen = asList(valueAt(value, ['clusters', 'selector', 'matchExpressions'])).filter(isRecord);
  const own = Object.entries(isRecord(wanted) ? wanted : {}).map(([key, text]): [string, string] => [
    key,
    String(text),
  ]);
  const among = chosen.flatMap(({ key, operator, values }): [string, string][] =>
    operator === 'In' || operator === 'Exists' ? [[String(key), stringOf(asList(values)[0]) ?? 'any']] : [],
  );
  return [...own, ...among, ...Object.values(value).flatMap(labelsWanted)];
}

function repositoryOf(
  text: ReadonlyMap<string, string>,
  sets: readonly Placed[],
  clusters: readonly unknown[],
): SetRepository {
  const known = setRepositoryOf({
    text,
    deploying: () => sets.map(({ body }) => ({ apiVersion: 'argoproj.io/v1alpha1', body })),
    documents: file => documentsOf(text.get(file) ?? ''),
  });
  const sources = clusters.filter(isRecord).map(body => ({ file: 'secrets/clusters.yaml', body }));
  return { ...known, clusters: knownClusters(sources), isOwn: () => true };
}

type Judging = { root: string; home: string; repository: SetRepository };

function judgeOne({ place, body }: Placed, { root, home, repository }: Judging) {
  const own = answerOf(body, repository);
  if (own.open.length > 0) return { verdict: 'open', line: '' };
  const given = path.join(home, 'set.json');
  mkdirSync(home, { recursive: true });
  writeFileSync(given, JSON.stringify(body));
  const { stdout, stderr, status } = spawnSync(findTool('appset') ?? 'appset', [root, given], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const answer = status === 0 ? (JSON.parse(stdout) as Answer) : undefined;
  const theirs = answer === undefined ? stderr.slice(0, 300) : JSON.stringify(comparable(answer));
  const ours = JSON.stringify(comparable(own));
  if (theirs === ours) return { verdict: 'agree', line: '' };
  const why = [answer?.error, own.error].map(error => error ?? 'made').join(' | ');
  return {
    verdict: 'differ',
    line: `${place} (${why}): Argo CD ${theirs.slice(0, 600)}, slipway ${ours.slice(0, 600)}`,
  };
}

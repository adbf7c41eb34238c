import { posix } from 'node:path';
import type { ChangeSet } from '../change-set.ts';
import { findUses } from '../deliveries/find-uses.ts';
import { parsedLike } from '../deliveries/parsed-files.ts';
import { selectUsing, usingIn } from '../deliveries/select-using.ts';
import { readDeliveries } from '../deliveries/read-deliveries.ts';
import { bareAppsOf } from '../repository/bare-apps.ts';
import type { Manifest } from '../repository/manifest.ts';
import { namespaceOf, type Repository } from '../repository/model.ts';
import type { Text } from '../text/language.ts';
import { say } from '../locales/say.ts';
import type { ReleaseOutcome } from './inflate-releases.ts';
import type { DeliveredState, DeliveredUnit } from './render-delivered.ts';
import { afterUpgrade } from './releases/chart-definitions.ts';
import { builderOf } from './releases/around-build.ts';
import type { DeliveredText } from './releases/plan-releases.ts';
import { stringOf } from '../data/fields.ts';

/** What delivers in a repository, and its text. */
export function deliveredText(repository: Repository): DeliveredText {
  return { deliveries: readDeliveries(repository), text: repository.text };
}

/** The same once a change is written; what stays is not parsed again. */
export function deliveredTextAfter(repository: Repository, { changes }: ChangeSet): DeliveredText {
  const text = new Map(repository.text);
  for (const change of changes) {
    if (change.kind !== 'file') continue;
    if (change.action === 'delete') text.delete(change.path);
    else text.set(change.path, Buffer.from(change.content).toString('utf8'));
  }
  const changed = new Set(changes.map(({ path }) => path));
  const after = { text, isTemplate: repository.isTemplate, apps: [] };
  parsedLike(after, repository, changed);
  return { deliveries: readDeliveries(after), text };
}

/**
 * Everything of a repository that is rendered by itself, by path: apps, what Flux builds, files of Applications that no
 * kustomization takes in, charts. What another of them takes in is part of that.
 */
export function renderUnits(repository: Repository): DeliveredUnit[] {
  const { deliveries, text } = deliveredText(repository);
  const bare = bareAppsOf(repository).map(({ folder }) => folder);
  const charts = new Set([
    ...findUses(repository).flatMap(({ delivery, app }) => (delivery === 'umbrella' ? [app.path] : [])),
    ...bare.filter(folder => text.has(`${folder}/Chart.yaml`)),
  ]);
  const there = foldersOf(text.keys());
  const built = deliveries.flux.map(({ folder }) => folder).filter(folder => there.has(folder));
  const folders = new Set([...repository.apps.map(({ path }) => path), ...built, ...bare]);
  const files = new Set(
    findUses(repository)
      .filter(({ delivery, at }) => delivery === 'argo' && !deliveries.kustomizations.listers(at.file).length)
      .map(({ at }) => at.file),
  );
  const units: DeliveredUnit[] = [
    ...[...folders].filter(folder => !charts.has(folder)).map(path => ({ kind: 'folder' as const, path })),
    ...[...charts].map(path => ({ kind: 'chart' as const, path })),
    ...[...files].map(path => ({ kind: 'file' as const, path })),
  ];
  return units.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** Every folder that files stand in, but the root. */
function foldersOf(files: Iterable<string>): Set<string> {
  const folders = new Set<string>();
  for (const file of files)
    for (
      let folder = posix.dirname(file);
      folder !== '.' && !folders.has(folder);
      folder = posix.dirname(folder)
    )
      folders.add(folder);
  return folders;
}

/** Where objects of a unit land that name no namespace. */
export function namespaceOfUnit(repository: Repository, unit: DeliveredUnit): string | undefined {
  const builder =
    unit.kind === 'folder'
      ? builderOf(deliveredText(repository), unit.path)?.spec['targetNamespace']
      : undefined;
  const app = repository.apps.find(({ path }) => path === unit.path);
  return stringOf(builder) ?? (app && namespaceOf(app));
}

/** What both builds of a unit hold, as far as both are known. */
export type BothBuilds = { before: Manifest[]; after: Manifest[]; left: Text[] };

type Built = Extract<DeliveredState, { status: 'built' }>;

/**
 * The objects of two builds of a unit that can be compared: those of a release only where it was rendered on each side that has
 * it. `left` says what was not.
 */
export function bothBuilds(before: Built | undefined, after: Built | undefined): BothBuilds {
  const sides = [before, after];
  const unknown = new Map<string, Text>();
  for (const side of sides)
    for (const { by, ...outcome } of side?.inflated.outcomes ?? [])
      if (outcome.status !== 'rendered') unknown.set(keyOf(by), outcome.reason);
  const [old, fresh] = sides.map(side => ({
    manifests: [
      ...(side?.own ?? []),
      ...(side?.inflated.manifests ?? []).flatMap(({ manifest, by }) =>
        unknown.has(keyOf(by)) ? [] : [manifest],
      ),
    ],
    definitions: side?.inflated.definitions ?? [],
  }));
  const left = [...unknown].map(([subject, problem]) => say('text.aboutSubject', { subject, problem }));
  if (!old || !fresh) return { before: [], after: [], left };
  return { before: old.manifests, after: before && after ? afterUpgrade(old, fresh) : fresh.manifests, left };
}

function keyOf({ kind, name }: ReleaseOutcome['by']): string {
  return `${kind} ${name}`;
}

/**
 * The units of the apps that words name, by folder, by name or by release; all of them without words. With an environment, those of
 * it.
 * @throws UserError E_VALUE for a word that names none, or several by a bare name, and for an environment without them
 */
export function unitsNamed(
  repository: Repository,
  words: readonly string[],
  environment?: string,
): DeliveredUnit[] {
  const units = renderUnits(repository);
  if (words.length === 0 && environment === undefined) return units;
  const apps =
    environment === undefined ? selectUsing(repository, words) : usingIn(repository, words, environment);
  const paths = new Set(apps.map(app => app.path));
  const files = new Set(
    findUses(repository).flatMap(({ app, at }) => (paths.has(app.path) ? [at.file] : [])),
  );
  return units.filter(({ path: at }) => paths.has(at) || files.has(at));
}

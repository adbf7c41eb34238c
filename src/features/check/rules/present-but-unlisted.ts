import { addTo } from '../../../data/append.ts';
import path from 'node:path';
import type { AppFacts, ObjectFacts } from '../facts/app-facts.ts';
import { stringOf, valueAt } from '../../../data/fields.ts';
import { mentionsInComment } from '../facts/comments.ts';
import { ignoredAround } from '../../../repository/gitignore.ts';
import { deployedSources } from '../../../repository/sets/made.ts';
import type { AppRule } from '../rule.ts';
import { hasPlaintext } from '../facts/secret-objects.ts';
import { isStub } from '../../../sealing/sealed-data.ts';
import { say } from '../../../locales/say.ts';

/** A manifest that nobody lists is never applied, and looks as if it were. */
export const presentButUnlisted: AppRule = {
  scope: 'app',
  severity: 'warning',
  title: say('rules.manifestsFolderListed'),
  check: facts => {
    // Where the list itself cannot be read, everything would count.
    if (!facts.root) return [];
    const listedFolders = new Set([...facts.listed].map(file => path.posix.dirname(file)));
    const ignored = ignoredAround(facts.folder, facts.text);
    // Of a kustomization that lies deeper and is built by itself, too.
    const named = new Set(
      facts.kustomizations.flatMap(({ references }) => references.map(each => each.path)),
    );
    return manifestFiles(facts)
      .filter(({ file }) => isHome(path.posix.dirname(file), listedFolders))
      .filter(
        ({ file }) =>
          !named.has(file) &&
          !facts.namedOutside.has(file) &&
          !ignored(file) &&
          !isExplained(facts, file) &&
          !isTested(facts, file) &&
          !isSample(file),
      )
      .map(({ file, objects }) => ({
        file,
        line: 1,
        column: 1,
        message: say('rules.noKustomization', { objects: describe(objects) }),
        hint: say('rules.listUnderResourcesRemove'),
      }));
  },
};

type ManifestFile = { file: string; objects: ObjectFacts[] };

/** What only `kubectl create` can take, stubs, and what should not be applied at all do not count. */
function manifestFiles(facts: AppFacts): ManifestFile[] {
  const unlisted = facts.objects.filter(({ listed }) => !listed);
  const files = new Map<string, ObjectFacts[]>();
  for (const object of unlisted) addTo(files, object.file, object);
  return [...files]
    .map(([file, objects]) => ({ file, objects: objects.filter(isApplied) }))
    .filter(({ objects }) => objects.length > 0);
}

/** `example.yaml`, `ingress.sample.yaml`: for people to read. */
function isSample(file: string): boolean {
  return /(?:^|[-_.])(?:examples?|samples?|template)\b/i.test(path.posix.basename(file));
}

/** What runs once, and a Secret to be filled in, are kept for a person to apply. */
const APPLIED_BY_HAND = new Set(['Pod', 'Job', 'Secret']);

function isApplied(object: ObjectFacts): boolean {
  const { name, apiVersion, kind } = object;
  if (APPLIED_BY_HAND.has(kind) || isOwnRule(object) || isRoot(object)) return false;
  return name !== '' && apiVersion !== 'builtin' && !hasPlaintext(object) && !isStub(object);
}

/** An Application that deploys the folder in which it stands is applied by a person, once. */
function isRoot({ kind, body, file }: ObjectFacts): boolean {
  const sources = kind === 'Application' ? deployedSources(body) : [];
  return sources.some(({ source }) => {
    const folder = path.posix
      .normalize(stringOf(valueAt(source, ['path'])) ?? '..')
      .replace(/(?<!\/)\/$/, '');
    return file.startsWith(`${folder}/`);
  });
}

/** A Kustomization of Flux: whether something else applies it, ks-not-listed tells. */
function isOwnRule({ apiVersion, kind }: ObjectFacts): boolean {
  return kind === 'Kustomization' && apiVersion.startsWith('kustomize.toolkit.fluxcd.io/');
}

/** What tests of Kyverno and Chainsaw beside it apply. */
function isTested({ kindOf }: AppFacts, file: string): boolean {
  const folder = path.posix.dirname(file);
  return [folder, path.posix.dirname(folder)].some(each =>
    ['.kyverno-test', '.chainsaw-test', 'kyverno-test.yaml', 'chainsaw-test.yaml'].some(
      name => kindOf(`${each}/${name}`) !== undefined,
    ),
  );
}

/** Where some manifests are listed, all should be; a folder of which nothing is listed is something else. */
function isHome(folder: string, listedFolders: ReadonlySet<string>): boolean {
  return listedFolders.has(folder) || path.posix.basename(folder) === 'resources';
}

function isExplained({ kustomizations }: AppFacts, file: string): boolean {
  return kustomizations.some(({ text }) => mentionsInComment(text, path.posix.basename(file)));
}

function describe(objects: readonly ObjectFacts[]): string {
  const [first] = objects;
  const more = objects.length > 1 ? ` +${objects.length - 1}` : '';
  return `${first?.kind} ${first?.name}${more}`;
}

import path from 'node:path';
import { sha256Of } from '../data/digest.ts';
import { isRecord, recordsAt, stringOf, valueAt } from '../data/fields.ts';
import { type Applying, argoApplying, FLUX_APPLYING } from './applying.ts';
import { directoryGenerators, matchesPath, takerOf } from './application-set.ts';
import type { Manifest } from './manifest.ts';
import { fillPathTemplate } from './path-template.ts';

/** That something in the repository makes a folder run in a cluster. */
export type Deployment = {
  folder: string;
  /** Where its objects go unless they say otherwise; undefined where nobody says. */
  namespace: string | undefined;
  /** Whether that wins over what the folder's own kustomization says, as Flux does it. */
  wins: boolean;
  by: { kind: 'ApplicationSet' | 'Application' | 'Kustomization'; name: string; file: string };
  applying: Applying;
};

/** An object with the file it stands in. */
export type PlacedManifest = {
  file: string;
  manifest: Pick<Manifest, 'apiVersion' | 'kind' | 'name' | 'body'>;
};

/** The kinds that deploy folders. */
export const DEPLOYING_KINDS = /ApplicationSet|Application|Kustomization/;

/**
 * Which folders the Applications, ApplicationSets and Flux Kustomizations of a repository deploy, in their order; of several
 * that deploy one folder the first speaks for all.
 * @param folders the folders that may be meant: what leads elsewhere is in another repository
 */
export function findDeployments(
  manifests: readonly PlacedManifest[],
  folders: readonly string[],
): Deployment[] {
  const known = new Set(folders);
  const deployed = new Map<string, Deployment>();
  const sets = new Set<string>();
  for (const placed of manifests) {
    if (isLikeAnother(placed, sets)) continue;
    for (const each of deploymentsOf(placed, folders))
      if (known.has(each.folder) && !deployed.has(each.folder)) deployed.set(each.folder, each);
  }
  return [...deployed.values()];
}

/** A set that looks at the same folders as one before, for the same paths, deploys none that is not deployed already. */
function isLikeAnother({ manifest: { kind, body } }: PlacedManifest, sets: Set<string>): boolean {
  if (kind !== 'ApplicationSet') return false;
  const template = valueAt(body, ['spec', 'template']);
  const sources = [valueAt(template, ['spec', 'source']), ...recordsAt(template, ['spec', 'sources'])];
  const paths = sources.map(source => valueAt(source, ['path']));
  const own = sha256Of(JSON.stringify([valueAt(body, ['spec', 'generators']), paths]));
  const isKnown = sets.has(own);
  sets.add(own);
  return isKnown;
}

/** Whether a text is worth reading for such objects: every kustomization has one of their kinds. */
export function mayDeploy(text: string): boolean {
  return /\b(?:argoproj|kustomize\.toolkit\.fluxcd)\.io\//.test(text);
}

/** Whether an object says what is deployed. */
export function isDeploying({ apiVersion, kind }: Pick<Manifest, 'apiVersion' | 'kind'>): boolean {
  const group = apiVersion.slice(0, apiVersion.indexOf('/'));
  return kind === 'Kustomization'
    ? group === 'kustomize.toolkit.fluxcd.io'
    : group === 'argoproj.io' && (kind === 'Application' || kind === 'ApplicationSet');
}

function deploymentsOf({ file, manifest }: PlacedManifest, folders: readonly string[]): Deployment[] {
  if (!isDeploying(manifest)) return [];
  const { kind, name, body } = manifest;
  if (kind === 'Kustomization') return fluxDeployment(body, { kind, name, file });
  if (kind === 'Application') return fromTemplate(body, { path: '', values: {} }, { kind, name, file });
  return generated(body, folders).flatMap(element =>
    fromTemplate(valueAt(body, ['spec', 'template']), element, { kind: 'ApplicationSet', name, file }),
  );
}

function fluxDeployment(body: unknown, by: Deployment['by']): Deployment[] {
  const folder = folderAt(stringOf(valueAt(body, ['spec', 'path'])));
  if (folder === undefined) return [];
  const namespace = stringOf(valueAt(body, ['spec', 'targetNamespace']));
  return [{ folder, namespace, wins: true, by, applying: FLUX_APPLYING }];
}

/** What a generator hands to the template. */
type Element = { path: string; values: Readonly<Record<string, unknown>> };

function fromTemplate(template: unknown, element: Element, by: Deployment['by']): Deployment[] {
  const fill = (value: unknown): string | undefined => {
    const text = stringOf(value);
    return text === undefined ? undefined : fillPathTemplate(text, element.path, element.values);
  };
  const namespace = fill(valueAt(template, ['spec', 'destination', 'namespace']));
  const applying = argoApplying(valueAt(template, ['spec']));
  const sources = [valueAt(template, ['spec', 'source']), ...recordsAt(template, ['spec', 'sources'])];
  return sources.flatMap(source => {
    const folder = folderAt(fill(valueAt(source, ['path'])));
    return folder === undefined ? [] : [{ folder, namespace, wins: false, by, applying }];
  });
}

/** The folders that git generators take, and the elements of lists. */
function generated(body: unknown, folders: readonly string[]): Element[] {
  const generators = valueAt(body, ['spec', 'generators']);
  const isInDirectories = takerOf(directoryGenerators(generators));
  const files = filePatterns(generators).map(pattern => path.posix.dirname(pattern));
  const isTaken = (folder: string): boolean =>
    isInDirectories(folder) || files.some(pattern => reaches(pattern, folder));
  return [
    ...folders.filter(isTaken).map(folder => ({ path: folder, values: {} })),
    ...elementsIn(generators).map(values => ({ path: '', values })),
  ];
}

/** The patterns of git file generators: the folder of each file that fits is what `path` means. */
function filePatterns(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(filePatterns);
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'files' && Array.isArray(inner)
      ? inner.filter(isRecord).flatMap(entry => stringOf(entry['path']) ?? [])
      : filePatterns(inner),
  );
}

/** `**` stands for any number of folders here, unlike among directories. */
function reaches(pattern: string, folder: string): boolean {
  const [before, after] = pattern.split(/(?:^|\/)\*\*(?:\/|$)/, 2);
  if (after === undefined || before === undefined) return matchesPath(pattern, folder);
  const parts = folder.split('/');
  return parts.some((_, from) =>
    parts.some((__, end) => {
      const [head, tail] = [parts.slice(0, from), parts.slice(end + 1)];
      return (
        end + 1 >= from &&
        (before === '' ? from === 0 : matchesPath(before, head.join('/'))) &&
        (after === '' ? tail.length === 0 : matchesPath(after, tail.join('/')))
      );
    }),
  );
}

function elementsIn(generators: unknown): Record<string, unknown>[] {
  if (!Array.isArray(generators)) return [];
  return generators.flatMap(generator => recordsAt(generator, ['list', 'elements']));
}

/** `./apps/web/` is `apps/web`; none for what leads out of the repository. */
function folderAt(written: string | undefined): string | undefined {
  if (written === undefined) return undefined;
  const folder = path.posix.normalize(`./${written}`).replace(/(?<=[^/])\/+$/, '');
  return folder === '..' || folder.startsWith('../') ? undefined : folder;
}

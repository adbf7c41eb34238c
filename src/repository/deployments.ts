import path from 'node:path';
import { sha256Of } from '../data/digest.ts';
import { addTo } from '../data/append.ts';
import { isRecord, recordsAt, stringOf, stringsAt, valueAt } from '../data/fields.ts';
import { type Applying, argoApplying, FLUX_APPLYING } from './applying.ts';
import { directoryGenerators, matchesAnyDepth, takerOf } from './application-set.ts';
import type { Manifest } from './manifest.ts';
import { holdsOverlays } from './overlays.ts';
import { fillKnownParts, fillPathTemplate } from './path-template.ts';

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
  const tree = treeOf(folders);
  for (const placed of manifests) {
    if (isLikeAnother(placed, sets)) continue;
    for (const each of deploymentsOf(placed, tree))
      if (known.has(each.folder) && !deployed.has(each.folder)) deployed.set(each.folder, each);
  }
  return [...deployed.values()];
}

/** The folders, those around them, and what stands in each: a generator may take a folder of which the template names a part. */
type Tree = { folders: readonly string[]; inside: ReadonlyMap<string, readonly string[]> };

function treeOf(folders: readonly string[]): Tree {
  const all = new Set<string>();
  for (const folder of folders)
    for (let each = folder; each !== '.' && !all.has(each); each = path.posix.dirname(each)) all.add(each);
  const inside = new Map<string, string[]>();
  for (const folder of folders) addTo(inside, path.posix.dirname(folder), folder);
  return { folders: [...all].toSorted(), inside };
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

function deploymentsOf({ file, manifest }: PlacedManifest, { folders, inside }: Tree): Deployment[] {
  if (!isDeploying(manifest)) return [];
  const { kind, name, body } = manifest;
  if (kind === 'Kustomization') return fluxDeployment(body, { kind, name, file });
  if (kind === 'Application') return fromTemplate(body, NOTHING, { kind, name, file });
  return elementsOf(valueAt(body, ['spec', 'generators']), folders).flatMap(element =>
    fromTemplate(
      valueAt(body, ['spec', 'template']),
      element,
      { kind: 'ApplicationSet', name, file },
      inside,
    ),
  );
}

function fluxDeployment(body: unknown, by: Deployment['by']): Deployment[] {
  const folder = folderAt(stringOf(valueAt(body, ['spec', 'path'])));
  if (folder === undefined) return [];
  const namespace = stringOf(valueAt(body, ['spec', 'targetNamespace']));
  return [{ folder, namespace, wins: true, by, applying: FLUX_APPLYING }];
}

function fromTemplate(
  template: unknown,
  element: Element,
  by: Deployment['by'],
  inside?: Tree['inside'],
): Deployment[] {
  const fill = (steps: readonly string[], of: unknown = template): string | undefined => {
    const own = stringOf(valueAt(element.template, steps));
    const text = own === undefined || own === '' ? stringOf(valueAt(of, steps)) : own;
    return text === undefined
      ? undefined
      : fillKnownParts(text, element.path, element.values, element.prefix);
  };
  const target = fill(['spec', 'destination', 'namespace']);
  const namespace = target?.includes('{{') === true ? undefined : target;
  const applying = argoApplying(valueAt(template, ['spec']));
  const places = [
    fill(['spec', 'source', 'path']),
    ...recordsAt(template, ['spec', 'sources']).map(source => fill(['path'], source)),
  ];
  return places
    .flatMap(place => openFolders(place, inside) ?? folderAt(place) ?? [])
    .map(folder => ({ folder, namespace, wins: false, by, applying }));
}

/** `overlays/{{name}}`, where only the cluster, or another server, knows the name: whatever stands there. */
function openFolders(
  written: string | undefined,
  inside: Tree['inside'] = new Map(),
): readonly string[] | undefined {
  const around = folderAt(/^([^{}]+)\/\{\{[^{}]*\}\}$/.exec(written ?? '')?.[1]);
  return around === undefined || !holdsOverlays(around) ? undefined : (inside.get(around) ?? []);
}

/** What a generator hands to the template of an ApplicationSet. */
type Element = {
  /** The folder; '' where none is handed over. */
  path: string;
  /** What stands in front of `path` in the template: `pathParamPrefix`. */
  prefix: string;
  values: Readonly<Record<string, unknown>>;
  /** The generator's own template, which wins over that of the set. */
  template: unknown;
};

/** Combinations beyond these are nobody's. */
const MOST_ELEMENTS = 20_000;

/**
 * What the generators of an ApplicationSet make of the folders of a repository: lists, git folders and files, and matrix, merge
 * and selectors around them. What a file holds, and what a cluster or another server would say, is not known here: the folder is.
 */
function elementsOf(generators: unknown, folders: readonly string[]): Element[] {
  if (!Array.isArray(generators)) return [];
  return generators.flatMap(generator => elementsOfOne(generator, folders, NOTHING)).slice(0, MOST_ELEMENTS);
}

const NOTHING: Element = { path: '', prefix: '', values: {}, template: undefined };
const KINDS = ['list', 'git', 'matrix', 'merge'] as const;

/** @param given what the generator before it in a matrix hands over */
function elementsOfOne(generator: unknown, folders: readonly string[], given: Element): Element[] {
  if (!isRecord(generator)) return [];
  const kind = KINDS.find(name => isRecord(generator[name]));
  // Of the others nobody here knows more than that they hand over something.
  if (kind === undefined) return [NOTHING];
  const body = generator[kind];
  const own = valueAt(body, ['template']);
  return EXPANDING[kind](body, folders, given)
    .filter(element => isChosen(generator['selector'], element))
    .map(element => (own === undefined ? element : { ...element, template: own }));
}

type Expand = (body: unknown, folders: readonly string[], given: Element) => Element[];

const EXPANDING: Readonly<Record<(typeof KINDS)[number], Expand>> = {
  // Elements may be text that a generator before it fills in.
  list: body =>
    Array.isArray(valueAt(body, ['elements']))
      ? recordsAt(body, ['elements'])
          .slice(0, MOST_ELEMENTS)
          .map(values => ({ ...NOTHING, values }))
      : [NOTHING],
  git: ofGit,
  matrix(body, folders, given) {
    const [first, second] = recordsAt(body, ['generators']);
    const found: Element[] = [];
    for (const one of elementsOfOne(first, folders, given)) {
      for (const other of elementsOfOne(second, folders, one)) found.push(joined(one, other));
      if (found.length > MOST_ELEMENTS) break;
    }
    return found;
  },
  merge(body, folders, given) {
    const [base = [], ...others] = recordsAt(body, ['generators']).map(each =>
      elementsOfOne(each, folders, given),
    );
    const keys = stringsAt(body, ['mergeKeys']);
    const idOf = (element: Element): string => JSON.stringify(keys.map(key => valueIn(element, key)));
    const overriding = others.map(list => new Map(list.map(element => [idOf(element), element])));
    return base.map(element =>
      overriding.reduce((merged, list) => {
        const over = list.get(idOf(element));
        return over ? joined(merged, over) : merged;
      }, element),
    );
  },
};

function joined(one: Element, other: Element): Element {
  const { path: folder, prefix, template } = other;
  const at = folder === '' ? { path: one.path, prefix: one.prefix } : { path: folder, prefix };
  return { ...at, values: { ...one.values, ...other.values }, template: template ?? one.template };
}

function ofGit(body: unknown, folders: readonly string[], given: Element): Element[] {
  const prefix = stringOf(valueAt(body, ['pathParamPrefix'])) ?? '';
  const texts = valueAt(body, ['values']);
  const fill = (text: string, element: Element): string =>
    fillPathTemplate(text, element.path, element.values, element.prefix) ?? text;
  return foldersOf(body, folders, text => fill(text, given)).map(folder => {
    const bare = { ...NOTHING, path: folder, prefix };
    const values = Object.entries(isRecord(texts) ? texts : {}).map(([key, text]) => [
      key,
      fill(stringOf(text) ?? '', bare),
    ]);
    return values.length === 0 ? bare : { ...bare, values: { values: Object.fromEntries(values) } };
  });
}

function foldersOf(body: unknown, folders: readonly string[], fill: (text: string) => string): string[] {
  const filled = recordsAt(body, ['directories']).map(entry => ({
    ...entry,
    path: fill(stringOf(entry['path']) ?? ''),
  }));
  if (filled.length > 0) {
    return folders.filter(takerOf(directoryGenerators({ directories: filled })));
  }
  const patterns = recordsAt(body, ['files']).map(entry => ({
    pattern: path.posix.dirname(fill(stringOf(entry['path']) ?? '')),
    isLeftOut: entry['exclude'] === true,
  }));
  const fits = (isLeftOut: boolean, folder: string): boolean =>
    patterns.some(each => each.isLeftOut === isLeftOut && matchesAnyDepth(each.pattern, folder));
  return folders.filter(folder => fits(false, folder) && !fits(true, folder));
}

/** A value by its name in a template; undefined where nobody here knows it. */
function valueIn({ path: folder, values, prefix }: Element, key: string): string | undefined {
  return fillPathTemplate(`{{${key}}}`, folder, values, prefix);
}

/** Whether a selector takes what a generator hands over; it does where nobody knows what it asks for. */
function isChosen(selector: unknown, element: Element): boolean {
  if (!isRecord(selector)) return true;
  const wanted = selector['matchLabels'];
  const isSame = Object.entries(isRecord(wanted) ? wanted : {}).every(([key, text]) => {
    const value = valueIn(element, key);
    return value === undefined || value === text;
  });
  return isSame && recordsAt(selector, ['matchExpressions']).every(expression => holds(expression, element));
}

function holds(expression: Record<string, unknown>, element: Element): boolean {
  const value = valueIn(element, stringOf(expression['key']) ?? '');
  if (value === undefined) return true;
  const isAmong = stringsAt(expression, ['values']).includes(value);
  const taken: Readonly<Record<string, boolean>> = { In: isAmong, NotIn: !isAmong, DoesNotExist: false };
  return taken[stringOf(expression['operator']) ?? ''] ?? true;
}

/** `./apps/web/` is `apps/web`; none for what leads out of the repository. */
function folderAt(written: string | undefined): string | undefined {
  if (written === undefined || written.includes('{{')) return undefined;
  const folder = path.posix.normalize(`./${written}`).replace(/(?<=[^/])\/+$/, '');
  return folder === '..' || folder.startsWith('../') ? undefined : folder;
}

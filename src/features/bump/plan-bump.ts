import type { ImagePlace } from '../../deliveries/images/image-place.ts';
import {
  canonicalOf,
  type ImageVersion,
  isSameImage,
  isVersion,
  versionOfImage,
} from '../../repository/image.ts';
import { IMAGE_DECIDERS, versionText, withVersion } from '../../deliveries/images/image-place.ts';
import { UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { display } from '../../text/display.ts';
import type { Text } from '../../text/language.ts';
import { choosePlaces, type Where } from './choose-places.ts';
import { judgeChange, type ObjectChange } from './judge-change.ts';
import type { BumpOrder } from './parse-orders.ts';

/** What is rendered of an app: its images, and what differs from another rendering; or why it was not. */
export type Rendering =
  | {
      status: 'rendered';
      images: readonly string[];
      /** Files of Argo CD that are laid over the rest in it. */
      laid: readonly string[];
      changesTo(other: Rendering): ObjectChange[];
    }
  | { status: 'left'; reason: Text };

/** The files that a run has changed so far. */
export type EditedFiles = ReadonlyMap<string, string>;

export type BumpContext = {
  app: string;
  where: Where;
  force: boolean;
  places: readonly ImagePlace[];
  /** A file as the run has left it. */
  read(drafts: EditedFiles, file: string): string;
  /** Other apps that a file is rendered for. */
  othersOf(file: string): readonly string[];
  /** A place of the app's own for an image that shared places of one file decide; undefined where it has none. */
  ownEntry(
    group: readonly ImagePlace[],
    drafts: EditedFiles,
  ): { file: string; write(to: ImageVersion): string } | undefined;
  render(drafts: EditedFiles): Promise<Rendering>;
};

/** What came of one image. */
export type BumpedImage = {
  name: string;
  from: ImageVersion | undefined;
  to: ImageVersion;
  status: 'bumped' | 'same';
  places: { file: string; where: ImagePlace['where']; added: boolean }[];
  proof:
    | { status: 'rendered'; changed: ObjectChange[]; also: ObjectChange[] }
    | { status: 'not-rendered'; reason: Text };
  notes: Text[];
};

export type Bump = { image: BumpedImage; drafts: EditedFiles };

/**
 * Finds what decides an image, from what wins to what is laid under it, and changes its version there; each change is kept only
 * if it changes what is rendered.
 * @throws UserError E_VALUE for an image that is not there, or a change without effect; E_SHARED_SOURCE, E_OWNED_LINE, E_SIDE_EFFECT
 */
export async function planBump(context: BumpContext, order: BumpOrder, drafts: EditedFiles): Promise<Bump> {
  const start = await context.render(drafts);
  const running = start.status === 'rendered' ? start.images : [];
  const { places, names } = choosePlaces(context.places, running, {
    order,
    where: context.where,
    app: context.app,
  });
  const groups = groupsOf(places);
  const state: State = {
    drafts,
    start,
    seen: start,
    kept: [],
    changed: [],
    also: [],
    notes: [],
    already: [],
  };
  for (const group of groups) {
    // What Argo CD lays over the rest decides, whatever is rendered here.
    if (isDone(state.seen, names, order.to) || state.kept.some(place => place.where === 'argocd')) break;
    if (start.status !== 'rendered' && state.kept.some(place => place.where !== group[0]?.where)) break;
    await tryGroup(context, state, group, order);
  }
  const name = names.at(-1) ?? order.word;
  if (state.kept.length === 0) requireSame(state, { order, names, groups });
  return { drafts: state.drafts, image: imageOf(state, { name, order, names, groups }) };
}

type State = {
  drafts: EditedFiles;
  start: Rendering;
  seen: Rendering;
  kept: (ImagePlace & { added: boolean; to: string })[];
  changed: ObjectChange[];
  also: ObjectChange[];
  notes: Text[];
  already: ImagePlace[];
};

/** Places of one file and kind are changed together. */
function groupsOf(places: readonly ImagePlace[]): ImagePlace[][] {
  const groups = new Map<string, ImagePlace[]>();
  for (const where of IMAGE_DECIDERS)
    for (const place of places.filter(each => each.where === where)) {
      const key = `${where} ${place.file}`;
      groups.set(key, [...(groups.get(key) ?? []), place]);
    }
  return [...groups.values()];
}

/** Everything that runs under one of the names has the version. */
function isDone(seen: Rendering, names: readonly string[], to: ImageVersion): boolean {
  if (seen.status !== 'rendered') return false;
  const own = runningAs(seen.images, names);
  return own.length > 0 && own.every(image => isVersion(versionOfImage(image), to));
}

function runningAs(images: readonly string[], names: readonly string[]): string[] {
  const own = new Set(names.map(canonicalOf));
  const exact = images.filter(image => own.has(canonicalOf(image)));
  if (exact.length > 0) return exact;
  // Behind the name of a mirror.
  return images.filter(image => names.some(name => isSameImage(name, image)));
}

async function tryGroup(
  context: BumpContext,
  state: State,
  group: readonly ImagePlace[],
  { to }: BumpOrder,
): Promise<void> {
  const written = write(context, state, group, to);
  if (!written) {
    state.already = [...state.already, ...group];
    return;
  }
  const next = await context.render(written.drafts);
  const changes =
    state.seen.status === 'rendered' && next.status === 'rendered' ? next.changesTo(state.seen) : [];
  const { wanted, others } = judgeChange(changes, group, to);
  const isUnseen = !isSeen(state.seen, group) || !isSeen(next, group);
  if (wanted.length === 0 && !isUnseen) return;
  for (const place of group) requireWhole(context, place, to);
  requireNoOwner(context, state, group);
  requireNothingElse(context, state, others);
  state.drafts = written.drafts;
  state.seen = next;
  state.changed = [...state.changed, ...wanted];
  state.also = [...state.also, ...others];
  state.kept = [...state.kept, ...group.map(place => ({ ...place, ...written.at, to: versionText(to) }))];
}

/** Whether a rendering would show a change of a group: not every file that Argo CD lays over the rest is part of it. */
function isSeen(rendering: Rendering, [first]: readonly ImagePlace[]): boolean {
  if (rendering.status === 'left') return false;
  return first?.where !== 'argocd' || rendering.laid.includes(first.file);
}

/** The files with the version in the places of a group; undefined where they say it already. */
function write(
  context: BumpContext,
  { drafts }: State,
  group: readonly ImagePlace[],
  to: ImageVersion,
): { drafts: EditedFiles; at: { file: string; added: boolean } } | undefined {
  const [first] = group;
  if (!first) return undefined;
  const others = context.othersOf(first.file);
  if (others.length > 0 && group.every(place => isVersion(place.version, to))) return undefined;
  if (others.length > 0) {
    // `--where manifest` asks for no entry of `images:`.
    const own = context.where === 'manifest' ? undefined : context.ownEntry(group, drafts);
    if (!own) throw shared(first, context.app, others);
    return { drafts: new Map([...drafts, [own.file, own.write(to)]]), at: { file: own.file, added: true } };
  }
  const before = context.read(drafts, first.file);
  const after = group.reduce((text, place) => withVersion(text, place, to), before);
  if (after === before) return undefined;
  return { drafts: new Map([...drafts, [first.file, after]]), at: { file: first.file, added: false } };
}

/** Tag and digest are of one image: neither is changed without the other. @throws UserError E_VALUE */
function requireWhole(
  { force }: BumpContext,
  { version, file }: ImagePlace,
  { tag, digest }: ImageVersion,
): void {
  if (isVersion(version, { tag, digest })) return;
  const half =
    digest === undefined && version.digest !== undefined
      ? say('bump.digestStays', { file: display(file) })
      : tag === undefined && version.tag !== undefined
        ? say('bump.tagStays', { file: display(file) })
        : undefined;
  if (half === undefined || force) return;
  throw new UserError('E_VALUE', half, { hint: say('bump.giveBoth'), subject: file });
}

function shared({ file, where }: ImagePlace, app: string, others: readonly string[]): UserError {
  const apps = others.slice(0, 5).map(display).join(', ');
  return new UserError('E_SHARED_SOURCE', say('bump.shared', { file: display(file), apps }), {
    hint:
      where === 'values'
        ? say('bump.ownValues', { app: display(app) })
        : say('bump.ownImages', { app: display(app) }),
    subject: file,
  });
}

function requireNoOwner({ force }: BumpContext, state: State, group: readonly ImagePlace[]): void {
  const owned = group.find(({ policy }) => policy !== undefined);
  if (!owned) return;
  const told = say('bump.owned', { file: display(owned.file), policy: display(owned.policy ?? '') });
  if (!force)
    throw new UserError('E_OWNED_LINE', told, { hint: say('bump.leaveToOwner'), subject: owned.file });
  state.notes = [...state.notes, told];
}

const MOST_NAMED = 3;

function requireNothingElse({ force }: BumpContext, state: State, others: readonly ObjectChange[]): void {
  if (others.length === 0) return;
  const named = others
    .slice(0, MOST_NAMED)
    .map(({ object, field }) => display(`${object.kind} ${object.name}${field ? ` ${field.path}` : ''}`));
  const told = say('bump.changesMore', { named: named.join(', '), count: others.length });
  if (!force) throw new UserError('E_SIDE_EFFECT', told, { hint: say('bump.lookThenForce') });
  state.notes = [...state.notes, told];
}

type Outcome = { order: BumpOrder; names: readonly string[]; groups: readonly ImagePlace[][] };

/** @throws UserError E_VALUE where nothing that was changed is rendered */
function requireSame({ seen, already }: State, { order, names, groups }: Outcome): void {
  if (
    seen.status === 'rendered'
      ? isDone(seen, names, order.to) || isNowhereRendered(already)
      : already.length > 0
  )
    return;
  const files = [...new Set(groups.flat().map(({ file }) => display(file)))].join(', ');
  throw new UserError('E_VALUE', say('bump.withoutEffect', { word: display(order.word), files }), {
    hint: say('bump.nothingRunsIt'),
    subject: order.word,
  });
}

function isNowhereRendered(already: readonly ImagePlace[]): boolean {
  return already.some(({ where, names }) => where === 'argocd' || names.length === 0);
}

function imageOf(state: State, { name, order, names, groups }: Outcome & { name: string }): BumpedImage {
  const { start, seen, kept, changed, also, notes } = state;
  const [first] = kept.length > 0 ? kept : groups.flat();
  const places = new Map(kept.map(({ file, where, added }) => [`${where} ${file}`, { file, where, added }]));
  const old =
    seen.status === 'rendered'
      ? runningAs(seen.images, names).filter(image => !isVersion(versionOfImage(image), order.to))
      : [];
  const stays = [...new Set(old)].map(image => say('bump.runsOldToo', { image: display(image) }));
  const isArgo = kept.some(({ where }) => where === 'argocd') && changed.length === 0;
  const unseen = [start, seen].find(each => each.status === 'left');
  const reason = isArgo ? say('bump.argoLays') : unseen?.status === 'left' ? unseen.reason : undefined;
  return {
    name,
    from: first?.version,
    to: order.to,
    status: kept.length > 0 ? 'bumped' : 'same',
    places: [...places.values()],
    proof: reason === undefined ? { status: 'rendered', changed, also } : { status: 'not-rendered', reason },
    notes: kept.length > 0 ? [...notes, ...stays] : notes,
  };
}

import {
  IMAGE_DECIDERS,
  type ImagePlace,
  likeness,
  versionText,
} from '../../deliveries/images/image-place.ts';
import { canonicalOf, isSameImage, nameOfImage, versionOfImage } from '../../repository/image.ts';
import { append } from '../../data/append.ts';
import { UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { display } from '../../text/display.ts';
import { nearest } from '../../text/nearest.ts';
import type { BumpOrder } from './parse-orders.ts';

/** What `--where` leaves of the places. */
export type Where = 'auto' | 'images' | 'values' | 'manifest';

const DECIDERS: Record<Where, readonly ImagePlace['where'][]> = {
  auto: IMAGE_DECIDERS,
  images: ['argocd', 'images', 'postRenderers'],
  values: ['values'],
  manifest: ['manifest'],
};

/** The places that an order is about, and every name that the image has in them. */
export type ChosenPlaces = { places: ImagePlace[]; names: string[] };

/**
 * The places of the image that an order names: by its name, by the whole name of the reference, by the last part. `running` are the
 * references that are rendered, none where nothing was.
 * @throws UserError E_VALUE with the names that exist for one that is none of them, or several
 */
export function choosePlaces(
  all: readonly ImagePlace[],
  running: readonly string[],
  { order, where, app }: { order: BumpOrder; where: Where; app: string },
): ChosenPlaces {
  const places = all.filter(place => DECIDERS[where].includes(place.where));
  const known = [
    ...new Set([...all.flatMap(({ names }) => names.slice(-1)), ...running.map(nameOfImage)]),
  ].toSorted();
  const found = matching(places, order);
  const rendered = namesLike(running.map(nameOfImage), order);
  const own = found.length > 0 ? found : nameless(places, running, rendered);
  if (own.length === 0)
    throw rendered.length > 0 ? noPlace(order, app, rendered) : unknownImage(order, app, known);
  const names = [...new Set([...own.flatMap(place => place.names), ...rendered])];
  requireOne(order, own);
  requireSameName(order, names);
  return { places: own, names };
}

function matching(places: readonly ImagePlace[], { word, name }: BumpOrder): ImagePlace[] {
  const byName = places.filter(({ names }) => likeness(names, word) === 'name');
  const whole =
    name === undefined ? [] : places.filter(({ names }) => names.some(each => isSameImage(each, name)));
  const byPart = places.filter(({ names }) => likeness(names, word) === 'part');
  const first = [byName, whole, byPart].find(list => list.length > 0) ?? [];
  // The same image under the name that it has before it is renamed.
  const names = first.flatMap(place => place.names);
  return places.filter(place => first.includes(place) || place.names.some(name_ => names.includes(name_)));
}

function namesLike(running: readonly string[], { word, name }: BumpOrder): string[] {
  const found = running.filter(
    each => likeness([each], word) !== undefined || (name !== undefined && isSameImage(each, name)),
  );
  return [...new Set(found)];
}

/** `image: { tag: 1.2 }` over the defaults of a chart: no name stands there, so the version tells. */
function nameless(
  places: readonly ImagePlace[],
  running: readonly string[],
  names: readonly string[],
): ImagePlace[] {
  const versions = new Set(
    running.filter(each => names.includes(nameOfImage(each))).map(each => versionText(versionOfImage(each))),
  );
  return places.filter(place => place.names.length === 0 && versions.has(versionText(place.version)));
}

/** @throws UserError E_VALUE where a last part is that of several images */
function requireOne({ word, name }: BumpOrder, places: readonly ImagePlace[]): void {
  if (name !== undefined || places.some(({ names }) => likeness(names, word) === 'name')) return;
  const [first, ...rest] = places;
  // The same image under the name that it has before it is renamed.
  const known = [...(first?.names ?? [])];
  const isKnown = ({ names }: ImagePlace): boolean =>
    names.length === 0 || names.some(each => known.some(other => isSameImage(each, other)));
  let left = rest;
  for (let next = left.find(isKnown); next; next = left.find(isKnown)) {
    append(known, next.names);
    left = left.filter(place => place !== next);
  }
  if (left.length === 0) return;
  const distinct = [...new Set(places.flatMap(({ names }) => names.slice(-1)).map(canonicalOf))];
  throw new UserError('E_VALUE', say('bump.severalImages', { word: display(word) }), {
    hint: say('bump.nameWhole', { names: distinct.map(display).join(', ') }),
    subject: word,
  });
}

/** @throws UserError E_VALUE where the reference is of another image than the one that runs */
function requireSameName({ name, word }: BumpOrder, names: readonly string[]): void {
  if (name === undefined || names.length === 0 || names.some(each => isSameImage(each, name))) return;
  throw new UserError(
    'E_VALUE',
    say('bump.otherName', { word: display(word), runs: display(names.at(-1) ?? ''), name: display(name) }),
    { hint: say('bump.versionsOnly', { word: display(word) }), subject: name },
  );
}

function unknownImage({ word }: BumpOrder, app: string, known: readonly string[]): UserError {
  const near = nearest(word, [...known, ...known.map(name => name.split('/').at(-1) ?? name)]);
  const names = known.map(display).join(', ') || '–';
  return new UserError('E_VALUE', say('bump.unknownImage', { word: display(word), app: display(app) }), {
    hint:
      near === undefined
        ? say('bump.namesAre', { names })
        : say('bump.didYouMean', { near: display(near), names }),
    subject: word,
  });
}

function noPlace({ word }: BumpOrder, app: string, names: readonly string[]): UserError {
  return new UserError('E_VALUE', say('bump.noPlace', { word: display(word), app: display(app) }), {
    hint: say('bump.addEntry', { name: display(names[0] ?? word) }),
    subject: word,
  });
}

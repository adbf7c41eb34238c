import { type ImageVersion, parseImage } from '../../repository/image.ts';
import { UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { display } from '../../text/display.ts';

/** One `--image`: how the image is called, the whole name where it is given, and the version to write. */
export type BumpOrder = { word: string; name: string | undefined; to: ImageVersion };

/**
 * `shop=registry/team/shop:1.4.0@sha256:…`, `shop=:1.4.0`, `shop=@sha256:…`, and a reference alone.
 * @throws UserError E_MISSING without one, E_VALUE for what is no reference, or one without a version
 */
export function parseOrders(given: readonly string[]): BumpOrder[] {
  if (given.length === 0)
    throw new UserError('E_MISSING', say('bump.imageMissing'), {
      hint: say('bump.giveImage'),
      missing: [{ flag: 'image' }],
    });
  const orders = given.map(parseOrder);
  const twice = orders.find(({ word }, index) => orders.slice(0, index).some(other => other.word === word));
  if (twice) throw refused(say('bump.imageTwice', { word: display(twice.word) }));
  return orders;
}

function parseOrder(text: string): BumpOrder {
  const equals = text.indexOf('=');
  const [word, reference] = equals < 0 ? ['', text] : [text.slice(0, equals), text.slice(equals + 1)];
  if (equals === 0) throw refused(say('bump.imageMissing'));
  const isVersion = /^[:@]/.test(reference);
  const { name, tag, digest } = isVersion ? versionAlone(reference, text) : parseImage(reference);
  if (tag === undefined && digest === undefined)
    throw refused(say('bump.noVersion', { text: display(text) }));
  if (equals < 0 && isVersion) throw refused(say('bump.imageMissing'));
  return { word: equals < 0 ? name : word, name: isVersion ? undefined : name, to: { tag, digest } };
}

/** A version alone is judged behind a name that is one, and refused in the words that were given. */
function versionAlone(version: string, text: string): ReturnType<typeof parseImage> {
  try {
    return parseImage(`image${version}`);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw refused(say('repository.notContainerImage', { input: display(text) }));
  }
}

function refused(problem: ReturnType<typeof say>): UserError {
  return new UserError('E_VALUE', problem, { hint: say('bump.giveImage'), flag: 'image' });
}

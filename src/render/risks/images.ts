import { parseImage } from '../../repository/image.ts';
import { images } from '../../repository/rendered.ts';
import { say } from '../../locales/say.ts';
import { UserError } from '../../errors.ts';
import type { Manifest } from '../../repository/manifest.ts';
import { type Found, type Judge } from './risk.ts';

const MUTABLE = /^(?:latest|stable|edge|nightly|main|master|dev|devel|canary|rolling)$/i;

/** Images that come from elsewhere than before, and tags that mean another image tomorrow. */
export const judgeImages: Judge = ({ before, after }) => {
  if (!after) return [];
  const [old, fresh] = [before ? imagesOf(before) : new Map<string, Placed>(), imagesOf(after)];
  const known = new Set([...old.values()].map(({ text }) => text));
  return [...fresh].flatMap(([place, now]): Found[] => {
    if (known.has(now.text)) return [];
    const was = old.get(place);
    const sides = { before: was?.text ?? '∅', after: now.text };
    const moved: Found[] =
      was && was.name !== now.name
        ? [
            {
              id: 'image-moved',
              level: 'high',
              fact: say('risks.imageMoved', sides),
              remedy: say('risks.checkImage'),
            },
          ]
        : [];
    const isFloating = now.digest === undefined && MUTABLE.test(now.tag ?? 'latest');
    const wasFloating = was !== undefined && was.digest === undefined && MUTABLE.test(was.tag ?? 'latest');
    return isFloating && !wasFloating
      ? [
          ...moved,
          {
            id: 'image-mutable',
            level: 'low',
            fact: say('risks.imageMutable', { image: now.text }),
            remedy: say('risks.pinImage'),
          },
        ]
      : moved;
  });
};

type Placed = { text: string; name: string; tag: string | undefined; digest: string | undefined };

/** By the container that runs it; where several stand in one place, by their order. */
function imagesOf(manifest: Manifest): Map<string, Placed> {
  const found = new Map<string, Placed>();
  for (const { image, path } of images([manifest])) {
    let place = path;
    for (let index = 1; found.has(place); index++) place = `${path}#${index}`;
    const placed = parsed(image);
    if (placed) found.set(place, placed);
  }
  return found;
}

function parsed(text: string): Placed | undefined {
  try {
    const { canonical, tag, digest } = parseImage(text);
    return { text, name: canonical, tag, digest };
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

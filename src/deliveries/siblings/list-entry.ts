import { asList } from '../../data/fields.ts';
import { isSamePath } from '../../repository/kustomization-paths.ts';
import type { YamlEdit } from '../../yaml/edit.ts';

type Look = {
  /** Whether an entry is one of the kind that is added; all are unless given. */
  isSibling?(entry: string): boolean;
  /** The kustomization that shows how paths are written, where it is not this one. */
  like?: Readonly<Record<string, unknown>>;
};

/**
 * Adds paths to the `resources` of a kustomization: among siblings that stand in order in theirs, else behind the last of
 * them; `./` in front where the others have it. What is there already is not added.
 */
export function listEntries(
  data: Readonly<Record<string, unknown>>,
  entries: readonly string[],
  { isSibling = () => true, like = data }: Look = {},
): YamlEdit[] {
  const present = entriesIn(data);
  const shown = entriesIn(like);
  const isDotted = shown.length > 0 && shown.every(entry => RELATIVE.test(entry));
  return entries.flatMap((entry): YamlEdit[] => {
    if (present.some(each => isSamePath(each, entry))) return [];
    const written = isDotted && !RELATIVE.test(entry) ? `./${entry}` : entry;
    const after = placeAmong(present, written, isSibling);
    present.splice(after + 1, 0, written);
    return [{ kind: 'add', path: ['resources'], items: [written], ...(after >= 0 ? { after } : {}) }];
  });
}

const RELATIVE = /^\.{1,2}\//;

function entriesIn(data: Readonly<Record<string, unknown>>): string[] {
  return asList(data['resources']).filter(entry => typeof entry === 'string');
}

/** Behind which entry; -1 in a list without any. */
function placeAmong(
  present: readonly string[],
  entry: string,
  isSibling: (entry: string) => boolean,
): number {
  const siblings = present.flatMap((each, index) => (isSibling(each) ? [{ each, index }] : []));
  const isOrdered = siblings.every(({ each }, at) => at === 0 || (siblings[at - 1]?.each ?? '') <= each);
  const last = siblings.at(-1)?.index ?? present.length - 1;
  if (!isOrdered || siblings.length < 2) return last;
  const before = siblings.findLast(({ each }) => each <= entry);
  if (before) return before.index;
  const first = siblings[0]?.index ?? 0;
  return first > 0 ? first - 1 : 0;
}

import { UserError } from '../errors.ts';
import { say } from '../locales/say.ts';
import { display } from '../text/display.ts';
import type { Text } from '../text/language.ts';
import type { SyntaxTree, YamlNode } from '../yaml/syntax-tree.ts';
import { OverlapError } from '../yaml/text.ts';
import type { Side } from './merge-nodes.ts';
import { pathText } from './path.ts';

/** A merge that made nothing to be trusted: why, and at which places (paths, or lines with `+` or `-` in front). */
export class MergeRefusal extends Error {
  readonly why: 'changed' | 'restless' | 'no-yaml';
  readonly places: readonly string[];

  constructor(why: MergeRefusal['why'], places: readonly string[] = [], options: ErrorOptions = {}) {
    super(`${why}: ${places.join('; ')}`, options);
    this.why = why;
    this.places = places;
  }
}

type Files = Readonly<Record<Side, SyntaxTree>>;
type Found = { path: string; start: number };

/**
 * What a person is told of a merge that failed: the place in their file, what is the matter there, and what to do. Whatever goes
 * wrong, they can do by hand what the machine cannot.
 */
export function describeRefusal(
  cause: unknown,
  files: Files,
  { isRewrite = false }: { isRewrite?: boolean } = {},
): UserError {
  const { ours } = files;
  const place = placeOf(cause, files) ?? firstOddity(ours);
  const line = place && ours.text.slice(0, place.start).split('\n').length;
  const file = display(ours.name);
  return new UserError(
    'E_VALUES_MERGE',
    say(isRewrite ? 'values.cannotBeRewritten' : 'values.cannotBeMigrated', {
      file: line === undefined ? file : `${file}:${line}`,
      reason: reasonOf(cause, files),
    }),
    {
      hint: isRewrite
        ? say('values.writeOut')
        : place === undefined
          ? say('values.migrateFileHand')
          : say('values.rewriteOrMigrateByHand', { path: display(place.path), file, line }),
      subject: ours.name,
      cause,
    },
  );
}

function reasonOf(cause: unknown, files: Files): Text {
  const { theirs } = files;
  if (cause instanceof OverlapError) {
    const path = display(entryAt(theirs, cause.offset)?.path ?? '');
    const line = theirs.text.slice(0, cause.offset).split('\n').length;
    return say('values.twoChangesMeet', { path, theirs: display(theirs.name), line });
  }
  if (!(cause instanceof MergeRefusal)) return say('values.reasonUnknown', { reason: messageOf(cause) });
  const reasons = {
    changed: differs(pathsOf(cause, files)),
    restless: say('values.resultNotStable'),
    'no-yaml': say('values.resultNoYaml'),
  };
  return reasons[cause.why];
}

const SHOWN = 3;

function differs(paths: readonly string[]): Text {
  if (paths.length === 0) return say('values.commentsWouldGo');
  return say('values.resultWouldDiffer', { places: paths.slice(0, SHOWN).map(display).join(', ') });
}

function messageOf(cause: unknown): string {
  return display(cause instanceof Error ? cause.message : String(cause));
}

/** The place in ours that the failure is about. */
function placeOf(cause: unknown, { ours, theirs }: Files): Found | undefined {
  if (cause instanceof OverlapError) return nearest(ours, entryAt(theirs, cause.offset)?.path ?? '');
  if (!(cause instanceof MergeRefusal)) return undefined;
  for (const path of pathsOf(cause, { ours, theirs })) {
    const found = nearest(ours, path);
    if (found) return found;
  }
  return undefined;
}

/** A line that came or went for no reason stands for the entry that it belongs to, in ours or in the new defaults. */
function pathsOf({ places }: MergeRefusal, { ours, theirs }: Pick<Files, 'ours' | 'theirs'>): string[] {
  const paths = places.flatMap(place => {
    if (!/^[+-]/.test(place)) return [place];
    const line = place.slice(1);
    return (entryOfLine(ours, line) ?? entryOfLine(theirs, line))?.path ?? [];
  });
  return [...new Set(paths)];
}

/** Every entry below the documents, outer ones first, with its path. */
function entriesIn({ documents }: SyntaxTree): { path: string; node: YamlNode }[] {
  const below = (node: YamlNode, keys: readonly (string | number)[]): { path: string; node: YamlNode }[] =>
    node.value.entries.flatMap(entry => {
      const own = [...keys, entry.key];
      return [{ path: pathText(own), node: entry }, ...below(entry, own)];
    });
  return documents.flatMap(document => below(document, []));
}

/** The entry at a path, else the innermost one around it. */
function nearest(tree: SyntaxTree, path: string): Found | undefined {
  const around = entriesIn(tree).filter(
    each => each.path === path || (path.startsWith(each.path) && /[.[]/.test(path[each.path.length] ?? '')),
  );
  return foundOf(around.at(-1));
}

function entryAt(tree: SyntaxTree, offset: number): Found | undefined {
  const around = entriesIn(tree).filter(({ node }) => node.start <= offset && offset <= node.value.end);
  return foundOf(around.at(-1));
}

function entryOfLine(tree: SyntaxTree, line: string): Found | undefined {
  const lines = tree.text.split('\n');
  const index = lines.findIndex(each => each.trim() === line.trim() && line.trim() !== '');
  if (index < 0) return undefined;
  const start = lines.slice(0, index).join('\n').length;
  const before = entriesIn(tree).filter(({ node }) => node.start <= start + (lines[index] ?? '').length + 1);
  return foundOf(before.at(-1));
}

/** What merges fail over most: an anchor, an alias, a merge key, a key that is no word. */
function firstOddity(tree: SyntaxTree): Found | undefined {
  return foundOf(
    entriesIn(tree).find(
      ({ node: { key, value } }) =>
        value.anchor !== undefined || value.kind === 'alias' || key === '<<' || value.opaque,
    ),
  );
}

function foundOf(entry: { path: string; node: YamlNode } | undefined): Found | undefined {
  return entry && { path: entry.path, start: entry.node.start };
}

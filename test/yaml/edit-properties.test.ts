import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isNode, type Node, parseAllDocuments, visit } from 'yaml';
import { editYaml, type FieldPlace, type YamlEdit } from '../../src/yaml/edit.ts';
import { UserError } from '../../src/errors.ts';
import { newValues, type YamlText, yamlTexts } from '../support/yaml-texts.ts';

type Step = string | number;

const runs = { numRuns: Number(process.env['EDIT_RUNS'] ?? 300) };

/** As libyaml and go-yaml read it: a block scalar at the end of a text without a final newline has none either. */
function dataOf(text: string): unknown[] {
  return [parseAllDocuments(text)].flat().map(document => {
    visit(document, {
      Scalar: (_, scalar) => {
        if (scalar.type?.startsWith('BLOCK') && scalar.range?.[1] === text.length && !text.endsWith('\n'))
          scalar.value = String(scalar.value).replace(/\n$/, '');
      },
    });
    expect(document.errors).toEqual([]);
    return document.toJS() as unknown;
  });
}

/** Every place below a value. */
function pathsIn(value: unknown, path: Step[] = []): Step[][] {
  if (typeof value !== 'object' || value === null) return [path];
  const steps = Array.isArray(value) ? value.map((_, index) => index) : Object.keys(value);
  return [path, ...steps.flatMap(step => pathsIn((value as Record<Step, unknown>)[step], [...path, step]))];
}

function at(value: unknown, path: readonly Step[]): unknown {
  return path.reduce((inner, step) => (inner as Record<Step, unknown>)[step], value);
}

/** The same data with something done to the map or list that holds the last step. */
function changed(
  data: unknown[],
  path: readonly Step[],
  change: (holder: never, step: never) => void,
): unknown[] {
  const copy = structuredClone(data);
  change(at(copy[0], path.slice(0, -1)) as never, path.at(-1) as never);
  return copy;
}

function commentsIn(text: string): string[] {
  return [...text.matchAll(/# c\d+/g)].map(([comment]) => comment);
}

/** Whether a longer text is a shorter one with something put in at one place. */
function isInsertion(short: string, long: string): boolean {
  let start = 0;
  while (start < short.length && short[start] === long[start]) start++;
  return long.endsWith(short.slice(start));
}

/** A tag stays, and then says what kind of value it is. */
function isTagged(text: string, path: readonly Step[]): boolean {
  const [document] = [parseAllDocuments(text)].flat();
  return isNode(document?.getIn(path, true)) && (document.getIn(path, true) as Node).tag !== undefined;
}

/** Only the piece of one top-level key is different. */
function isWithinPiece({ pieces }: YamlText, key: Step, after: string): boolean {
  const index = Number(String(key).slice(1)) + 1;
  const [before, behind] = [pieces.slice(0, index).join(''), pieces.slice(index + 1).join('')];
  return after.startsWith(before) && after.endsWith(behind);
}

const refusals = { of: 0, seen: [] as string[] };

function edited(text: string, edit: YamlEdit): string | undefined {
  refusals.of++;
  try {
    return editYaml(text, 'f.yaml', [edit]);
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== 'E_YAML_SHAPE') throw error;
    refusals.seen.push(`${JSON.stringify(edit)}\n${text}\n=> ${error.message}`);
    return undefined;
  }
}

const places = fc.record({ file: yamlTexts, pick: fc.nat() });

function pickPath({ text }: YamlText, pick: number, isWanted: (data: unknown, path: Step[]) => boolean) {
  const [root] = dataOf(text);
  const paths = pathsIn(root).filter(path => path.length > 0 && isWanted(root, path));
  return paths[pick % Math.max(1, paths.length)];
}

test('set: the value is there, in YAML 1.1 too; nothing else is different, no byte beside it', () => {
  fc.assert(
    fc.property(places, newValues, ({ file, pick }, value) => {
      const path = pickPath(file, pick, () => true);
      if (path && typeof value !== 'string' && isTagged(file.text, path)) return;
      const after = path && edited(file.text, { kind: 'set', path, value });
      if (!path || after === undefined) return;
      const before = dataOf(file.text);
      expect(dataOf(after)).toEqual(
        changed(before, path, (map: Record<Step, unknown>, step: Step) => (map[step] = value)),
      );
      expect(isWithinPiece(file, path[0] ?? '', after)).toBe(true);
      const isCollection = typeof at(before[0], path) === 'object' && at(before[0], path) !== null;
      // Those inside of a map or list go with it.
      const kept = isCollection ? commentsIn(after) : commentsIn(file.text);
      expect(commentsIn(after)).toEqual(kept);
      const old = parseAllDocuments(after, { version: '1.1' })[0]?.toJS() as unknown;
      const isJudged = typeof value === 'string' && !file.text.includes('%YAML') && file.text.endsWith('\n');
      expect(isJudged ? at(old, path) : value).toEqual(value);
      expect(edited(after, { kind: 'set', path, value })).toBeDefined();
    }),
    runs,
  );
});

test('put: a key that is not there is added; every byte stays', () => {
  const spots = fc.constantFrom<FieldPlace[]>('sorted', 'first', 'front', {
    order: ['k0', 'new', 'k1', 'a', 'zone'],
  });
  fc.assert(
    fc.property(places, newValues, spots, ({ file, pick }, value, place) => {
      const isMap = (data: unknown, path: Step[]): boolean => {
        const found = at(data, path);
        return typeof found === 'object' && found !== null && !Array.isArray(found);
      };
      const map = pick % 5 === 0 ? [] : pickPath(file, pick, isMap);
      const path = map && [...map, 'new'];
      const after = path && edited(file.text, { kind: 'put', path, value, place });
      if (!path || after === undefined) return;
      const before = dataOf(file.text);
      expect(dataOf(after)).toEqual(
        changed(before, path, (holder: Record<Step, unknown>) => (holder['new'] = value)),
      );
      const isEmpty = Object.keys(at(before[0], map) as object).length === 0;
      // A block scalar at an open end gets a `-`.
      expect(!(!isEmpty && file.text.endsWith('\n')) || isInsertion(file.text, after)).toBe(true);
      expect(commentsIn(after)).toEqual(commentsIn(file.text));
    }),
    runs,
  );
});

test('add: an item stands behind the one that is named; every byte stays', () => {
  fc.assert(
    fc.property(places, newValues, ({ file, pick }, item) => {
      const path = pickPath(file, pick, (data, each) => Array.isArray(at(data, each)));
      const [root] = dataOf(file.text);
      const list = path && (at(root, path) as unknown[]);
      const after = list && list.length > 0 && pick % 2 === 0 ? pick % list.length : undefined;
      const text =
        path &&
        edited(file.text, { kind: 'add', path, items: [item], ...(after === undefined ? {} : { after }) });
      if (!path || !list || text === undefined) return;
      const place = after === undefined ? list.length : after + 1;
      const added = (holder: Record<Step, unknown[]>, step: Step): unknown =>
        holder[step]?.splice(place, 0, item);
      expect(dataOf(text)).toEqual(changed(dataOf(file.text), path, added));
      expect(!(list.length > 0 && file.text.endsWith('\n')) || isInsertion(file.text, text)).toBe(true);
      expect(commentsIn(text)).toEqual(commentsIn(file.text));
    }),
    runs,
  );
});

test('remove: the key or item is gone, every other byte stays', () => {
  fc.assert(
    fc.property(places, ({ file, pick }) => {
      const path = pickPath(file, pick, () => true);
      const after = path && edited(file.text, { kind: 'remove', path });
      if (!path || after === undefined) return;
      const before = dataOf(file.text);
      const holder = at(before[0], path.slice(0, -1)) as object;
      expect(dataOf(after)).toEqual(
        changed(before, path, (each: Record<Step, unknown> | unknown[], step: never) => {
          if (Array.isArray(each)) each.splice(step, 1);
          else delete each[step];
        }),
      );
      expect(!(Object.keys(holder).length > 1) || isInsertion(after, file.text)).toBe(true);
      expect(isWithinPiece(file, path[0] ?? '', after)).toBe(true);
    }),
    runs,
  );
});

test('rename: the key has the new name, its value and every other byte stay', () => {
  const names = fc.constantFrom('new', 'no', '1.10', 'a: b', 'x, y', "it's", '');
  fc.assert(
    fc.property(places, names, ({ file, pick }, name) => {
      const path = pickPath(file, pick, (data, each) => {
        const holder = at(data, each.slice(0, -1)) as object;
        return typeof each.at(-1) === 'string' && !Object.hasOwn(holder, name);
      });
      const after = path && edited(file.text, { kind: 'rename', path, name });
      if (!path || after === undefined) return;
      const before = dataOf(file.text);
      const holder = at(before[0], path.slice(0, -1)) as object;
      const renamed = Object.entries(holder).map(([key, value]) => [
        key === path.at(-1) ? name : key,
        value as unknown,
      ]);
      const outer = path.slice(0, -1);
      const [root] = dataOf(after);
      expect(Object.entries(at(root, outer) as object)).toEqual(
        Object.entries(Object.fromEntries(renamed) as object),
      );
      expect(commentsIn(after)).toEqual(commentsIn(file.text));
      expect(after.length - file.text.length).toBeLessThan(20);
    }),
    runs,
  );
});

test('move: the key is elsewhere, with its value and its comments; what is beside it stays', () => {
  const ways = fc.constantFrom(['new'], ['new', 'x'], ['new', 'x', 'y z'], ['k1', 'new'], ['k2', 'new', 'x']);
  fc.assert(
    fc.property(places, ways, ({ file, pick }, to) => {
      const isKey = (data: unknown, each: Step[]): boolean =>
        each.every(step => typeof step === 'string') && (each[0] !== to[0] || at(data, each) === null);
      const path = pickPath(file, pick, isKey);
      const [root] = dataOf(file.text);
      if (!path || path[0] === to[0]) return;
      const top = (root as Record<string, unknown>)[to[0] ?? ''];
      if (to[0] !== 'new' && (typeof top !== 'object' || Array.isArray(top))) return;
      const after = edited(file.text, { kind: 'move', path, to });
      if (after === undefined) return;
      const wanted = structuredClone(root) as Record<string, unknown>;
      const holder = at(wanted, path.slice(0, -1)) as Record<Step, unknown>;
      const value = holder[path.at(-1) ?? ''];
      delete holder[path.at(-1) ?? ''];
      let inner = wanted;
      for (const key of to.slice(0, -1)) inner = (inner[key] ??= {}) as Record<string, unknown>;
      inner[to.at(-1) ?? ''] = value;
      expect(dataOf(after)[0]).toEqual(wanted);
    }),
    runs,
  );
});

test('hardly anything is refused', () => {
  expect(refusals.of).toBeGreaterThan(600);
  const many = refusals.seen.length / refusals.of >= 0.01;
  expect(many ? refusals.seen : []).toEqual([]);
});

test('a file of Windows comes out as the same file of Unix does, with its own line ends everywhere', () => {
  const toWindows = (text: string): string => text.replaceAll(/(?<!\r)\n/g, '\r\n');
  fc.assert(
    fc.property(places, newValues, fc.boolean(), ({ file, pick }, value, isNew) => {
      if (/\r/.test(file.text)) return;
      const path = pickPath(
        file,
        pick,
        (data, each) => !isNew || !Array.isArray(at(data, each.slice(0, -1))),
      );
      if (!path) return;
      const edit: YamlEdit = isNew
        ? { kind: 'put', path: [...path.slice(0, -1), 'new'], value }
        : { kind: 'set', path, value };
      const unix = edited(file.text, edit);
      const windows = edited(toWindows(file.text), edit);
      if (unix === undefined || windows === undefined) return;
      expect(windows).toBe(toWindows(unix));
    }),
    runs,
  );
});

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import * as fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { apply, newFile, recoverIn } from '../../support/apply.ts';
import { runApply } from '../../support/apply-runs.ts';
import { type PlainChange, toChangeSet } from '../../support/plain-change.ts';
import { makeFolder, readLeftovers, readTree } from '../../support/repository.ts';

// Many processes or runs in one test: on a busy machine they take their time.
vi.setConfig({ testTimeout: 300_000 });

type Files = Record<string, string>;
type Model = { files: Files };
type Real = { root: string };
type Command = fc.AsyncCommand<Model, Real>;

const PATHS = ['a/1', 'a/2', 'b/1', 'b/c/1', 'b/c/2', 'd'];

const onePath = fc.constantFrom(...PATHS);
const content = fc.constantFrom('', 'x', 'y\n', 'z'.repeat(5000));
/** The content that some paths should get; undefined: they should go. */
const wish = fc
  .array(fc.tuple(onePath, fc.option(content, { nil: undefined })), { minLength: 1, maxLength: 5 })
  .map(pairs => Object.fromEntries(pairs));
type Wish = Record<string, string | undefined>;

function planWish(files: Files, wanted: Wish): PlainChange[] {
  return Object.entries(wanted).flatMap(([file, text]): PlainChange[] => {
    const before = files[file];
    if (before === text) return [];
    if (before === undefined) return text === undefined ? [] : [{ path: file, content: text }];
    return [text === undefined ? { path: file, before } : { path: file, before, content: text }];
  });
}

function grant(files: Files, wanted: Wish): Files {
  const all = Object.entries({ ...files, ...wanted });
  return Object.fromEntries(all.flatMap(([file, text]) => (text === undefined ? [] : [[file, text]])));
}

function filesIn(root: string): Files {
  const tree = Object.entries(readTree(root)).filter(([name]) => !name.startsWith('.slipway/'));
  return Object.fromEntries(tree.map(([name, text]) => [name, text.slice('644 '.length)]));
}

const without = (files: Files, name: string | undefined): Files =>
  Object.fromEntries(Object.entries(files).filter(([file]) => file !== name));

let edits = 0;

/** A person's edit, unlike any other content. */
function edit(root: string, file: string): string {
  const mine = `mine ${++edits}`;
  writeFileSync(path.join(root, file), mine);
  return mine;
}

/** Plans on what is there, and applies. */
function applying(wanted: Wish): Command {
  return {
    check: () => true,
    toString: () => `apply ${JSON.stringify(wanted)}`,
    run: async (model, { root }) => {
      await apply(root, toChangeSet(planWish(model.files, wanted)));
      model.files = grant(model.files, wanted);
      expect(filesIn(root)).toEqual(model.files);
    },
  };
}

/** Plans, then a person edits one of the files, then the plan is applied. */
function applyingTooLate(wanted: Wish, edited: string): Command {
  return {
    check: ({ files }) => edited in files && wanted[edited] !== files[edited],
    toString: () => `edit ${edited}, then apply ${JSON.stringify(wanted)}`,
    run: async (model, { root }) => {
      const plan = toChangeSet(planWish(model.files, { [edited]: undefined, ...wanted }));
      model.files = { ...model.files, [edited]: edit(root, edited) };
      await expect(apply(root, plan)).rejects.toMatchObject({ code: 'E_CHANGED' });
      expect(filesIn(root)).toEqual(model.files);
    },
  };
}

type Kill = { at: number; kind: string };

/** Is killed while it applies; perhaps a person edits a file that was there; the next run repairs. */
function crashing(wanted: Wish, kill: Kill, wantsEdit: string | undefined): Command {
  return {
    check: () => true,
    toString: () => `crash ${JSON.stringify([wanted, kill, wantsEdit])}`,
    run: async (model, { root }) => {
      const changes = planWish(model.files, wanted);
      const { signal, result } = await runApply(
        { root, changes, options: { tornAfterMs: 0 } },
        { fault: kill },
      );
      expect(result?.error).toBeUndefined();
      const edited = wantsEdit !== undefined && wantsEdit in model.files ? wantsEdit : undefined;
      const mine = edited === undefined ? undefined : edit(root, edited);
      await recoverIn(root);
      const after = filesIn(root);
      expect(after[edited ?? '']).toBe(mine);
      const ends = [grant(model.files, wanted), ...(signal === null ? [] : [model.files])];
      expect(ends.map(files => without(files, edited))).toContainEqual(without(after, edited));
      model.files = after;
    },
  };
}

const kill = fc.record({
  at: fc.integer({ min: 1, max: 60 }),
  kind: fc.constantFrom('kill-before', 'kill-after', 'kill-half'),
});

const commands = fc.commands(
  [
    wish.map(wanted => applying(wanted)),
    fc.tuple(wish, onePath).map(args => applyingTooLate(...args)),
    fc.tuple(wish, kill, fc.option(onePath, { nil: undefined })).map(args => crashing(...args)),
  ],
  { maxCommands: 12 },
);

test('U14 any sequence of runs, crashes, repairs and edits', async () => {
  await fc.assert(
    fc.asyncProperty(commands, async sequence => {
      const real = { root: makeFolder() };
      await fc.asyncModelRun(() => ({ model: { files: {} }, real }), sequence);
      await apply(real.root, newFile('last'));
      const ours = readLeftovers(real.root).filter(name => !name.startsWith('.slipway/run/backup'));
      expect(ours.filter(name => name !== '.slipway/run')).toEqual([]);
    }),
    { numRuns: 30 },
  );
});

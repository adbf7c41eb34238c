import { cpSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { UserError } from '../../../src/errors.ts';
import { findStateFolder } from '../../../src/system/transaction/state-folder.ts';
import { openRepositoryRoot } from '../../../src/system/files/find-repository.ts';
import { readContents, readRecords, type UndoRecord } from '../../../src/system/transaction/undo-records.ts';
import { apply, recoverIn } from '../../support/apply.ts';
import { runApply } from '../../support/apply-runs.ts';
import type { Fault } from '../../support/fault.d.mts';
import { installFault } from '../../support/fault.mjs';
import { type PlainChange, toChangeSet } from '../../support/plain-change.ts';
import { makeFolder, makeRepository, readTree, writeFiles } from '../../support/repository.ts';

vi.setConfig({ testTimeout: 300_000 });

const CHANGES: PlainChange[] = [
  { path: 'new/kustomization.yaml', content: 'kind: Kustomization\n' },
  { path: 'app/kustomization.yaml', before: 'version: 1\n', content: 'version: 2\n' },
  { path: 'app/old.yaml', before: 'a: 1\n' },
];
const RUN = { id: 'first', line: 'slipway test' };
const WRITES = [
  'open',
  'mkdir',
  'link',
  'rename',
  'unlink',
  'rm',
  'handle.writeFile',
  'handle.sync',
  'writeFile',
];

let model = '';
let old: Record<string, string> = {};

beforeAll(() => {
  vi.stubEnv('XDG_STATE_HOME', makeFolder());
  model = makeRepository({ 'app/kustomization.yaml': 'version: 1\n', 'app/old.yaml': 'a: 1\n' });
  old = readTree(model);
});

function copyOfModel(): string {
  const root = makeFolder();
  cpSync(model, root, { recursive: true });
  return root;
}

describe('the record of a run', () => {
  test('holds what was and what is, for this user alone', async () => {
    const root = copyOfModel();
    await apply(root, toChangeSet(CHANGES), { run: RUN });
    const [record] = await recordsOf(root);
    expect(record?.run).toEqual(RUN);
    expect(record?.changes.map(({ kind, path: file }) => `${kind} ${file}`)).toEqual([
      'create new/kustomization.yaml',
      'update app/kustomization.yaml',
      'delete app/old.yaml',
    ]);
    const contents = record && readContents(await stateOf(root), record);
    const texts = [...(contents?.values() ?? [])].map(String);
    expect(texts.toSorted()).toEqual(['a: 1\n', 'kind: Kustomization\n', 'version: 1\n', 'version: 2\n']);
  });

  test('stands exactly where the run does, whatever call fails', async () => {
    const count = (await runFaulty({ calls: WRITES, at: 0 })).count;
    const ends = new Set<string>();
    for (let at = 1; at <= count; at++) {
      const { root, error } = await runFaulty({ calls: WRITES, kind: 'EIO', at });
      await recoverIn(root);
      ends.add(`${error === undefined} ${await wholeOrNothing(root)}`);
    }
    expect([...ends].toSorted()).toEqual(['false old', 'true whole']);
  });

  test('and wherever the run is killed, once the next one has repaired it', async () => {
    const env = { XDG_STATE_HOME: process.env['XDG_STATE_HOME'] };
    const scenario = { changes: CHANGES, options: { run: RUN } };
    const whole = await runApply(
      { root: copyOfModel(), ...scenario },
      { fault: { calls: WRITES, at: 0 }, env },
    );
    const ends = new Set<string>();
    for (let at = 1; at <= whole.calls.length; at++) {
      const root = copyOfModel();
      await runApply({ root, ...scenario }, { fault: { calls: WRITES, kind: 'kill-after', at }, env });
      await recoverIn(root);
      ends.add(await wholeOrNothing(root));
    }
    expect([...ends].toSorted()).toEqual(['old', 'whole']);
  });

  test('flipped bits are no record, or an error, never another content', async () => {
    const root = copyOfModel();
    await apply(root, toChangeSet(CHANGES), { run: RUN });
    const folder = path.join(root, '.git/slipway/undo');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    const [bytes = ''] = files.filter(name => name.endsWith('.bytes'));
    const [header = ''] = files.filter(name => name.endsWith('.json'));
    const [record] = await recordsOf(root);
    flip(path.join(folder, bytes));
    const state = await stateOf(root);
    expect(() => record && readContents(state, record)).toThrow(
      expect.objectContaining({ code: 'E_JOURNAL' }),
    );
    flip(path.join(folder, header));
    expect(await recordsOf(root)).toEqual([]);
  });

  test('the last twenty runs are kept', async () => {
    const root = copyOfModel();
    for (let index = 0; index < 23; index++)
      await apply(root, toChangeSet([{ path: `${index}.yaml`, content: 'a\n' }]), {
        run: { id: `run-${index}`, line: '' },
      });
    const ids = (await recordsOf(root)).map(({ run }) => run.id);
    expect([ids.length, ids[0], ids.at(-1)]).toEqual([20, 'run-3', 'run-22']);
  });

  test('the first transaction of a run lets old ones go, however many it has itself', async () => {
    const root = copyOfModel();
    const write = (run: string, index: number) =>
      apply(root, toChangeSet([{ path: `${run}-${index}.yaml`, content: 'a\n' }]), {
        run: { id: run, line: '' },
      });
    for (let index = 0; index < 21; index++) await write(`run-${index}`, 0);
    for (let index = 0; index < 3; index++) await write('last', index);
    const ids = (await recordsOf(root)).map(({ run }) => run.id);
    expect([ids[0], ...ids.slice(-4)]).toEqual(['run-2', 'run-20', 'last', 'last', 'last']);
  });

  test('a link in the place of its folder is refused', async () => {
    const root = makeFolder();
    writeFiles(root, { '.slipway/run/x': '' });
    symlinkSync(makeFolder(), path.join(root, '.slipway/run/undo'));
    const change = toChangeSet([{ path: 'a.yaml', content: 'a\n' }]);
    await expect(apply(root, change, { run: RUN })).rejects.toMatchObject({ code: 'E_SYMLINK' });
  });
});

async function stateOf(root: string): Promise<string> {
  return findStateFolder(await openRepositoryRoot(root));
}

async function recordsOf(root: string): Promise<UndoRecord[]> {
  return readRecords(await stateOf(root));
}

function flip(file: string): void {
  const bytes = readFileSync(file);
  bytes[bytes.length - 2] = (bytes.at(-2) ?? 0) ^ 1;
  writeFileSync(file, bytes);
}

/** The tree is as before and nothing can be undone, or it is whole and can be. */
async function wholeOrNothing(root: string): Promise<string> {
  const tree = readTree(root);
  const records = (await recordsOf(root)).length;
  const isOld = JSON.stringify(tree) === JSON.stringify(old);
  if (isOld && records === 0) return 'old';
  return tree['app/kustomization.yaml']?.includes('version: 2') && records === 1
    ? 'whole'
    : `${isOld} ${records} ${JSON.stringify(tree)}`;
}

async function runFaulty(
  fault: Fault,
): Promise<{ root: string; error: UserError | undefined; count: number }> {
  const root = copyOfModel();
  let count = 0;
  const restore = installFault(fault, () => void (count += 1));
  const error: unknown = await apply(root, toChangeSet(CHANGES), { run: RUN })
    .then(() => undefined)
    .catch((caught: unknown) => caught)
    .finally(restore);
  if (error !== undefined && !(error instanceof UserError)) throw new Error('a bug', { cause: error });
  return { root, error, count };
}

import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sha256Of } from '../../../src/data/digest.ts';
import { openRepositoryRoot } from '../../../src/system/files/find-repository.ts';
import { askGit } from '../../../src/system/git/git.ts';
import { openBlobs } from '../../../src/system/git/git-blobs.ts';
import { openHistory } from '../../../src/system/git/git-tree.ts';
import { git, makeRepository } from '../../support/repository.ts';

/** More than any file of people has. */
const HUGE = `${'x'.repeat(11 << 20)}\n`;

async function historyOf(root: string, signal = new AbortController().signal) {
  const history = openHistory(await openRepositoryRoot(root), { signal, indexFile: undefined });
  if (!history) throw new Error('no git');
  return history;
}

/** The slow way: a git for each. */
function contentOf(root: string, id: string): Buffer {
  return execFileSync('git', ['cat-file', 'blob', id], { cwd: root, maxBuffer: 64 << 20 });
}

describe('contents out of one git', () => {
  test('are those that a git for each gives, whatever is asked in which order', async () => {
    const texts = [
      '',
      '\n',
      'a: 1\n',
      'missing\n',
      `${'0'.repeat(40)} blob 3\n`,
      'x'.repeat(200_000),
      'é\0\r\n',
    ];
    const root = makeRepository(Object.fromEntries(texts.map((text, index) => [`f${index}.yaml`, text])));
    writeFileSync(path.join(root, 'huge.yaml'), HUGE);
    const ids = [...texts.map((_, index) => `f${index}.yaml`), 'huge.yaml'].map(file =>
      git(root, 'hash-object', '-w', file).trim(),
    );
    const [tree, absent] = [git(root, 'rev-parse', 'HEAD^{tree}').trim(), '1'.repeat(40)];
    const right = new Map(ids.slice(0, -1).map(id => [id, sha256Of(contentOf(root, id))]));
    const history = await historyOf(root);
    const question = fc.array(fc.constantFrom(...ids, tree, absent), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(fc.array(question, { maxLength: 3 }), async questions => {
        // At once: each has its own answer all the same.
        const answers = await Promise.all(questions.map(asked => history.contents(asked)));
        for (const [index, asked] of questions.entries()) {
          const digests = [...(answers[index] ?? [])].map(
            ([id, content]) => [id, sha256Of(content)] as const,
          );
          expect(Object.fromEntries(digests)).toEqual(
            Object.fromEntries(asked.flatMap(id => (right.has(id) ? [[id, right.get(id)]] : []))),
          );
        }
      }),
      { numRuns: 20 },
    );
  });

  test('that git does not have are an error of their file, and the next question has its answer', async () => {
    const root = makeRepository({ 'a.yaml': 'a: 1\n', 'b.yaml': 'b: 1\n' });
    const lost = git(root, 'rev-parse', 'HEAD:a.yaml').trim();
    rmSync(path.join(root, '.git/objects', lost.slice(0, 2), lost.slice(2)), { force: true });
    const history = await historyOf(root);
    const commit = await history.tree((await history.resolve('HEAD')) ?? '');
    await expect(commit.read(['a.yaml'])).rejects.toMatchObject({ code: 'E_GIT_STATE', subject: 'a.yaml' });
    expect(String((await commit.read(['b.yaml'])).get('b.yaml'))).toBe('b: 1\n');
  });

  test('end with the run, and with the git that gives them', async () => {
    const root = makeRepository({ 'a.yaml': 'a: 1\n' });
    const id = git(root, 'rev-parse', 'HEAD:a.yaml').trim();
    const cancel = new AbortController();
    const asked = askGit(root, ['cat-file', '--batch'], cancel.signal);
    const read = openBlobs(() => asked);
    const file = 'a.yaml';
    expect(String((await read([{ file, id }], () => undefined)).get(file))).toBe('a: 1\n');
    const late = read([{ file, id }], () => undefined);
    cancel.abort(new Error('enough'));
    await expect(late).rejects.toThrow('enough');
    const broken = openBlobs(() =>
      askGit(root, ['cat-file', '--no-such-flag'], new AbortController().signal),
    );
    await expect(broken([{ file, id }], () => undefined)).rejects.toMatchObject({ code: 'E_GIT_STATE' });
  });

  test('leave no git behind', async () => {
    const root = makeRepository({ 'a.yaml': 'a: 1\n' });
    const asked = askGit(root, ['cat-file', '--batch'], new AbortController().signal);
    const ended = new Promise(resolve => asked.child.on('close', resolve));
    await openBlobs(() => asked)([{ file: 'a.yaml', id: '2'.repeat(40) }], () => undefined);
    // It was killed: an exit code would be another's end.
    expect(await ended).toBeNull();
  });
});

import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { createFile, updateFile } from '../../../src/change-set.ts';
import type { Session } from '../../../src/cli/context.ts';
import { UserError } from '../../../src/errors.ts';
import { commitSteps, endedLine } from '../../../src/features/upgrade/written.ts';
import { exitOf, type PreparedApp } from '../../../src/features/upgrade/prepared-app.ts';
import { writeAllOrNothing, writeUpgrade } from '../../../src/features/upgrade/write-upgrade.ts';
import { makeRepository } from '../../support/repository.ts';
import { spyOnGit } from '../../support/spy-on-git.ts';

const session = {
  cwd: '/fleet',
  t: ({ en }: { en: string }) => en,
  terminal: { columns: Number.POSITIVE_INFINITY, style: (text: string) => text },
} as unknown as Session;

function prepared(name: string): PreparedApp {
  const move = { name, from: '1.0.0', to: '2.0.0' };
  return {
    app: { name, path: `production/${name}` } as PreparedApp['app'],
    report: {
      app: `production/${name}`,
      charts: [{ move }] as unknown as PreparedApp['report']['charts'],
      rendered: undefined,
      verification: [],
      status: 'upgraded',
    },
    changes: createFile({ path: `production/${name}/new.yaml`, content: 'a: 1\n', why: 'new' }),
  };
}

/** Writing, of which the signal ends as soon as the second app is to be written. */
function cancelledAtSecond(): { apps: PreparedApp[]; options: Parameters<typeof writeUpgrade>[1] } {
  const cancel = new AbortController();
  const [first, second, third] = ['blog', 'shop', 'wiki'].map(prepared) as [
    PreparedApp,
    PreparedApp,
    PreparedApp,
  ];
  const { report } = second;
  const stopping = Object.defineProperty({ ...second }, 'report', {
    get: () => {
      cancel.abort(new UserError('E_CANCELLED', 'cancelled'));
      return report;
    },
  });
  return { apps: [first, stopping, third], options: writing(makeRepository({}), cancel.signal) };
}

function writing(root: string, signal: AbortSignal): Parameters<typeof writeUpgrade>[1] {
  return {
    root,
    signal,
    deadline: new AbortController().signal,
    env: {},
    commit: false,
    isIgnored,
    run: { id: 'run', line: 'slipway upgrade' },
    notify: () => undefined,
  };
}

const isIgnored = (file: string): boolean => file.startsWith('ignored/');

describe('a run that is cancelled while it writes', () => {
  test('what is written stays, and each is named as what it is', async () => {
    const { apps, options } = cancelledAtSecond();
    const result = await writeUpgrade(apps, options);
    expect(result.map(({ report }) => [report.status, exitOf(report)])).toEqual([
      ['upgraded', 0],
      ['failed', 130],
      ['failed', 130],
    ]);
    const there = ['blog', 'shop', 'wiki'].map(name =>
      existsSync(path.join(options.root, `production/${name}/new.yaml`)),
    );
    expect(there).toEqual([true, false, false]);
    expect(endedLine(result, session).join('\n')).toBe(
      '1 written: production/blog; 2 not written: production/shop, production/wiki',
    );
  });

  test('all or nothing: nothing, and that is said', async () => {
    const { apps, options } = cancelledAtSecond();
    const result = await writeAllOrNothing(apps, { ...options, leftOut: [] });
    expect(existsSync(path.join(options.root, 'production'))).toBe(false);
    expect(endedLine(result, session).join('\n')).toMatch(/^0 written; 3 not written: /);
  });

  test('a run that ends by itself says nothing of that', () => {
    expect(endedLine([{ ...prepared('blog'), written: true }], session)).toEqual([]);
  });
});

test('git is asked once about what all apps replace, and about nothing where apps are new', async () => {
  const updates = ['blog', 'shop', 'wiki'].map(name => {
    const file = `production/${name}/k.yaml`;
    return {
      ...prepared(name),
      changes: updateFile({ path: file, before: 'a: 1\n', content: 'a: 2\n', why: 'new' }),
    };
  });
  const files = updates.flatMap(({ changes }) => changes.changes.map(({ path: file }) => [file, 'a: 1\n']));
  const options = writing(makeRepository(Object.fromEntries(files)), new AbortController().signal);
  const { env, calls } = spyOnGit();
  vi.stubEnv('PATH', env['PATH']);
  await writeUpgrade([prepared('cron'), prepared('feed')], options);
  expect(calls()).toEqual([]);
  const written = await writeUpgrade(updates, options);
  vi.unstubAllEnvs();
  expect(written.map(app => [app.report.status, app.written])).toEqual(updates.map(() => ['upgraded', true]));
  const asked = calls().map(
    call => /config|ls-files|status/.exec(call.replaceAll(/-c \S+/g, ''))?.[0] ?? call,
  );
  expect(asked.toSorted((a, b) => (a < b ? -1 : 1))).toEqual(['config', 'ls-files', 'status']);
});

describe('the line that commits what was written', () => {
  const input = (...switches: string[]) => ({ switches: new Set(switches), values: {} }) as never;
  const inGit = { root: '/fleet', isInGit: true };
  const steps = (apps: PreparedApp[], ...switches: string[]): (string | undefined)[] =>
    commitSteps(session, { input: input(...switches), files: inGit, isIgnored }, apps).map(
      ({ line }) => line,
    );
  const blog = { ...prepared('blog'), written: true };

  test('is none where there is no git', () => {
    const files = { root: '/fleet', isInGit: false };
    expect(commitSteps(session, { input: input(), files, isIgnored }, [blog])).toEqual([]);
  });

  test('names its paths and the step', () => {
    expect(steps([blog, prepared('shop')])).toEqual([
      "git add --all production/blog/new.yaml && git commit -m 'feat(blog): upgrade blog 1.0.0 → 2.0.0'",
    ]);
  });

  test('several apps are one commit; none where --commit made them, or nothing was written', () => {
    expect(steps([blog, { ...prepared('shop'), written: true }])[0]).toContain("-m 'feat: upgrade 2 apps'");
    expect([steps([blog], 'commit'), steps([prepared('shop')])]).toEqual([[], []]);
  });
});

import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { createFile } from '../../../src/change-set.ts';
import type { Session } from '../../../src/cli/context.ts';
import { UserError } from '../../../src/errors.ts';
import { commitSteps, endedLine } from '../../../src/features/upgrade/written.ts';
import { exitOf, type PreparedApp } from '../../../src/features/upgrade/prepared-app.ts';
import { writeAllOrNothing, writeUpgrade } from '../../../src/features/upgrade/write-upgrade.ts';
import { makeRepository } from '../../support/repository.ts';

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

/** Writing, of which the signal ends as soon as the second app's changes are looked at. */
function cancelledAtSecond(): { apps: PreparedApp[]; options: Parameters<typeof writeUpgrade>[1] } {
  const cancel = new AbortController();
  const [first, second, third] = ['blog', 'shop', 'wiki'].map(prepared) as [
    PreparedApp,
    PreparedApp,
    PreparedApp,
  ];
  const { changes } = second;
  const stopping = Object.defineProperty({ ...second }, 'changes', {
    get: () => {
      cancel.abort(new UserError('E_CANCELLED', 'cancelled'));
      return changes;
    },
  });
  const options = {
    root: makeRepository({}),
    signal: cancel.signal,
    deadline: new AbortController().signal,
    env: {},
    commit: false,
    isIgnored,
    run: { id: 'run', line: 'slipway upgrade' },
    notify: () => undefined,
  };
  return { apps: [first, stopping, third], options };
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

import { describe, expect, test } from 'vitest';
import { notJudgedLines } from '../../../src/features/upgrade/looked-at.ts';
import type { AppReport } from '../../../src/features/upgrade/report-facts.ts';
import type { Session } from '../../../src/cli/context.ts';

const session = {
  t: ({ en }: { en: string }) => en,
  terminal: { columns: Number.POSITIVE_INFINITY, style: (text: string) => text },
} as unknown as Session;
const app = (fields: Partial<AppReport>): AppReport => ({
  app: 'production/blog',
  charts: [],
  rendered: undefined,
  verification: [],
  status: 'upgraded',
  ...(fields as object),
});

describe('apps that nobody judged', () => {
  test.each([
    ['no-tools', 'Install helm and kustomize'],
    ['not-asked', 'leave --no-render out'],
    ['failed', 'the reason given above'],
  ] as const)('%s: said once for all of them, with what to do', (notRendered, remedy) => {
    const lines = notJudgedLines([app({ notRendered }), app({ notRendered })], session).join('\n');
    expect(lines.trimEnd().split('\n')).toEqual([
      expect.stringContaining('2 apps were not rendered, so the risks are not judged'),
    ]);
    expect(lines).toContain(remedy);
  });

  test('nothing is said of what was rendered, and of what failed by itself', () => {
    const rendered = { risks: [] } as unknown as NonNullable<AppReport['rendered']>;
    const error = { code: 'E_VALUE', message: { en: '' }, hint: undefined };
    expect(notJudgedLines([app({ rendered }), app({ status: 'failed', error } as never)], session)).toEqual(
      [],
    );
  });
});

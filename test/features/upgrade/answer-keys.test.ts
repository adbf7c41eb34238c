import { layOut } from '../../../src/output/lay-out.ts';
import { describe, expect, test } from 'vitest';
import {
  withAcceptance,
  openRisksOf,
  acceptLines,
  unusedRiskKeys,
  isRiskKey,
} from '../../../src/features/upgrade/accepted-risks.ts';
import { answersFor, keyThatAnswered } from '../../../src/features/upgrade/answer-keys.ts';
import {
  openDecisions,
  printAnswers,
  renderDecisionFile,
} from '../../../src/features/upgrade/decision-file.ts';
import type { AppReport, ChartReport } from '../../../src/features/upgrade/report-facts.ts';
import { untranslated } from '../../../src/text/language.ts';
import { readAnswers } from '../../../src/values/read-answers.ts';
import type { Decision } from '../../../src/values/plan.ts';

const t = ({ en }: { en: string }): string => en;
const decision = (id: string): Decision => ({
  id,
  path: 'replicas',
  kind: 'both-changed',
  base: 1,
  ours: 3,
  theirs: 2,
  options: ['ours', 'theirs'],
});

/** An app as far as its open decisions go: the ids of each of its charts. */
function app(path: string, charts: Record<string, string[]>): AppReport {
  const reports = Object.entries(charts).map(([name, ids]) => ({
    move: { name, from: '1.0.0', to: '2.0.0' },
    values: [{ decisions: ids.map(decision) }],
  }));
  return {
    app: path,
    charts: reports as unknown as ChartReport[],
    rendered: undefined,
    verification: [],
    status: 'needs-decision',
  };
}

const ONE = 'replicas#ce0d1999';

describe('answers of one app among several', () => {
  test('a plain id answers every app, one with the app wins for it', () => {
    const answers = readAnswers(`${ONE}: theirs\n"production/blog: ${ONE}": ours\n`, 'answers.yaml');
    expect(answersFor(answers, 'production/blog')[ONE]).toBe('ours');
    expect(answersFor(answers, 'production/wiki')[ONE]).toBe('theirs');
    expect(keyThatAnswered(answers, 'production/blog', ONE)).toBe(`production/blog: ${ONE}`);
    expect(keyThatAnswered(answers, 'production/wiki', ONE)).toBe(ONE);
  });

  test('the printed file answers each app that shares an id by itself, and is read again', () => {
    const open = openDecisions([
      app('production/blog', { blog: [ONE] }),
      app('production/wiki', { blog: [ONE, 'tag#00000001'] }),
    ]);
    const file = renderDecisionFile(open, t);
    expect(Object.keys(readAnswers(file, 'answers.yaml'))).toEqual([
      `production/blog: ${ONE}`,
      `production/wiki: ${ONE}`,
      'tag#00000001',
    ]);
  });

  test('an id that one app has twice stands once, with both steps', () => {
    const open = openDecisions([app('production/blog', { blog: [ONE], cache: [ONE] })]);
    expect(open.map(({ key }) => key)).toEqual([ONE]);
    const file = renderDecisionFile(open, t);
    expect(file).toContain('# production/blog blog 1.0.0 → 2.0.0: replicas');
    expect(file).toContain('# production/blog cache 1.0.0 → 2.0.0: replicas');
    expect(readAnswers(file, 'answers.yaml')).toEqual({ [ONE]: 'ours' });
  });
});

describe('a risk that two apps have', () => {
  const risk = {
    id: 'data-removed',
    level: 'fatal',
    object: { kind: 'PersistentVolumeClaim', name: 'uploads', namespace: undefined },
    fact: untranslated('it goes'),
    remedy: untranslated('keep it'),
  } as const;
  const judged = (path: string, accepted: string[]): AppReport => {
    const rendered = { risks: withAcceptance(path, [risk], accepted) };
    return { ...app(path, {}), rendered: rendered as unknown as AppReport['rendered'] };
  };
  const apps = (accepted: string[]): AppReport[] => ['a', 'b'].map(path => judged(path, accepted));

  test('is accepted app by app, by a file that can be read', () => {
    const open = openRisksOf(apps([]));
    const page = open.flatMap(each => acceptLines(each, t));
    const lines = layOut(page, { columns: Number.POSITIVE_INFINITY, style: text => text });
    expect(lines.split('\n').filter(line => line.endsWith(': accept'))).toHaveLength(2);
    const [first = ''] = open.map(({ key }) => key);
    expect([isRiskKey(first), first.startsWith('a: risk:data-removed:')]).toEqual([true, true]);
    expect(openRisksOf(apps([first])).map(each => each.app)).toEqual(['b']);
    expect(unusedRiskKeys(apps([]), [first, 'c: risk:data-removed:x#0', 'data-removed'])).toEqual([
      'c: risk:data-removed:x#0',
    ]);
  });

  test('its plain key accepts it everywhere', () => {
    const [only] = openRisksOf([judged('a', [])]);
    expect(openRisksOf(apps([only?.key ?? '']))).toEqual([]);
    expect(printAnswers({})).toBe('{}');
  });
});

import { layOut } from '../../../src/output/lay-out.ts';
import { describe, expect, test } from 'vitest';
import {
  withAcceptance,
  openRisksOf,
  acceptLines,
  unusedRiskKeys,
  isRiskKey,
  readDecisions,
} from '../../../src/output/risks.ts';
import { scopesOf } from '../../../src/values/answer-keys.ts';
import { mergeAnswered } from '../../../src/values/merge-answered.ts';
import { openDecisionsOf } from '../../../src/features/upgrade/decision-file.ts';
import { printAnswers, renderDecisionFile } from '../../../src/output/decision-file.ts';
import type { AppReport, ChartReport } from '../../../src/features/upgrade/report-facts.ts';
import { thrown } from '../../support/thrown.ts';
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
  /** What answers a decision of a chart of an app, and by which key. */
  const answered = (text: string, path: string, ...names: string[]) => {
    const answers = readAnswers(text, 'answers.yaml');
    const given = [{ source: 'decisions' as const, answers }];
    const { used } = mergeAnswered(given, scopesOf({ app: path, names }), exact => ({
      decisions: [],
      usedAnswers: Object.keys(exact),
    }));
    return used.map(({ key, answer }) => [key, answer]);
  };

  test('a plain id answers every app, one with the app wins for it, one with the chart too', () => {
    const text = `${ONE}: theirs\n"production/blog: ${ONE}": ours\n"production/blog: cache: ${ONE}": { value: 4 }\n`;
    expect(answered(text, 'production/blog', 'blog')).toEqual([[`production/blog: ${ONE}`, 'ours']]);
    expect(answered(text, 'production/wiki', 'cache')).toEqual([[ONE, 'theirs']]);
    expect(answered(text, 'production/blog', 'redis', 'cache')).toEqual([
      [`production/blog: cache: ${ONE}`, { value: 4 }],
    ]);
    expect(answered(`"cache: ${ONE}": ours\n`, 'production/wiki', 'cache')).toHaveLength(1);
    expect(answered(`"cache: ${ONE}": ours\n`, 'production/wiki', 'wiki')).toEqual([]);
  });

  test('the printed file answers each app that shares an id by itself, and is read again', () => {
    const open = openDecisionsOf([
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

  test('two charts of one app that share an id are answered apart', () => {
    const open = openDecisionsOf([app('production/blog', { blog: [ONE], cache: [ONE] })]);
    const keys = [`production/blog: blog: ${ONE}`, `production/blog: cache: ${ONE}`];
    expect(open.map(({ key }) => key)).toEqual(keys);
    const file = renderDecisionFile(open, t);
    expect(Object.keys(readAnswers(file, 'answers.yaml'))).toEqual(keys);
    expect(answered(file, 'production/blog', 'cache')).toEqual([[keys[1], 'ours']]);
  });

  test('an id that one chart has in two places stands once', () => {
    const open = openDecisionsOf([app('production/blog', { blog: [ONE, ONE] })]);
    expect(open.map(({ key }) => key)).toEqual([ONE]);
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

describe('patterns for risks', () => {
  const risk = (id: 'data-removed' | 'image-moved', kind: string) => ({
    id,
    level: 'fatal' as const,
    object: { kind, name: 'main', namespace: 'db' },
    fact: untranslated('it goes'),
    remedy: untranslated('keep it'),
  });
  const risks = [risk('data-removed', 'PersistentVolumeClaim'), risk('image-moved', 'Deployment')];
  const accepts = (word: string): string[] =>
    withAcceptance('production/db', risks, [word]).flatMap(({ id, accepted }) => (accepted ? [id] : []));

  test.each([
    ['risk:data-removed', ['data-removed']],
    ['risk:data-removed:*', ['data-removed']],
    ['risk:*:Deployment/*', ['image-moved']],
    ['risk:*:Deployment/db/main', ['image-moved']],
    ['risk:*', ['data-removed', 'image-moved']],
    ['production/db: risk:data-removed', ['data-removed']],
    ['production/web: risk:data-removed', []],
    ['risk:data-removed:Deployment/*', []],
    ['risk:data', []],
    // Patterns for values say nothing of risks.
    ['**', []],
    ['*', []],
    ['kind: dead', []],
  ])('%s accepts %j', (word, expected) => expect(accepts(word)).toEqual(expected));

  test('who accepted is known; a pattern without a risk is said', () => {
    const [first] = withAcceptance('production/db', risks, ['risk:data-removed:*']);
    expect(first?.acceptedBy).toBe('risk:data-removed:*');
    const rendered = { risks: withAcceptance('production/db', risks, []) };
    const judged = [{ app: 'production/db', rendered }];
    expect(unusedRiskKeys(judged, ['risk:data-removed', 'risk:hook-runs:*'])).toEqual(['risk:hook-runs:*']);
  });

  test.each([
    ['"risk:data-removd:*": accept', 'data-removed'],
    ['"risk:data-removed:*": theirs', 'accept'],
    ['"**": accept', 'ours, theirs'],
  ])('%s is refused', (text, said) => {
    const error = thrown(() => readDecisions(text, 'answers.yaml'));
    expect(`${error.message} ${error.hint}`).toContain(said);
  });
});

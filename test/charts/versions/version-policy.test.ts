import { describe, expect, test } from 'vitest';
import { chartVersions, parseChartIndex } from '../../../src/charts/index/chart-index.ts';
import {
  candidates,
  chooseVersion,
  type Release,
  type VersionPolicy,
} from '../../../src/charts/versions/version-policy.ts';
import { UserError } from '../../../src/errors.ts';
import { indexEntry, indexYaml } from '../../support/index-yaml.ts';

const TODAY = new Date('2026-07-31T12:00:00Z');

/** `1.2.0@20` was published 20 days ago, `!` stands for deprecated and `~` for removed. */
function release(text: string): Release {
  const [version = '', days] = text.replaceAll(/[!~]/g, '').split('@');
  const created = days === 'x' ? 'yesterday' : days && daysAgo(Number(days));
  return {
    version,
    ...(created ? { created } : {}),
    deprecated: text.includes('!'),
    removed: text.includes('~'),
  };
}

function daysAgo(days: number): string {
  return new Date(TODAY.getTime() - days * 86_400_000).toISOString();
}

function releases(text: string): Release[] {
  return text.split(' ').filter(Boolean).map(release);
}

function choose(list: string, policy: Partial<VersionPolicy> = {}): string {
  const choice = chooseVersion(releases(list), { name: 'grafana', today: TODAY, ...policy });
  if (choice.status === 'current') return 'current';
  const marks = choice.marks.length > 0 ? ` [${choice.marks.join(' ')}]` : '';
  return `${choice.release.version} ${choice.why}${marks}`;
}

function refusal(list: string, policy: Partial<VersionPolicy> = {}): UserError {
  try {
    choose(list, policy);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('a version was chosen');
}

describe('the version that is chosen', () => {
  test.each<[what: string, list: string, policy: Partial<VersionPolicy>, expected: string]>([
    ['the highest', '1.0.0@90 1.2.0@30 1.1.0@60', {}, '1.2.0 newest'],
    ['not the newest by date', '2.0.0@90 1.9.9@10', {}, '2.0.0 newest'],
    ['as written', 'v1.20.2@30 v1.19.0@60', {}, 'v1.20.2 newest'],
    ['not a young one', '1.0.0@90 1.1.0@6.9', {}, '1.0.0 newest'],
    ['old enough to the hour', '1.0.0@90 1.1.0@7', {}, '1.1.0 newest'],
    ['young by another policy', '1.0.0@90 1.1.0@20', { minAgeDays: 30 }, '1.0.0 newest'],
    ['any age', '1.0.0@90 1.1.0@0', { minAgeDays: 0 }, '1.1.0 newest'],
    ['one without a date', '1.0.0@90 1.1.0', {}, '1.1.0 newest [age-unknown]'],
    ['a date ahead says nothing', '1.0.0@90 1.1.0@-400', {}, '1.1.0 newest [age-unknown]'],
    ['a clock that is ahead a little', '1.0.0@90 1.1.0@-0.5', {}, '1.0.0 newest'],
    ['a date that is none', '1.0.0@90 1.1.0@x', {}, '1.1.0 newest [age-unknown]'],
    ['R18 no pre-release', '1.0.0@90 1.1.0-rc.1@30', {}, '1.0.0 newest'],
    ['R18 no deprecated one', '1.0.0@90 1.1.0!@30', {}, '1.0.0 newest'],
    ['R18 no removed one', '1.0.0@90 1.1.0~@30', {}, '1.0.0 newest'],
    ['R18 nothing older than the current', '1.0.0@90 1.1.0@80', { current: '1.2.0' }, 'current'],
    ['R18 nothing as old as the current', '1.2.0@90 1.2@90 1.2.0+b@9', { current: 'v1.2.0' }, 'current'],
    ['R18 the current is a pre-release', '2.0.0@30 2.0.0-rc.2@40', { current: '2.0.0-rc.1' }, '2.0.0 newest'],
    ['U13 the list lost what we have', '1.0.0@90', { current: '1.5.0' }, 'current'],
    ['no guess at a line', '1.83.0@90 1.83.14-stable@30', {}, '1.83.0 newest'],
    ['its own line', '1.83.0@90 1.83.14-stable@30', { current: '1.83.7-stable' }, '1.83.14-stable newest'],
    [
      'a patch of its line',
      '1.83.7-stable.patch.1@9',
      { current: '1.83.7-stable' },
      '1.83.7-stable.patch.1 newest',
    ],
    ['not another line', '1.90.0@90 1.84.0-alpine@30', { current: '1.83.7-stable' }, 'current'],
    ['no line from a plain one', '1.84.0-stable@90', { current: '1.83.0' }, 'current'],
    ['U08 in a range', '1.2.9@50 1.3.0@30', { range: '~1.2' }, '1.2.9 newest-in-range'],
    ['U08 in a range of two numbers', '1.2.9@50 1.3.0@30', { range: '1.2' }, '1.2.9 newest-in-range'],
    ['U08 any', '1.2.9@50 1.3.0-0@30', { range: '*' }, '1.2.9 newest-in-range'],
    ['a range and a current one', '1.2.9@50 1.3.0@30', { range: '~1.2', current: '1.2.9' }, 'current'],
    [
      'a range that admits suffixes',
      '1.0.0@90 1.1.0-rc.1@30',
      { range: '>=1-0' },
      '1.1.0-rc.1 newest-in-range',
    ],
    ['a range keeps the age', '1.0.0@90 1.1.0@3', { range: '^1' }, '1.0.0 newest-in-range'],
    ['the one asked for', '1.0.0@90 1.1.0@80', { range: '1.0.0' }, '1.0.0 asked-for'],
    ['asked for, young', '1.0.0@1 0.9.0@80', { range: '1.0.0' }, '1.0.0 asked-for [too-young]'],
    [
      'asked for, suffix',
      '1.0.0-rc.1!@90',
      { range: '1.0.0-rc.1' },
      '1.0.0-rc.1 asked-for [pre-release deprecated]',
    ],
    ['asked for without its v', 'v1.20.2@90', { range: '1.20.2' }, 'v1.20.2 asked-for'],
    ['asked for by two numbers', '1.2@90 1.2.5@50', { range: '1.2' }, '1.2 asked-for'],
    ['asked for what is there', '1.0.0@90 2.0.0@80', { range: '1.0.0', current: '1.0.0' }, 'current'],
    ['texts that are no version', 'latest@90 1.0@90 sha256-ab.sig', {}, '1.0 newest'],
  ])('%s', (_, list, policy, expected) => {
    expect(choose(list, policy)).toBe(expected);
  });
});

describe('no version', () => {
  test.each<[what: string, list: string, policy: Partial<VersionPolicy>, message: string]>([
    ['nothing published', '', {}, 'grafana: no version can be chosen by itself; there are none at all'],
    [
      'all young',
      '1.0.0@2.5 1.1.0@1',
      {},
      'grafana: no version can be chosen by itself; there are 1.1.0 (1 day old), 1.0.0 (2 days old)',
    ],
    [
      'U08 exact missing: no closest version as in Helm',
      '1.2.3@90 1.2.4+b1@90',
      { range: '1.2.4' },
      'grafana: no version "1.2.4" is published; there are 1.2.4+b1, 1.2.3',
    ],
    [
      'U08 nothing in the range',
      '1.0.0@90 3.0.0-rc.1@90',
      { range: '>=2 <1' },
      'grafana: no version ">=2 <1" is published; there are 3.0.0-rc.1 (pre-release), 1.0.0',
    ],
    [
      'all in the range young',
      '1.0.0@90 2.0.0@1',
      { range: '^2' },
      'grafana: no version "^2" can be chosen by itself; there are 2.0.0 (1 day old)',
    ],
    [
      'a long list is cut',
      '1@9 2@9! 3@9! 4@9! 5@9! 6@9! 7@9!',
      { range: '>1' },
      'grafana: no version ">1" can be chosen by itself; there are 7 (deprecated), 6 (deprecated), 5 (deprecated), 4 (deprecated), 3 (deprecated) and 1 more',
    ],
    [
      'a downgrade is never made by itself',
      '1.0.0@90 2.0.0@90',
      { range: '1.0.0', current: '2.0.0' },
      'grafana 1.0.0 is older than the current 2.0.0',
    ],
  ])('%s', (_, list, policy, message) => {
    const error = refusal(list, policy);
    expect(error.code).toBe('E_NO_VERSION');
    expect(error.message).toBe(message);
  });
});

test('a current version that is none is the user’s to mend', () => {
  expect(refusal('1.0.0@90', { current: 'latest' }).code).toBe('E_VALUE');
});

test('candidates carry every mark, newest first, so that a picker can show all', () => {
  const list = candidates(releases('1.0.0@90 1.2.0@3 1.1.0! 2.0.0-rc.1@20 1.1.5-alpine@20 1.3.0~@20'), {
    name: 'grafana',
    today: TODAY,
  });
  expect(list.map(({ release: { version }, marks, ageDays }) => [version, ageDays, ...marks])).toEqual([
    ['2.0.0-rc.1', 20, 'pre-release'],
    ['1.3.0', 20, 'removed'],
    ['1.2.0', 3, 'too-young'],
    ['1.1.5-alpine', 20, 'other-line'],
    ['1.1.0', undefined, 'age-unknown', 'deprecated'],
    ['1.0.0', 90],
  ]);
});

test('what was passed over is told', () => {
  const choice = chooseVersion(releases('1.0.0@90 1.1.0@80 1.2.0@3 1.3.0-rc.1@20'), {
    name: 'grafana',
    today: TODAY,
    current: '1.0.0',
  });
  expect(choice.passedOver.map(({ release: { version }, marks }) => [version, ...marks])).toEqual([
    ['1.3.0-rc.1', 'pre-release'],
    ['1.2.0', 'too-young'],
  ]);
});

test('the versions of an index can be chosen from as they are', () => {
  const index = parseChartIndex(
    Buffer.from(
      indexYaml({ grafana: [indexEntry('grafana', '8.5.1'), indexEntry('grafana', '8.6.0-rc.1')] }),
    ),
    'repo',
  );
  const choice = chooseVersion(chartVersions(index, 'grafana').versions, { name: 'grafana', today: TODAY });
  expect(choice.status === 'chosen' && choice.release.urls).toEqual([
    'https://example.org/grafana-8.5.1.tgz',
  ]);
});

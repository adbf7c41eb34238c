import { describe, expect, test } from 'vitest';
import { repeatUpgrade } from '../../../src/features/upgrade/repeat-upgrade.ts';
import { allAnswers } from '../../../src/features/upgrade/write-answers.ts';

const session = { env: {}, cwd: '/fleet' };
const input = (switches: string[], given: { name: string; value: string }[] = []) => ({
  positionals: ['blog'],
  given,
  switches: new Set(switches),
});

describe('the line that runs an upgrade again', () => {
  test('keeps every switch that says what is done', () => {
    const line = repeatUpgrade(session, input(['tidy', 'no-render', 'yes']) as never);
    expect(line).toMatch(/ upgrade blog --tidy --no-render --yes$/);
  });

  test('with kept answers it asks for the rest, and writes', () => {
    const given = [
      { name: 'cwd', value: 'fleet' },
      { name: 'decisions', value: 'old.yaml' },
    ];
    const line = repeatUpgrade(session, input(['interactive', 'dry-run'], given) as never, {
      decisions: '/tmp/a b.yaml',
      asks: true,
    });
    expect(line).toMatch(/ upgrade blog -C \/fleet --decisions '\/tmp\/a b\.yaml' --interactive$/);
  });
});

test('what is kept is what the file held and what was answered, risks too', () => {
  const decisions = { answers: { 'a#1': 'ours' }, accepted: ['risk:refused:a/b#1', 'data-removed'] } as const;
  const asked = { answers: { 'b#2': { value: 7 } }, accepted: ['app: risk:refused:a/c#2'] };
  expect(allAnswers(decisions, asked)).toEqual({
    'a#1': 'ours',
    'b#2': { value: 7 },
    'risk:refused:a/b#1': 'accept',
    'app: risk:refused:a/c#2': 'accept',
  });
});

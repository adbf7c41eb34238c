import { describe, expect, test } from 'vitest';
import { Conversation } from '../../generators/conversation.ts';
import { nameOfDraft, parseDraft, type PersonAnswer } from '../../generators/kept-draft.ts';

const always = (): boolean => true;

function answer(conversation: Conversation, key: string, value: string, suggested?: string): void {
  conversation.recall(key, always);
  conversation.record({ key, value, own: value !== suggested });
}

function keeper(text = '') {
  const kept = { text };
  const answers = {
    read: () => kept.text || undefined,
    write: (written: string) => void (kept.text = written),
    remove: () => void (kept.text = ''),
    mayKeep: (value: string) => !value.includes('secret'),
  };
  return { kept, answers };
}

describe('taking answers back', () => {
  test('the last one is asked again with itself as what is offered; those before answer by themselves', () => {
    const conversation = new Conversation();
    answer(conversation, 'a', '1');
    answer(conversation, 'b', '2');
    conversation.takeBack();
    expect(conversation.recall('a', always)).toBe('1');
    expect(conversation.recall('b', always)).toBeUndefined();
    expect(conversation.offer('b', 'suggested')).toBe('2');
  });

  test('several steps back, then forward: what was a person’s own is offered again, what was suggested is suggested anew', () => {
    const conversation = new Conversation();
    answer(conversation, 'name', 'wiki');
    answer(conversation, 'host', 'wiki', 'wiki');
    answer(conversation, 'port', '80', '8080');
    for (const _ of [1, 2, 3]) {
      conversation.takeBack();
      for (const key of ['name', 'host', 'port']) if (conversation.recall(key, always) === undefined) break;
    }
    expect(conversation.offer('name', undefined)).toBe('wiki');
    answer(conversation, 'name', 'docs');
    expect(conversation.offer('host', 'docs')).toBe('docs');
    answer(conversation, 'host', 'docs', 'docs');
    expect(conversation.offer('port', '8080')).toBe('80');
  });

  test('what was only offered is offered again, however often a person goes back', () => {
    const conversation = new Conversation();
    answer(conversation, 'kind', 'charts');
    answer(conversation, 'chart', 'guestbook');
    conversation.takeBack();
    expect(conversation.recall('kind', always)).toBe('charts');
    expect(conversation.offer('chart', undefined)).toBe('guestbook');
    conversation.takeBack();
    answer(conversation, 'kind', 'charts');
    expect(conversation.offer('chart', undefined)).toBe('guestbook');
    answer(conversation, 'chart', 'other');
    expect(conversation.offer('chart', undefined)).toBeUndefined();
  });

  test('a refused answer is asked again where it was given, and not given again by a later run', () => {
    const { answers } = keeper();
    const conversation = new Conversation(answers);
    answer(conversation, 'port', '80');
    answer(conversation, 'name', '123', 'web');
    answer(conversation, 'host', 'docs', 'web');
    expect(conversation.refuse('name')).toBe(true);
    expect(new Conversation(answers).leftByEarlierRun().answers.map(({ key }) => key)).toEqual(['port']);
    expect(conversation.recall('port', always)).toBe('80');
    expect(conversation.recall('name', always)).toBeUndefined();
    expect(conversation.offer('name', 'web')).toBe('web');
    answer(conversation, 'name', 'web', 'web');
    expect(conversation.offer('host', 'web')).toBe('docs');
    expect(conversation.refuse('route')).toBe(false);
  });

  test('at the first question there is nothing to take back', () => {
    const conversation = new Conversation();
    conversation.takeBack();
    expect(conversation.recall('a', always)).toBeUndefined();
    expect(conversation.isEmpty).toBe(true);
  });

  test('one flag asked for twice has two answers', () => {
    const conversation = new Conversation();
    answer(conversation, 'chart', 'one');
    answer(conversation, 'chart', 'two');
    answer(conversation, 'more', 'false');
    conversation.takeBack();
    expect([conversation.recall('chart', always), conversation.recall('chart', always)]).toEqual([
      'one',
      'two',
    ]);
  });
});

describe('going on where an earlier run stopped', () => {
  test('an answer that no longer holds is asked for again, and what followed is only offered', () => {
    const conversation = new Conversation();
    conversation.resume([
      { key: 'name', value: 'wiki', own: true },
      { key: 'host', value: 'docs', own: true },
    ]);
    expect(conversation.recall('name', () => false)).toBeUndefined();
    expect(conversation.offer('name', 'suggested')).toBe('wiki');
    expect(conversation.recall('host', always)).toBeUndefined();
    expect(conversation.offer('host', 'suggested')).toBe('docs');
  });

  test('questions that a flag answers now are passed over', () => {
    const conversation = new Conversation();
    conversation.resume([
      { key: 'name', value: 'wiki', own: true },
      { key: 'host', value: 'docs', own: true },
    ]);
    expect(conversation.recall('host', always)).toBe('docs');
  });

  test('what is kept is read back, but for what may hold a login', () => {
    const { kept, answers } = keeper();
    const conversation = new Conversation(answers);
    answer(conversation, 'name', 'wiki');
    answer(conversation, 'manifest', 'a secret');
    expect(kept.text).not.toContain('secret');
    expect(new Conversation(answers).leftByEarlierRun().answers).toEqual([
      { key: 'name', value: 'wiki', own: true },
    ]);
    conversation.forget();
    expect(new Conversation(answers).leftByEarlierRun().answers).toEqual([]);
  });

  const FINE: PersonAnswer = { key: 'a', value: 'b', own: true };
  const kept = (part: object): string => JSON.stringify({ version: 2, given: [], answers: [FINE], ...part });

  test('what stands in these cases is read where it is whole', () => {
    expect(parseDraft(kept({})).answers).toEqual([FINE]);
  });

  test.each([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['another version', kept({ version: 1 })],
    ['a value that is no text', kept({ answers: [FINE, { key: 'a', value: {} }] })],
    ['an answer without a key', kept({ answers: [FINE, { value: 'b' }] })],
    ['a long value', kept({ answers: [{ ...FINE, value: 'x'.repeat(5000) }] })],
    ['very many', kept({ answers: Array.from({ length: 101 }, () => FINE) })],
    ['given for no flag', kept({ given: [{ value: 'b' }] })],
    [
      'given for very many flags',
      kept({ given: Array.from({ length: 101 }, () => ({ name: 'a', value: 'b' })) }),
    ],
    ['a prototype', '{"__proto__":{"version":2,"given":[],"answers":[{"key":"a","value":"b"}]}}'],
  ])('H15 kept answers that are %s are none', (_, text) => {
    expect(new Conversation(keeper(text).answers).leftByEarlierRun().answers).toEqual([]);
  });
});

describe('a draft belongs to the line that it was answered for', () => {
  const LEDGER = 'ledger\nhttp://charts.example.org';

  /** What a run that was given `before` leaves, as a run that is given `now` finds it. */
  function leave(before: Record<string, string>, now: Record<string, string>) {
    const { answers } = keeper();
    const flags = (given: Record<string, string>) =>
      Object.entries(given).map(([name, value]) => ({ name, value }));
    const conversation = new Conversation(answers, flags(before));
    for (const [key, value] of [
      ['chart', LEDGER],
      ['name', 'qq'],
      ['host', 'qq'],
    ] as const)
      if (before[key] === undefined) answer(conversation, key, value, value);
    return new Conversation(answers, flags(now)).leftByEarlierRun();
  }

  test.each([
    ['the same line', {}, {}, true],
    ['the name that was answered', {}, { name: 'qq' }, true],
    ['the chart that was found', {}, { chart: 'ledger' }, true],
    ['what was not asked for yet', {}, { secret: 'db:password' }, true],
    ['the same flags', { name: 'qq', chart: 'ledger' }, { name: 'qq', chart: 'ledger' }, true],
    ['another name', {}, { name: 'other' }, false],
    ['another chart', {}, { chart: 'kiosk' }, false],
    ['another host', {}, { host: 'other' }, false],
    ['another chart than the line before', { chart: 'ledger' }, { chart: 'kiosk' }, false],
    ['a line without the name of the one before', { name: 'qq' }, {}, false],
  ])('%s', (_, before, now, isSame) => {
    expect(leave(before, now).isAboutTheSame).toBe(isSame);
  });

  test('it goes by its name and what it is made of, from flags and answers', () => {
    expect(nameOfDraft(leave({}, {}))).toBe('qq, ledger');
    expect(nameOfDraft(leave({ name: 'tt' }, {}))).toBe('tt, ledger, qq');
    expect(
      nameOfDraft({ given: [], answers: [{ key: 'Port', value: '80\u001b[2J', own: true }] }),
    ).not.toContain('\u001b');
  });

  test('nothing is kept where the line may hold a login: nobody could tell later what it was for', () => {
    const { kept, answers } = keeper();
    answer(new Conversation(answers, [{ name: 'repo', value: 'secret' }]), 'name', 'wiki');
    expect(kept.text).toBe('');
  });
});

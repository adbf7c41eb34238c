import { describe, expect, test } from 'vitest';
import { Conversation, type PersonAnswer } from '../../generators/conversation.ts';

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
    expect(new Conversation(answers).leftByEarlierRun().map(({ key }) => key)).toEqual(['port']);
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
    expect(new Conversation(answers).leftByEarlierRun()).toEqual([{ key: 'name', value: 'wiki', own: true }]);
    conversation.forget();
    expect(new Conversation(answers).leftByEarlierRun()).toEqual([]);
  });

  const FINE: PersonAnswer = { key: 'a', value: 'b', own: true };

  test.each([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['another version', JSON.stringify({ version: 2, answers: [FINE] })],
    ['a value that is no text', JSON.stringify({ version: 1, answers: [FINE, { key: 'a', value: {} }] })],
    ['an answer without a key', JSON.stringify({ version: 1, answers: [FINE, { value: 'b' }] })],
    ['a long value', JSON.stringify({ version: 1, answers: [{ ...FINE, value: 'x'.repeat(5000) }] })],
    ['very many', JSON.stringify({ version: 1, answers: Array.from({ length: 101 }, () => FINE) })],
    ['a prototype', '{"__proto__":{"version":1,"answers":[{"key":"a","value":"b"}]}}'],
  ])('H15 kept answers that are %s are none', (_, text) => {
    expect(new Conversation(keeper(text).answers).leftByEarlierRun()).toEqual([]);
  });
});

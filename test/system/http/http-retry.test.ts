import { expect, test } from 'vitest';
import type { UserError } from '../../../src/errors.ts';
import { retryAfterMs } from '../../../src/system/http/http-retry.ts';
import { failureOf, openTestHttp, serveTest } from '../../support/test-http.ts';

const LIMIT = 1000;
const NOW = Date.parse('2026-03-01T12:00:00Z');
const frozen = (waits: number[]) => ({
  now: () => NOW,
  random: () => 0.5,
  sleep: async (ms: number) => void waits.push(ms),
});

test('N09 503 three times, then 200', async () => {
  const busy = { status: 503 };
  const server = await serveTest({ '/': [busy, busy, busy, { body: 'at last' }] });
  const { http, waits } = openTestHttp();
  const answer = await http.get({ url: server.url, limit: LIMIT });
  expect(answer.body.toString()).toBe('at last');
  expect(waits.map(Math.round)).toEqual([500, 999, 1998]);
});

test.each([408, 425, 429, 500, 502, 503, 504])('%i is tried four times', async status => {
  const server = await serveTest({ '/': { status } });
  const { http } = openTestHttp();
  const error = await failureOf(http.get({ url: server.url, limit: LIMIT }));
  expect(error).toMatchObject({ exit: 4, code: status === 429 ? 'E_RATE_LIMITED' : 'E_HTTP' });
  expect(server.received).toHaveLength(4);
});

test.each([400, 401, 404, 405, 422, 501, 505])('%i is not repeated', async status => {
  const server = await serveTest({ '/': { status } });
  const { http } = openTestHttp();
  await expect(http.get({ url: server.url, limit: LIMIT })).rejects.toThrow(String(status));
  expect(server.received).toHaveLength(1);
});

test('a POST is not repeated', async () => {
  const server = await serveTest({ '/': { status: 503 } });
  const { http } = openTestHttp();
  await expect(http.post({ url: server.url, limit: LIMIT, body: 'a=b' })).rejects.toThrow('503');
  expect(server.received).toHaveLength(1);
});

test('N10 429 with Retry-After: 7 waits seven seconds', async () => {
  const server = await serveTest({
    '/': [{ status: 429, headers: { 'retry-after': '7' } }, { body: 'ok' }],
  });
  const { http, waits } = openTestHttp();
  expect((await http.get({ url: server.url, limit: LIMIT })).status).toBe(200);
  expect(waits).toEqual([7000]);
});

test.each([
  ['seconds', '3600'],
  ['a date', 'Sun, 01 Mar 2026 13:00:00 GMT'],
])('N11 429 with an hour to wait in %s stops now and says until when', async (_, value) => {
  const server = await serveTest({ '/': { status: 429, headers: { 'retry-after': value } } });
  const waits: number[] = [];
  const { http } = openTestHttp({ clock: frozen(waits) });
  const error = await failureOf(http.get({ url: server.url, limit: LIMIT }));
  expect(error).toMatchObject({ code: 'E_RATE_LIMITED', exit: 4 });
  expect((error as UserError).message).toContain('rate limited until 2026-03-01T13:00:00Z');
  expect(waits).toEqual([]);
  expect(server.received).toHaveLength(1);
});

test.each([
  ['60', 60_000],
  ['61', 61_000],
  ['Sun, 01 Mar 2026 12:00:30 GMT', 30_000],
  ['-5', undefined],
  ['abc', undefined],
  ['0', undefined],
  ['', undefined],
  ['7 seconds', undefined],
  ['9'.repeat(400), undefined],
  ['Sun, 01 Mar 2026 11:00:00 GMT', undefined],
  ['Sun, 99 Foo 2026 11:00:00 GMT', undefined],
])('N12 Retry-After %s', (value, wait) => {
  expect(retryAfterMs({ status: 429, headers: { 'retry-after': value } }, NOW)).toBe(wait);
});

test('N12 nonsense in Retry-After waits as if it were absent', async () => {
  const server = await serveTest({ '/': { status: 429, headers: { 'retry-after': '-5' } } });
  const waits: number[] = [];
  const { http } = openTestHttp({ clock: frozen(waits) });
  await expect(http.get({ url: server.url, limit: LIMIT })).rejects.toThrow('429');
  expect(waits).toEqual([250, 500, 1000]);
});

test('R25 a dead host is given up after five failed requests; others go on', async () => {
  const dead = await serveTest({ '*': { status: 503 } });
  const alive = await serveTest({ '*': { body: 'ok' } });
  const { http } = openTestHttp();
  const ask = (url: string, count: number): Promise<unknown>[] =>
    Array.from({ length: count }, (_, index) =>
      failureOf(http.get({ url: `${url}/${index}`, limit: LIMIT })),
    );
  const [lost, fine] = await Promise.all([Promise.all(ask(dead.url, 30)), Promise.all(ask(alive.url, 20))]);
  expect(fine).toEqual(Array(20).fill(undefined));
  expect(lost.filter(error => (error as UserError).exit === 4)).toHaveLength(30);
  const triesOf = (path: string): number => dead.received.filter(received => received.path === path).length;
  const fullCycles = lost.filter((_, index) => triesOf(`/${index}`) === 4);
  expect(fullCycles.length).toBeLessThanOrEqual(5);
  expect(dead.received.length).toBeLessThanOrEqual(5 * 4 + 3);
  expect(String(lost.at(-1))).toContain('gave up after 5 failed requests');
});

test('R25 an answer in between makes a host alive again', async () => {
  const server = await serveTest({ '/bad': { status: 503 }, '/good': { body: 'ok' } });
  const { http } = openTestHttp();
  for (let round = 0; round < 3; round++) {
    for (const path of ['/bad', '/bad', '/bad', '/good'])
      await failureOf(http.get({ url: server.url + path, limit: LIMIT }));
  }
  expect((await http.get({ url: `${server.url}/good`, limit: LIMIT })).status).toBe(200);
  expect(server.received.filter(({ path }) => path === '/bad')).toHaveLength(36);
});

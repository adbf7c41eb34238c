import type { ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openTestHttp, serveTest } from '../../support/test-http.ts';

/** Servers that hold every request until `full` of them are held, and the most they ever held, each and together. */
async function serveHeld(count: number, full: number) {
  let fill = (): void => undefined;
  const filled = new Promise<void>(resolve => (fill = resolve));
  const held: ServerResponse[][] = [];
  const most = { each: 0, all: 0 };
  // Long enough for one that may not start to have started.
  const answerLater = async (own: ServerResponse[], response: ServerResponse): Promise<void> => {
    await filled;
    await setTimeout(20);
    own.splice(own.indexOf(response), 1);
    response.end('ok');
  };
  const servers = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const own: ServerResponse[] = (held[index] = []);
      return serveTest({
        '*': (_received, response) => {
          own.push(response);
          most.each = Math.max(most.each, own.length);
          most.all = Math.max(most.all, held.flat().length);
          if (held.flat().length === full) fill();
          // Long enough for one that may not start to have started.
          void answerLater(own, response);
        },
      });
    }),
  );
  return { servers, most };
}

test('at most four requests per host and sixteen in all are under way', async () => {
  const { servers, most } = await serveHeld(6, 16);
  const { http } = openTestHttp();
  const urls = servers.flatMap(({ url }) => Array.from({ length: 10 }, (_, index) => `${url}/${index}`));
  const answers = await Promise.all(urls.map(url => http.get({ url, limit: 100 })));
  expect(answers.map(({ status }) => status)).toEqual(Array(60).fill(200));
  expect(most).toEqual({ each: 4, all: 16 });
});

test('two who ask for the same at the same time share one request', async () => {
  const server = await serveTest({ '/': { body: 'shared' } });
  const { http } = openTestHttp();
  const request = { url: server.url, limit: 100 };
  const answers = await Promise.all([http.get(request), http.get({ ...request }), http.get(request)]);
  expect(answers.map(({ body }) => body.toString())).toEqual(['shared', 'shared', 'shared']);
  expect(server.received).toHaveLength(1);
});

test('whoever sends another credential does not share', async () => {
  const server = await serveTest({ '/': received => ({ body: received.headers.authorization ?? 'nobody' }) });
  const { http } = openTestHttp();
  const ask = async (authorization: string): Promise<string> =>
    (await http.get({ url: server.url, limit: 100, authorization })).body.toString();
  expect(await Promise.all([ask('Basic a'), ask('Basic b')])).toEqual(['Basic a', 'Basic b']);
});

test('every host that a request went to is on record', async () => {
  const target = await serveTest({ '/': { body: 'ok' } });
  const server = await serveTest({ '/': { status: 302, headers: { location: target.url } } });
  const { http } = openTestHttp();
  await http.get({ url: server.url, limit: 100 });
  expect([...http.contacted].toSorted()).toEqual([server.host, target.host].toSorted());
});

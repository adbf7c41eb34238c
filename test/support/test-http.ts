import { onTestFinished } from 'vitest';
import { openHttp, type Http } from '../../src/system/http/http.ts';
import type { HttpOptions } from '../../src/system/http/http-types.ts';
import { serveHttp, type FixtureServer } from './http-server.ts';

/** The HTTP of one test, whose waits take no time; they are noted, in milliseconds. */
export function openTestHttp(options: Partial<HttpOptions> = {}): { http: Http; waits: number[] } {
  const waits: number[] = [];
  const clock = {
    now: Date.now,
    random: () => 0.999,
    sleep: async (ms: number) => void waits.push(ms),
  };
  const http = openHttp({ env: {}, clock, ...options });
  onTestFinished(() => http.close());
  return { http, waits };
}

/** A server that ends with the test. */
export async function serveTest(...parameters: Parameters<typeof serveHttp>): Promise<FixtureServer> {
  const server = await serveHttp(...parameters);
  onTestFinished(() => server.close());
  return server;
}

/** What a promise rejects with. */
export async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

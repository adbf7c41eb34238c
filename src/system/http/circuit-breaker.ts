import { UserError } from '../../errors.ts';

/** So many requests in a row may fail. */
const REQUESTS = 5;

export type CircuitBreaker = {
  /** Throws once the host is given up. */
  requireAlive(host: string): void;
  succeeded(host: string): void;
  /** `share`: how much of a request's tries this failure was. */
  failed(host: string, failure: { error: UserError; share: number }): void;
};

/** Gives a host up after five failed requests in a row, so that one dead host costs a bulk run seconds, not hours. */
export function openCircuitBreaker(): CircuitBreaker {
  const failures = new Map<string, { error: UserError; requests: number }>();
  return {
    requireAlive(host) {
      const found = failures.get(host);
      if (!found || found.requests < REQUESTS) return;
      throw new UserError(found.error.code, `${host}: given up after ${REQUESTS} failed requests`, {
        hint: 'Run again later, or leave the apps of this host out.',
        subject: host,
        cause: found.error,
      });
    },
    succeeded: host => void failures.delete(host),
    failed(host, { error, share }) {
      failures.set(host, { error, requests: (failures.get(host)?.requests ?? 0) + share });
    },
  };
}

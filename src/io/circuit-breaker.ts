import { UserError } from '../errors.ts';

const FAILURES = 5;

export type CircuitBreaker = {
  /** Throws once the host is given up. */
  requireAlive(host: string): void;
  succeeded(host: string): void;
  failed(host: string, error: UserError): void;
};

/** Gives a host up after five failures in a row, so that one dead host costs a bulk run seconds, not hours. */
export function openCircuitBreaker(): CircuitBreaker {
  const failures = new Map<string, UserError[]>();
  return {
    requireAlive(host) {
      const last = failures.get(host)?.[FAILURES - 1];
      if (!last) return;
      throw new UserError(last.code, `${host}: given up after ${FAILURES} failed requests`, {
        hint: 'Run again later, or leave the apps of this host out.',
        subject: host,
        cause: last,
      });
    },
    succeeded: host => void failures.delete(host),
    failed(host, error) {
      const before = failures.get(host) ?? [];
      if (before.length < FAILURES) failures.set(host, [...before, error]);
    },
  };
}

import { setTimeout as delay } from 'node:timers/promises';
import { systemCode, UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';

export const TRIES = 4;
const BASE_MS = 500;
const CAP_MS = 10_000;
/** A server may make us wait this long; whoever asks for more gets an error that tells until when. */
const MAX_RETRY_AFTER_MS = 60_000;

const TRANSIENT_STATUSES = new Set([408, 425, 429, 500, 502, 503, 504]);
const TRANSIENT_ERRORS = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'ETIMEDOUT',
  'EPIPE',
  'EAI_AGAIN',
  'UND_ERR_SOCKET',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  'E_NET_TRUNCATED',
]);

export type Clock = {
  now(): number;
  sleep(ms: number, signal: AbortSignal | undefined): Promise<void>;
  /** From 0 up to, not including, 1. */
  random(): number;
};

export const SYSTEM_CLOCK: Clock = {
  now: Date.now,
  sleep: (ms, signal) => delay(ms, undefined, signal ? { signal } : {}),
  random: Math.random,
};

type Answer = { status: number; headers: Readonly<Record<string, string>> };

export type RetryOptions = {
  clock: Clock;
  signal: AbortSignal | undefined;
  /** What is asked for, safe to show. */
  subject: string;
};

/**
 * Sends up to four times: the last answer, or the last error, is the result. Waits as long as Retry-After says,
 * else a random time below an exponential bound ("full jitter"), so that many clients do not come back at once.
 */
export async function withRetries<T extends Answer>(
  send: () => Promise<T>,
  options: RetryOptions,
): Promise<T> {
  for (let tried = 1; ; tried++) {
    const outcome = await settle(send);
    if (tried === TRIES || !isTransient(outcome)) return unwrap(outcome);
    const asked = 'answer' in outcome ? retryAfterMs(outcome.answer, options.clock.now()) : undefined;
    if (asked !== undefined && asked > MAX_RETRY_AFTER_MS) throw comeBackLater(asked, options);
    await options.clock.sleep(asked ?? jitter(tried, options.clock), options.signal);
  }
}

/** The wait that a server asks for; nonsense, the past and zero count as absent. */
export function retryAfterMs(answer: Answer, now: number): number | undefined {
  const value = answer.headers['retry-after'] ?? '';
  const wait = /^\d{1,8}$/.test(value) ? Number(value) * 1000 : httpDate(value) - now;
  return wait > 0 ? wait : undefined;
}

function httpDate(value: string): number {
  return /^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/.test(value) ? Date.parse(value) : Number.NaN;
}

type Outcome<T> = { answer: T } | { error: unknown };

async function settle<T>(send: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { answer: await send() };
  } catch (error) {
    return { error };
  }
}

function isTransient(outcome: Outcome<Answer>): boolean {
  if ('answer' in outcome) return TRANSIENT_STATUSES.has(outcome.answer.status);
  return isTransientError(outcome.error);
}

/** Whether the next attempt may well succeed. */
export function isTransientError(error: unknown): boolean {
  return TRANSIENT_ERRORS.has(systemCode(error) ?? '');
}

function unwrap<T>(outcome: Outcome<T>): T {
  if ('error' in outcome) throw outcome.error;
  return outcome.answer;
}

function jitter(tried: number, clock: Clock): number {
  return clock.random() * Math.min(CAP_MS, BASE_MS * 2 ** (tried - 1));
}

function comeBackLater(wait: number, { clock, subject }: RetryOptions): UserError {
  const until = new Date(clock.now() + wait).toISOString().replace(/\.\d+Z$/, 'Z');
  return new UserError('E_RATE_LIMITED', say('system.rateLimitedUntil', { subject, until }), {
    hint: say('system.runAgainAfterLoginOften', { until }),
  });
}

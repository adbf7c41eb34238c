import { UserError } from '../errors.ts';
import { say } from '../locales/say.ts';
import { openWatchdog } from '../system/tools/watchdog.ts';

/** How long a run may take, in three steps: nothing new, everything ends, the process is killed. */
export type Deadline = {
  /** Aborts when the time is over: nothing more is asked or begun, what is under way is finished. */
  readonly signal: AbortSignal;
  /** Whether the time was over while the run went on. */
  readonly passed: boolean;
  close(): void;
};

/** What is under way when the time is over has this long to end by itself. */
const GRACE_MS = 5000;
/** And a main thread that does not even hear of that has this long. */
const KILL_MS = 10_000;
const UNITS = { s: 1000, m: 60_000, h: 3_600_000 } as const;
const LONGEST_MS = 24 * UNITS.h;
/** Of a CI job, which nobody watches. */
const CI_DEADLINE = '15m';

/** `--deadline 90s`, or that of a CI job; undefined where a person may wait. @throws UserError E_USAGE */
export function deadlineOf(
  given: string | undefined,
  env: Record<string, string | undefined>,
): string | undefined {
  const text = given ?? (env['CI'] ? CI_DEADLINE : undefined);
  if (text !== undefined) durationMs(text);
  return text;
}

function durationMs(text: string): number {
  const [, number = '', unit = ''] = /^(\d{1,6})([smh])$/.exec(text) ?? [];
  const ms = Number(number) * (UNITS[unit as keyof typeof UNITS] ?? 0);
  if (ms > 0 && ms <= LONGEST_MS) return ms;
  throw new UserError('E_USAGE', say('cli.deadlineNoDuration', { text }), {
    hint: say('cli.write90s15m2hMost'),
  });
}

/**
 * Starts the clock. `end` is called when what was under way has not ended by itself either; `lastWords` are those of a process
 * whose main thread is busy beyond that, and which is killed.
 */
export function openDeadline(
  text: string | undefined,
  end: (reason: UserError) => void,
  lastWords: (reason: UserError) => string,
): Deadline {
  const controller = new AbortController();
  const over = new UserError('E_DEADLINE', say('cli.notDoneWithin', { text: text ?? '' }), {
    hint: say('cli.runAgainWhatDoneStays'),
  });
  const ms = text === undefined ? undefined : durationMs(text);
  const timers =
    ms === undefined
      ? []
      : [setTimeout(() => controller.abort(over), ms), setTimeout(() => end(over), ms + GRACE_MS)];
  for (const timer of timers) timer.unref();
  const watchdog = ms === undefined ? undefined : openWatchdog(ms + KILL_MS, lastWords(over));
  return {
    signal: controller.signal,
    get passed() {
      return controller.signal.aborted;
    },
    close: () => {
      timers.forEach(clearTimeout);
      watchdog?.close();
    },
  };
}

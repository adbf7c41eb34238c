export type Limiter = {
  /** Runs `task` as soon as fewer than the limit run under the same key; first come, first served. */
  run<T>(key: string, task: () => Promise<T>): Promise<T>;
};

/** Bounds how much is under way at once: a bulk run must not look like an attack to anybody. */
export function createLimiter(limit: number): Limiter {
  const busy = new Map<string, number>();
  const waiting = new Map<string, (() => void)[]>();

  const enter = async (key: string): Promise<void> => {
    const running = busy.get(key) ?? 0;
    if (running < limit) return void busy.set(key, running + 1);
    const queue = waiting.get(key) ?? [];
    waiting.set(key, queue);
    return new Promise(start => queue.push(start));
  };
  /** Hands the slot to whoever waits for it. */
  const leave = (key: string): void => {
    const start = waiting.get(key)?.shift();
    if (start) start();
    else busy.set(key, (busy.get(key) ?? 1) - 1);
  };
  return {
    async run(key, task) {
      await enter(key);
      try {
        return await task();
      } finally {
        leave(key);
      }
    },
  };
}

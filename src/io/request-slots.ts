export type RequestSlots = {
  /** Runs `task` as soon as its host and the whole run have a free slot; first come, first served. */
  run<T>(host: string, task: () => Promise<T>): Promise<T>;
};

/** Bounds how many requests are under way: a bulk run must not look like an attack to anybody. */
export function openRequestSlots({ perHost, total }: { perHost: number; total: number }): RequestSlots {
  const busy = new Map<string, number>();
  const waiting: { host: string; start: () => void }[] = [];
  let running = 0;

  const isFree = (host: string): boolean => running < total && (busy.get(host) ?? 0) < perHost;
  const occupy = (host: string): void => {
    running++;
    busy.set(host, (busy.get(host) ?? 0) + 1);
  };
  const release = (host: string): void => {
    running--;
    busy.set(host, (busy.get(host) ?? 1) - 1);
    const next = waiting.findIndex(entry => isFree(entry.host));
    const [entry] = next < 0 ? [] : waiting.splice(next, 1);
    if (!entry) return;
    occupy(entry.host);
    entry.start();
  };
  return {
    async run(host, task) {
      if (isFree(host)) occupy(host);
      else await new Promise<void>(start => waiting.push({ host, start }));
      try {
        return await task();
      } finally {
        release(host);
      }
    },
  };
}

import { afterAll, vi } from 'vitest';
import { removeFolders } from './repository.ts';

// Runs for each file anew: files of pure logic share a process and what it has loaded, and each leaves it as it found it.
afterAll(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.resetConfig();
  removeFolders();
});

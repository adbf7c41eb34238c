import type { Script } from 'node:vm';
import type * as Main from '../src/main.ts';

/** Where what V8 compiled of the bundle is, if it is. */
export const CODE_CACHE: string;

export function loadBundle(cachedData?: Buffer): {
  script: Script;
  exports: typeof Main;
};

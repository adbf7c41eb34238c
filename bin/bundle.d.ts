import type { Script } from 'node:vm';
import type * as Main from '../src/main.ts';

/** Where what V8 compiled of the bundle is, if it is. */
export const CODE_CACHE: string;

/** The bundle, compiled. */
export function compileBundle(cachedData?: Buffer): Script;

/** What src/main.ts exports, with a state of its own, as of a process that starts; `ofProcess` is the one it runs as. */
export function startBundle(script?: Script, ofProcess?: NodeJS.Process): typeof Main;

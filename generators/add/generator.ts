import { certificateGenerator } from './certificate.ts';
import { chartGenerator } from './chart.ts';
import { reflectionGenerator } from './reflection.ts';
import { rewriteGenerator } from './rewrite.ts';
import { routeGenerator } from './route.ts';
import { secretGenerator } from './secret.ts';
import { storageGenerator } from './storage.ts';
import type { AddGenerator } from './addition.ts';

/** What `slipway add` can add, by the word on the command line. */
export const ADDITIONS = {
  chart: chartGenerator,
  route: routeGenerator,
  secret: secretGenerator,
  storage: storageGenerator,
  certificate: certificateGenerator,
  reflection: reflectionGenerator,
  rewrite: rewriteGenerator,
} as const satisfies Record<string, AddGenerator>;

export type AdditionWord = keyof typeof ADDITIONS;

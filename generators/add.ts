import { certificateGenerator } from './add/certificate.ts';
import { chartGenerator } from './add/chart.ts';
import { reflectionGenerator } from './add/reflection.ts';
import { rewriteGenerator } from './add/rewrite.ts';
import { routeGenerator } from './add/route.ts';
import { secretGenerator } from './add/secret.ts';
import { storageGenerator } from './add/storage.ts';
import type { AddGenerator } from './add/addition.ts';

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

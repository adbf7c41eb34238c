import type { Text } from '../../src/text/language.ts';
import type { GivenFlag } from '../../src/cli/flags.ts';
import type { Renderers } from '../../src/render/renderers.ts';
import type { Charts } from '../../src/charts/lookup.ts';
import type { Network } from '../../src/charts/network.ts';
import type { GitopsRepository } from '../../src/repository/read-repository.ts';
import type { DeliveryTemplates } from '../../src/scaffold/delivered/own-unit.ts';
import type { Asker } from '../asker.ts';

/** What the questions of new-app look things up with. */
export type AskContext = {
  ask: Asker;
  gitops: GitopsRepository;
  charts: Charts;
  network: Network;
  renderers: Renderers;
  given: readonly GivenFlag[];
  /** How an app is written that something else than kustomize installs, where no sibling shows it. */
  deliveryTemplates: DeliveryTemplates;
  /** --force: an app that exists may be made again. */
  force?: boolean;
  note(message: Text): void;
  t(text: Text): string;
};

/** All values of a repeatable flag. */
export function allGiven({ given }: AskContext, flag: string): string[] {
  return given.filter(({ name }) => name === flag).map(({ value }) => value);
}

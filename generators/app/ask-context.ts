import type { Text } from '../../src/domain/language.ts';
import type { GivenFlag } from '../../src/flags.ts';
import type { Helm } from '../../src/io/helm.ts';
import type { Charts } from '../../src/use-cases/charts.ts';
import type { Network } from '../../src/use-cases/network.ts';
import type { GitopsRepository } from '../../src/use-cases/read-repository.ts';
import type { Asker } from '../asker.ts';

/** What the questions of new-app look things up with. */
export type AskContext = {
  ask: Asker;
  gitops: GitopsRepository;
  charts: Charts;
  network: Network;
  helm: Helm | undefined;
  given: readonly GivenFlag[];
  note(message: Text): void;
  t(text: Text): string;
};

/** All values of a repeatable flag. */
export function allGiven({ given }: AskContext, flag: string): string[] {
  return given.filter(({ name }) => name === flag).map(({ value }) => value);
}

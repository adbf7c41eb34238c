import type { UsingApp } from '../../deliveries/chart-use.ts';
import { UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { display } from '../../text/display.ts';
import { isEnvironment, selectIn } from '../../repository/environments.ts';

/** An app in both environments. */
export type Pair = { app: string; from: string; to: string; source: UsingApp; target: UsingApp };

/** Where from, where to, and which apps: those named, or all that stand in both. */
export type PairRequest = {
  from: string | undefined;
  to: string | undefined;
  words: readonly string[];
  isAll: boolean;
};

/**
 * The apps that are asked for, or all that stand in both environments.
 * @throws UserError E_MISSING, E_USAGE for apps beside all, E_VALUE for an app that is not in both
 */
export function pairsOf(apps: readonly UsingApp[], { from, to, words, isAll }: PairRequest): Pair[] {
  const missing = [
    ...(from === undefined ? ['from'] : []),
    ...(to === undefined ? ['to'] : []),
    ...(words.length === 0 && !isAll ? ['<app>'] : []),
  ].map(flag => ({ flag }));
  if (from === undefined || to === undefined || missing.length > 0)
    throw new UserError('E_MISSING', say('promote.missing'), { hint: say('promote.giveBoth'), missing });
  if (isAll && words.length > 0)
    throw new UserError('E_USAGE', say('promote.allOrApps'), { hint: say('diff.giveOneThem'), flag: 'all' });
  if (from === to)
    throw new UserError('E_VALUE', say('promote.sameEnvironment', { from }), {
      hint: say('promote.giveBoth'),
    });
  const pair = (word: string): Pair => {
    const [source, target] = [selectIn(apps, word, from), selectIn(apps, word, to)];
    return { app: target.name, from, to, source, target };
  };
  if (!isAll) return [...new Map(words.map(pair).map(each => [each.target.path, each])).values()];
  const names = new Set(inEnvironment(apps, from));
  const both = inEnvironment(apps, to).filter(app => names.has(app));
  if (both.length === 0)
    throw new UserError('E_VALUE', say('promote.nothingInBoth', { from: display(from), to: display(to) }), {
      hint: say('repository.environmentsAre', { environments: environmentsOf(apps) }),
    });
  return [...new Set(both)].toSorted().map(pair);
}

function environmentsOf(apps: readonly UsingApp[]): string {
  const names = new Set(apps.map(({ environment }) => environment).filter(name => name !== ''));
  return [...names].toSorted().map(display).join(', ');
}

function inEnvironment(apps: readonly UsingApp[], word: string): string[] {
  return apps.flatMap(({ name, environment }) => (isEnvironment(environment, word) ? [name] : []));
}

import type { UsingApp } from '../../deliveries/chart-use.ts';
import { UserError } from '../../errors.ts';
import { display } from '../../text/display.ts';
import { say } from '../../locales/say.ts';
import { isEnvironment, appPlacement, selectIn } from '../../repository/environments.ts';
import type { PromoteInput } from './flags.ts';

/** An app in both environments. */
export type Pair = { app: string; from: string; to: string; source: UsingApp; target: UsingApp };

/**
 * The apps that are asked for, or all that stand in both environments.
 * @throws UserError E_MISSING, E_VALUE for an app that is not in both
 */
export function pairsOf(apps: readonly UsingApp[], { positionals, values, switches }: PromoteInput): Pair[] {
  const [from, to] = [values['from'], values['to']];
  const isAll = switches.has('all');
  const missing = [
    ...(from === undefined ? ['from'] : []),
    ...(to === undefined ? ['to'] : []),
    ...(positionals.length === 0 && !isAll ? ['<app>'] : []),
  ].map(flag => ({ flag }));
  if (from === undefined || to === undefined || missing.length > 0)
    throw new UserError('E_MISSING', say('promote.missing'), { hint: say('promote.giveBoth'), missing });
  if (from === to)
    throw new UserError('E_VALUE', say('promote.sameEnvironment', { from }), {
      hint: say('promote.giveBoth'),
    });
  const pair = (word: string): Pair => {
    const [source, target] = [selectIn(apps, word, from), selectIn(apps, word, to)];
    return { app: appPlacement(target).app, from, to, source, target };
  };
  if (!isAll) return positionals.map(pair);
  const names = new Set(inEnvironment(apps, from));
  const both = inEnvironment(apps, to).filter(app => names.has(app));
  if (both.length === 0)
    throw new UserError('E_VALUE', say('promote.nothingInBoth', { from, to }), {
      hint: say('promote.environmentsHere', { environments: environmentsOf(apps) }),
    });
  return [...new Set(both)].toSorted().map(pair);
}

function environmentsOf(apps: readonly UsingApp[]): string {
  return [...new Set(apps.map(app => display(appPlacement(app).environment)))].toSorted().join(', ');
}

function inEnvironment(apps: readonly UsingApp[], word: string): string[] {
  return apps
    .map(appPlacement)
    .flatMap(({ app, environment }) => (isEnvironment(environment, word) ? [app] : []));
}

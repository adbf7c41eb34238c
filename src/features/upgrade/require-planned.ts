import { display } from '../../text/display.ts';
import { UserError } from '../../errors.ts';
import type { PublishedVersion } from '../../charts/newer-versions.ts';
import { chartPins, type Pin } from '../../charts/pins.ts';
import type { App } from '../../repository/model.ts';
import { candidates, chooseVersion, isChoosable } from '../../charts/versions/version-policy.ts';
import type { ChartMove, MoveRequest } from './chart-move.ts';

type ChartPin = Extract<Pin, { kind: 'chart' }>;

/**
 * The pinned chart that a move of a plan is about. A plan is a file that anybody may have written: where a chart comes from
 * is what the kustomization says, and a plan that says otherwise is refused before anybody is asked anything.
 * @throws UserError E_CHANGED
 */
export function requirePlanned(apps: readonly App[], move: ChartMove): ChartPin {
  const app = apps.find(({ path }) => path === move.app);
  const pin = app && chartPins(app).find(({ index }) => index === move.index);
  if (pin?.name !== move.name || pin.current !== move.from)
    throw changed(move, `${display(move.name)} ${display(move.from)} is not where the plan saw it`);
  if (pin.source !== move.repo)
    throw changed(move, 'the plan names another repository than the kustomization');
  if (pin.held !== undefined) throw changed(move, `a comment holds it meanwhile: ${display(pin.held)}`);
  return pin;
}

/**
 * Applies the version policy again: the version has to be published, newer, stable and old enough, or named by `--to`.
 * @throws UserError E_CHANGED
 */
export function requirePermitted(
  pin: ChartPin,
  move: ChartMove,
  { versions, request }: { versions: readonly PublishedVersion[]; request: Omit<MoveRequest, 'level'> },
): void {
  const { name, current } = pin;
  const { today, minAgeDays, to } = request;
  const policy = { name, today, minAgeDays, current };
  if (to !== undefined) {
    const choice = chooseVersion(versions, { ...policy, range: to });
    if (choice.status === 'chosen' && choice.release.version === move.to) return;
    throw changed(move, `--to ${display(to)} is not the plan's ${display(move.to)}`);
  }
  const found = candidates(versions, policy).find(({ release }) => release.version === move.to);
  if (!found) throw changed(move, `${display(move.to)} is no newer version that the repository publishes`);
  if (!isChoosable(found))
    throw changed(move, `the policy does not take ${display(move.to)} (${found.marks.join(', ')})`);
}

function changed({ app }: ChartMove, problem: string): UserError {
  return new UserError('E_CHANGED', `${display(app)}: ${problem}`, {
    hint: 'Plan again; what the plan was given as --to or --min-age, give with --apply too.',
    subject: display(app),
  });
}

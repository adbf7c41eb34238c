import { chartPins } from '../../charts/pins.ts';
import type { CommandContext } from '../../cli/command-context.ts';
import type { Session } from '../../cli/context.ts';
import { renderedWith } from '../../render/rendered-with.ts';
import type { PreparedApp } from './prepared-app.ts';
import { say } from '../../locales/say.ts';
import { wrap } from '../../output/wrap.ts';
import { chartsRead } from '../../deliveries/charts-read.ts';
import { findUses, usesIn } from '../../deliveries/find-uses.ts';
import { selectUsing } from '../../deliveries/select-using.ts';
import type { ChartsRead } from '../../repository/unread/charts-read.ts';
import { sayUnread } from '../../repository/unread/say-unread.ts';
import type { UpgradeInput } from './flags.ts';
import type { AppReport, UpgradeReport } from './report-facts.ts';
import type { Text } from '../../text/language.ts';
import type { UpgradePlan } from './plan-upgrade.ts';

/** What a run looked at: a plan that is carried out was looked up when it was made. */
export type LookedAt = { offered: number; looked: number; charts: ChartsRead };

/** What the apps that a run names hold beside what it moves. @throws UserError as `selectApps` does */
export async function lookedAt(
  { gitops }: CommandContext,
  { values, positionals }: UpgradeInput,
  { moves }: UpgradePlan,
): Promise<LookedAt> {
  if (values['apply'] !== undefined)
    return { offered: moves.length, looked: moves.length, charts: { read: moves.length, unread: [] } };
  const apps = selectUsing(gitops.repository, positionals);
  const looked = chartPins(usesIn(findUses(gitops.repository), apps)).length;
  return { offered: moves.length, looked, charts: await chartsRead(gitops, positionals) };
}

/** How many charts came to what, and what was not read; "up to date" is said of what was looked at, and only if that was all. */
export function summaryLines(statuses: readonly string[], looked: LookedAt, session: Session): string {
  const { t, terminal } = session;
  const said = countLine(statuses, session);
  const left = sayUnread(looked.charts.unread, looked.charts.read);
  const unread = left
    ? [
        wrap(t(left), terminal.columns, { hang: '  ', hard: true })
          .map(line => terminal.style(line, 'yellow'))
          .join('\n'),
      ]
    : [];
  if (said !== '' || left) return [said, ...unread].filter(Boolean).join('\n');
  if (looked.looked === 0) return t(say('upgrade.nothingLookedAt'));
  return t(looked.offered > 0 ? say('upgrade.nothingChosen') : say('upgrade.everythingUpDate'));
}

function countLine(statuses: readonly string[], { t, dryRun }: Session): string {
  const count = (status: string): number => statuses.filter(own => own === status).length;
  const undecided = count('needs-decision');
  const words = [
    [count('upgraded'), dryRun ? t(say('upgrade.wouldBeUpgraded')) : t(say('upgrade.upgradedStatus'))],
    [count('failed'), t(say('upgrade.failedStatus'))],
    [count('held'), t(say('upgrade.held'))],
    [count('beyond-level'), t(say('upgrade.largerStepAway'))],
    [count('range'), t(say('upgrade.ranges'))],
    [count('floating'), t(say('upgrade.floatings'))],
    [count('deprecated'), t(say('upgrade.deprecatedCount'))],
    [count('unreachable'), t(say('upgrade.unreachable'))],
    [count('unknown'), t(say('upgrade.unknown'))],
    [count('not-moved'), t(say('upgrade.notMovedCount'))],
  ] as const;
  const said = words.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`);
  const open = undecided > 0 ? [t(say('upgrade.needDecision', { count: undecided }))] : [];
  return [...open, ...said].join(', ');
}

/** How many apps nobody rendered, so that nobody judged them, and what to do about it: a line each reason; empty where all were. */
export function notJudgedLines(
  apps: readonly AppReport[],
  { t, terminal }: Pick<Session, 't' | 'terminal'>,
): string[] {
  const unseen = apps.filter(({ rendered, status }) => rendered === undefined && status !== 'failed');
  return REASONS.flatMap(([reason, text]) => {
    const count = unseen.filter(({ notRendered = 'failed' }) => notRendered === reason).length;
    return count > 0 ? [terminal.style(t(text(count)), 'yellow')] : [];
  });
}

const REASONS: readonly [NonNullable<AppReport['notRendered']>, (apps: number) => Text][] = [
  ['no-tools', apps => say('upgrade.notJudgedNoTools', { apps })],
  ['not-asked', apps => say('upgrade.notJudgedNotAsked', { apps })],
  ['failed', apps => say('upgrade.notJudgedFailed', { apps })],
];

/** What rendered; undefined where nothing was rendered. */
export async function rendererOf(
  { renderers }: CommandContext,
  { switches }: UpgradeInput,
  prepared: readonly PreparedApp[],
): Promise<UpgradeReport['renderer']> {
  const isRendered = !switches.has('no-render') && prepared.some(({ report }) => hasRun(report));
  return isRendered ? renderedWith(renderers) : undefined;
}

/** Whether a renderer was started for an app, whatever came of it. */
function hasRun(report: PreparedApp['report']): boolean {
  const isRefused = report.status === 'failed' && report.error.code === 'E_RENDER';
  return isRefused || report.rendered !== undefined || report.verification.some(({ ok }) => ok);
}

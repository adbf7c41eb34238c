import type { Session } from '../../cli/context.ts';
import { say } from '../../locales/say.ts';
import { wrap } from '../../output/wrap.ts';
import type { Text } from '../../text/language.ts';
import type { AppReport } from './report-facts.ts';

/** How many apps nobody rendered, so that nobody judged them, and what to do about it: a line each reason; empty where all were. */
export function notJudgedLines(apps: readonly AppReport[], session: Pick<Session, 't' | 'terminal'>): string {
  const unseen = apps.filter(({ rendered, status }) => rendered === undefined && status !== 'failed');
  return REASONS.flatMap(([reason, text]) => {
    const count = unseen.filter(({ notRendered = 'delivery' }) => notRendered === reason).length;
    return count > 0 ? shown(text(count), session) : [];
  })
    .map(line => `${line}\n`)
    .join('');
}

function shown(text: Text, { t, terminal }: Pick<Session, 't' | 'terminal'>): string[] {
  const lines = wrap(t(text), terminal.columns, { hang: '  ', hard: true });
  return lines.map(line => terminal.style(line, 'yellow'));
}

const REASONS: readonly [NonNullable<AppReport['notRendered']> | 'delivery', (apps: number) => Text][] = [
  ['no-tools', apps => say('upgrade.notJudgedNoTools', { apps })],
  ['not-asked', apps => say('upgrade.notJudgedNotAsked', { apps })],
  ['failed', apps => say('upgrade.notJudgedFailed', { apps })],
  ['delivery', apps => say('upgrade.notJudgedDelivery', { apps })],
];

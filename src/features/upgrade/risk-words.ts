import { say } from '../../locales/say.ts';
import type { Text } from '../../text/language.ts';
import { type RiskLevel, worstLevel } from '../../render/risks/risk.ts';
import type { ObjectName } from '../../render/rendered-changes.ts';
import type { AppReport } from './report-facts.ts';

/** The words for the levels; an app that was not rendered was not judged. */
export const LEVEL_WORDS: Readonly<Record<AppRisk, Text>> = {
  none: say('upgrade.riskNone'),
  low: say('upgrade.riskLow'),
  high: say('upgrade.riskHigh'),
  fatal: say('upgrade.riskFatal'),
  unknown: say('upgrade.riskUnknown'),
};

/** How grave the upgrade of an app is; `unknown` where nothing was rendered to judge it by. */
export type AppRisk = RiskLevel | 'none' | 'unknown';

/** How grave the upgrade of an app is. */
export function riskOf({ rendered }: Pick<AppReport, 'rendered'>): AppRisk {
  return rendered ? worstLevel(rendered.risks) : 'unknown';
}

/** An object in a line: `StatefulSet db/main`. */
export function objectText({ kind, name, namespace }: ObjectName): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

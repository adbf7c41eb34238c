import type { SourceLocation } from '../../../repository/source-location.ts';
import type { Remark } from '../finding.ts';
import type { AppRule } from '../rule.ts';
import type { AppFacts } from '../facts/app-facts.ts';
import { placeOfApp, placeOfObject } from '../facts/charts-objects.ts';
import type { ReleaseState } from '../facts/rendered-facts.ts';
import { say } from '../../../locales/say.ts';

/** What does not build here does not build in the cluster. */
export const renderFailed: AppRule = {
  scope: 'app',
  severity: 'error',
  needs: 'rendering',
  title: say('rules.appRenders'),
  check: facts => {
    const { rendered, root } = facts;
    if (rendered?.status === 'rendered') {
      const place = placeOfApp(facts);
      return [
        ...rendered.facts.warnings.map(warning => lookup(place, warning)),
        ...rendered.facts.releases.flatMap(release => ofRelease(facts, release)),
      ];
    }
    if (!root || rendered === undefined) return [];
    if (rendered.status === 'refused') return [];
    if (rendered.status === 'failed' && isSaidBefore(facts, rendered.reason)) return [];
    const isImpossible = rendered.status === 'impossible';
    return [
      {
        ...(isImpossible && rendered.place ? rendered.place : root.at()),
        ...(isImpossible ? { severity: 'note' as const } : {}),
        message: isImpossible
          ? say('rules.notRendered', { reason: rendered.reason })
          : say('rules.doesNotRender', { reason: rendered.reason }),
        hint: isImpossible ? say('rules.installWhatMissingRunOnce') : say('rules.mendWhatToolSays'),
      },
    ];
  },
};

/** What helm refuses by a schema is said at its place by `values-schema`. */
function isSaidBefore({ charts, schemaVerdict }: AppFacts, reason: string): boolean {
  const refused = charts.flatMap(({ chart }) => schemaVerdict(chart)?.refused ?? []);
  return refused.length > 0 && reason.includes("don't meet the specifications of the schema");
}

/** A release that helm refuses fails in the cluster; one that was not rendered, and values that nobody knows here, are noted. */
function ofRelease(facts: AppFacts, release: ReleaseState): Remark[] {
  const { kind, name, status, reason, open } = release;
  const place = placeOfObject(facts, release, ['spec']);
  const subject = `${kind} ${name}`;
  const isFailure = status === 'failed';
  const own: Remark[] = reason
    ? [
        {
          ...place,
          ...(isFailure ? {} : { severity: 'note' as const }),
          message: isFailure
            ? say('rules.releaseDoesNotRender', { subject, reason })
            : say('rules.releaseNotRendered', { subject, reason }),
          hint: isFailure ? say('rules.mendWhatToolSays') : say('rules.installWhatMissingRunOnce'),
        },
      ]
    : [];
  const unknown = open.map((fact): Remark => ({
    ...place,
    severity: 'note',
    message: say('rules.releaseWithout', { subject, fact }),
    hint: say('rules.releaseWithoutHint'),
  }));
  return [...own, ...unknown];
}

/** No renderer has a cluster to look into. */
function lookup(place: SourceLocation, warning: string): Remark {
  return {
    ...place,
    severity: 'note',
    message: say('rules.chartLooksUp', { warning }),
    hint: say('rules.setValuesInstead'),
  };
}

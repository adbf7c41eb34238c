import type { AppFacts } from '../facts/app-facts.ts';
import type { Remark } from '../finding.ts';
import type { SourceLocation } from '../../../repository/source-location.ts';
import type { RenderedFacts } from '../facts/rendered-facts.ts';
import type { AppRule } from '../rule.ts';
import type { Step } from '../../../yaml/nodes.ts';
import { say } from '../../../locales/say.ts';

/** The API server refuses what its schema does not allow, or drops it in silence. */
export const schemaInvalid: AppRule = {
  scope: 'app',
  severity: 'error',
  needs: 'rendering',
  title: say('rules.objectsFollowTheirSchemaKubeconform'),
  check: facts =>
    facts.rendered?.status === 'rendered'
      ? [
          ...invalidObjects(facts, facts.rendered.facts),
          ...unchecked(facts, facts.rendered.facts),
          ...cutSchemas(facts, facts.rendered.facts),
        ]
      : [],
};

function invalidObjects(facts: AppFacts, { invalid }: RenderedFacts): Remark[] {
  return invalid.map(({ kind, name, path, reason }) => ({
    ...placeOf(facts, { kind, name, steps: stepsOf(path) }),
    message: say('rules.schemaProblem', { kind, name, reason }),
    hint: say('rules.correctField'),
  }));
}

function unchecked({ root }: AppFacts, { unchecked: reason }: RenderedFacts): Remark[] {
  if (reason === undefined || !root) return [];
  return [
    {
      ...root.at(),
      severity: 'note',
      message: say('rules.notCheckedAgainstSchemas', { reason }),
      hint: say('rules.nameSchemasCanReachedSlipway'),
    },
  ];
}

/** helm would fetch what the schema of a chart's values refers to, so it gets the schema without. */
function cutSchemas({ root }: AppFacts, { cutSchemas: cut }: RenderedFacts): Remark[] {
  if (!root) return [];
  return cut.map(reference => ({
    ...root.at(),
    severity: 'note',
    message: say('rules.valuesNotHeldWholeTheir', { reference }),
    hint: say('rules.nothingDoHereAuthorCould'),
  }));
}

/** A JSON pointer as the way through a document. */
function stepsOf(pointer: string): Step[] {
  const steps = pointer.split('/').slice(1);
  return steps.map(step =>
    /^\d+$/.test(step) ? Number(step) : step.replaceAll('~1', '/').replaceAll('~0', '~'),
  );
}

/** Where it stands in the file that holds the object; for a chart's the chart's entry, else the kustomization. */
function placeOf(
  facts: AppFacts,
  { kind, name, steps }: { kind: string; name: string; steps: readonly Step[] },
): SourceLocation {
  const own = facts.objects.find(object => object.kind === kind && object.name === name);
  if (own) return own.at(...steps);
  const label =
    facts.rendered?.status === 'rendered'
      ? facts.rendered.facts.objects.find(object => object.kind === kind && object.name === name)?.chart
      : undefined;
  const entry = facts.charts.find(({ chart }) => `${chart.name}-${chart.version}` === label);
  return entry?.chart.at() ?? facts.root?.at() ?? { file: facts.folder, line: 1, column: 1 };
}

import type { AppFacts } from '../facts/app-facts.ts';
import type { Diagnostic } from '../finding.ts';
import { placeOfObject } from '../facts/charts-objects.ts';
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

function invalidObjects(facts: AppFacts, { invalid }: RenderedFacts): Diagnostic[] {
  return invalid.map(({ kind, name, path, reason }) => ({
    ...placeOfObject(facts, { kind, name }, stepsOf(path)),
    message: say('rules.schemaProblem', { kind, name, reason }),
    hint: say('rules.correctField'),
  }));
}

function unchecked({ root }: AppFacts, { unchecked: reason }: RenderedFacts): Diagnostic[] {
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
function cutSchemas({ root }: AppFacts, { cutSchemas: cut }: RenderedFacts): Diagnostic[] {
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

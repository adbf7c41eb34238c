import type { AppFacts, ObjectFacts } from '../facts/app-facts.ts';
import type { Remark } from '../finding.ts';
import { yamlFix } from '../fixes.ts';
import type { AppRule } from '../rule.ts';
import { type DeprecatedApi, deprecatedApi } from '../facts/deprecated-apis.ts';
import { say } from '../../../locales/say.ts';

/** An API version that a cluster no longer serves fails the whole sync. */
export const deprecatedKind: AppRule = {
  scope: 'app',
  severity: 'warning',
  title: say('rules.noObjectUsesDeprecatedApi'),
  check: facts => [...writtenObjects(facts), ...renderedObjects(facts)],
};

function writtenObjects(facts: AppFacts): Remark[] {
  return facts.objects.flatMap(object => {
    const api = object.listed ? deprecatedApi(object.apiVersion, object.kind) : undefined;
    if (!api) return [];
    const { instead } = api;
    return [
      {
        ...object.at('apiVersion'),
        message: describe(object, api),
        hint: hintFor(api),
        ...(api.sameBody && instead !== undefined ? { fix: () => setVersion(facts, object, instead) } : {}),
      },
    ];
  });
}

/** Charts' objects that no file of the app holds; the chart's entry is where a newer version would be set. */
function renderedObjects(facts: AppFacts): Remark[] {
  if (facts.rendered?.status !== 'rendered') return [];
  const written = new Set(facts.objects.map(({ kind, name }) => `${kind} ${name}`));
  return facts.rendered.facts.objects.flatMap(object => {
    const api = written.has(`${object.kind} ${object.name}`)
      ? undefined
      : deprecatedApi(object.apiVersion, object.kind);
    const entry = facts.charts.find(({ chart }) => `${chart.name}-${chart.version}` === object.chart);
    const place = entry?.chart.at() ?? facts.root?.at();
    return api && place ? [{ ...place, message: describe(object, api), hint: hintFor(api) }] : [];
  });
}

function describe(
  { apiVersion, kind, name }: { apiVersion: string; kind: string; name: string },
  api: DeprecatedApi,
) {
  return say('rules.usesWhichEnded', { kind, name, apiVersion, since: api.since });
}

function hintFor({ instead }: DeprecatedApi) {
  return instead === undefined ? say('rules.removeNothingTakesPlace') : say('rules.useInstead', { instead });
}

function setVersion(facts: AppFacts, { file, document, steps }: ObjectFacts, apiVersion: string) {
  const path = [...steps, 'apiVersion'];
  return yamlFix(file, facts.text(file) ?? '', { kind: 'set', document, path, value: apiVersion });
}

import type { AppFacts, ObjectFacts } from '../facts/app-facts.ts';
import type { Diagnostic } from '../finding.ts';
import { yamlFix } from '../fixes.ts';
import type { AppRule } from '../rule.ts';
import { type DeprecatedApi, deprecatedApi, endsAfter } from '../../../repository/deprecated-apis.ts';
import { chartsOnlyObjects } from '../facts/charts-objects.ts';
import { servedVersionsOf } from '../../../repository/served-versions.ts';
import { say } from '../../../locales/say.ts';

/** An API version that a cluster no longer serves fails the whole sync. */
export const deprecatedKind: AppRule = {
  scope: 'app',
  severity: 'warning',
  title: say('rules.noObjectUsesDeprecatedApi'),
  check: facts => [...writtenObjects(facts), ...renderedObjects(facts)],
};

type Api = { apiVersion: string; kind: string; name: string };

/** What to say of an API; nothing where the repository's own definitions have nothing newer: then it is the right one. */
function judge(
  facts: AppFacts,
  object: Api,
): (DeprecatedApi & { severity: 'error' | 'warning' | 'note' }) | undefined {
  const api = deprecatedApi(object.apiVersion, object.kind);
  if (!api) return undefined;
  const served = servedVersionsOf(facts.served, object);
  if (served && !(served.includes(object.apiVersion) && served.includes(api.instead ?? ''))) return undefined;
  if (api.isGone)
    return { ...api, severity: endsAfter(api, facts.conventions.kubernetes) ? 'warning' : 'error' };
  return { ...api, severity: api.isRecent && !served ? 'note' : 'warning' };
}

function writtenObjects(facts: AppFacts): Diagnostic[] {
  return facts.objects.flatMap(object => {
    const api = object.listed ? judge(facts, object) : undefined;
    if (!api) return [];
    const { instead, severity } = api;
    return [
      {
        ...object.at('apiVersion'),
        severity,
        message: describe(object, api),
        hint: hintFor(api),
        ...(api.sameBody && instead !== undefined ? { fix: () => setVersion(facts, object, instead) } : {}),
      },
    ];
  });
}

/** Charts' objects that no file of the app holds; the chart's entry is where a newer version would be set. */
function renderedObjects(facts: AppFacts): Diagnostic[] {
  return chartsOnlyObjects(facts).flatMap(({ object, place }) => {
    const api = judge(facts, object);
    return api
      ? [{ ...place, severity: api.severity, message: describe(object, api), hint: hintFor(api) }]
      : [];
  });
}

function describe({ apiVersion, kind, name }: Api, api: DeprecatedApi) {
  const args = { kind, name, apiVersion, since: api.since };
  return api.isGone ? say('rules.usesWhichEnded', args) : say('rules.usesWhichReplaced', args);
}

function hintFor({ instead }: DeprecatedApi) {
  return instead === undefined ? say('rules.removeNothingTakesPlace') : say('rules.useInstead', { instead });
}

function setVersion(facts: AppFacts, { file, document, steps }: ObjectFacts, apiVersion: string) {
  const path = [...steps, 'apiVersion'];
  return yamlFix(file, facts.text(file) ?? '', { kind: 'set', document, path, value: apiVersion });
}
